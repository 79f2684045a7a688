"""Which choices become missing values in Stata and SPSS."""

from pathlib import Path

import pyreadstat

from liuwen.form import read_form
from liuwen.responses import read_responses

FORM = read_form(
    """
| survey |
| | type | name | label |
| | select_one plan | plan | Would you move? |
| choices |
| | list_name | name | label |
| | plan | stay | 不愿搬迁 |
| | plan | law | 不清楚政策 |
| | plan | refuse_dump | Refuse collection |
| | plan | dk | 不知道 / 说不清 |
| | plan | x | 不愿回答 |
| settings |
| | form_id |
| | move |
""".encode()
)


def test_only_whole_names_and_labels_mean_no_answer(tmp_path: Path) -> None:
    """A choice that begins with the same words is an answer."""
    chosen = ("stay", "law", "refuse_dump", "dk", "x")
    told = read_responses([f'<data id="move"><plan>{name}</plan></data>'.encode() for name in chosen], FORM)
    frame, _ = pyreadstat.read_dta(str(told.to_stata(tmp_path / "a.dta")), user_missing=True)
    assert frame["plan"].tolist() == [1.0, 2.0, 3.0, "a", "b"]
