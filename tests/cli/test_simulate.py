"""`liuwen simulate`."""

from pathlib import Path

import pytest

FORM = """
| survey |
| | type | name | label | constraint |
| | integer | wells | Wells? | . >= 0 and . < 9 |
| | select_multiple use | use | Used for? | |
| | text | word | Your word? | |
| choices |
| | list_name | name | label |
| | use | drink | Drinking |
| | use | fields | Fields |
"""


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "wells.md"
    path.write_text(FORM, encoding="utf-8")
    return path


def test_every_submission_has_the_settled_answers(liuwen, form: Path) -> None:
    """Of a number, of several choices, of a text that holds an equals sign; every file is marked as synthetic."""
    folder = form.parent / "out"
    settled = ("--answers", "wells=4", "--answers", "use=drink fields", "--answers", "word=1 + 1 = 2")
    assert liuwen("simulate", form, "-n", 3, *settled, "--to", folder).status == 0
    made = [file.read_text(encoding="utf-8") for file in folder.glob("submission-*.xml")]
    assert len(made) == 3
    for xml in made:
        for said in ("<wells>4</wells>", "<use>drink fields</use>", "<word>1 + 1 = 2</word>", "https://liuwen.invalid/simulate"):
            assert said in xml


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("wells", "as NAME=VALUE"),
        ("springs=4", "springs"),
        ("wells=many", "a whole number"),
        ("wells=20", "'20'"),
        ("use=bath", "'bath'"),
    ],
)
def test_answers_that_cannot_be_given_are_refused(liuwen, form: Path, answer: str, said: str) -> None:
    """Without a value, to no question, of another kind, against the constraint, not on offer: one sentence, and no file."""
    refused = liuwen("simulate", form, "-n", 1, "--answers", answer, "--to", form.parent / "out")
    assert refused.status == 2 and said in refused.err and refused.err.count("\n") == 1
    assert not list(form.parent.glob("out/*"))
