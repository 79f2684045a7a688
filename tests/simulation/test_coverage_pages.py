"""What respondents reach of each questionnaire, as the documentation tells it."""

import re
from pathlib import Path

import pytest

from liuwen.form import Form, read_form
from liuwen.questionnaires.published import published
from liuwen.simulation import coverage
from liuwen.simulation.coverage_pages import FILES, LARGE, LEFT_OUT, covered, row

DOCS = Path(__file__).parents[2] / "docs"
FORMS = {each.form.id: each.form for each in published() if each.form.id != LEFT_OUT}


def is_told(form: Form) -> None:
    found = covered(form)
    assert found.complete, str(found)
    for language, name in FILES.items():
        assert row(found, language) in (DOCS / name).read_text(encoding="utf-8")


def test_each_page_speaks_one_language():
    """The reasons too, whichever language was asked for first."""
    form = read_form(
        b"| survey |\n| | type | name | label | relevant |\n| | integer | a | A | |\n| | note | b | B | ${a} > 3 and ${a} < 2 |"
    )
    found = coverage(form, 3)
    english, chinese = (row(found, language) for language in ("en", "zh"))
    assert "would have to" in english
    assert not re.search(r"[\u3400-\u9fff]", english)
    assert re.search(r"[\u3400-\u9fff]", chinese) and "would have to" not in chinese
    assert "would have to" not in (DOCS / FILES["zh"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in FORMS if name not in LARGE])
def test_everything_is_reached_or_its_reason_given(name: str):
    """If the page is out of date, call `liuwen.simulation.coverage_pages.write` with the folder `docs`."""
    is_told(FORMS[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_the_same_of_the_large_forms(name: str):
    """Which take longer; choices that were not named before are the only ones out of reach."""
    is_told(FORMS[name])
