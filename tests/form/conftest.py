"""Forms that the tests of this room share."""

import csv
import warnings
from pathlib import Path

import pytest

from liuwen.errors import LiuwenWarning
from liuwen.form import Form, read_form

EVERYTHING = """
| survey |
| | type | name | label::中文 (zh) | label::English (en) | hint::English (en) | relevant | remarks |
| | begin group | home | 家庭 | Household | | | |
| | text | village | 哪个村？ | Which village? | as it is called | | a \\| b |
| | select_one yes_no | asks | 要帮助吗？ | Ask for help? | | | |
| | select_multiple aid | kinds | 哪些？ | Which kinds? | | ${asks} = 'yes' | |
| | end group | | | | | | |
| | begin repeat | member | 成员 | Member | | | |
| | integer | age | 年龄 | Age | | | |
| | end repeat | | | | | | |
| choices |
| | list_name | name | label::中文 (zh) | label::English (en) | weight |
| | yes_no | yes | 是 | Yes | 1 |
| | yes_no | no | 否 | No | 0 |
| | aid | money | 资金 | Money | |
| | aid | work | 就业 | Work | |
| settings |
| | form_id | version | default_language |
| | visit | 2026112101 | 中文 (zh) |
| diary |
| | day | what was changed |
"""


@pytest.fixture(scope="session")
def everything() -> Form:
    """A small form with groups, repeats, two languages, an unknown column and an unknown sheet."""
    return read_form(EVERYTHING.encode())


@pytest.fixture(scope="session")
def workbooks(corpus: Path) -> dict[str, Path]:
    """The corpus's workbooks, by the name forms.csv gives them."""
    return {row["file"]: corpus / row["file"] for row in _listed(corpus)}


@pytest.fixture(scope="session")
def convertible(corpus: Path) -> dict[str, Path]:
    """Those that pyxform converts."""
    return {row["file"]: corpus / row["file"] for row in _listed(corpus) if row["pyxform_converts"] == "True"}


@pytest.fixture(scope="session")
def refused(corpus: Path) -> dict[str, str]:
    """What pyxform says of those it refuses for what stands in them, its first line."""
    listed = {row["file"]: row["pyxform_error"].removeprefix("PyXFormError: ") for row in _listed(corpus)}
    return {name: words for name, words in listed.items() if words and "'definition' was not recognized" not in words}


@pytest.fixture(scope="session")
def forms(workbooks: dict[str, Path]) -> dict[str, Form]:
    """The corpus's workbooks, read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LiuwenWarning)
        return {name: read_form(path) for name, path in workbooks.items()}


def _listed(corpus: Path) -> list[dict[str, str]]:
    with (corpus / "forms.csv").open(encoding="utf-8", newline="") as listing:
        return list(csv.DictReader(listing))
