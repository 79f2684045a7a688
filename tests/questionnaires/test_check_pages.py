"""All modules and none, both languages and either: checker and ODK Validate have nothing to say, and the page says so."""

import re
from pathlib import Path

import pytest

from liuwen.questionnaires.check_pages import FILES, Variant, row, variants, verdict
from liuwen.questionnaires.published import published

DOCS = Path(__file__).parents[2] / "docs"
LINES = (DOCS / FILES["en"]).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("language", list(FILES))
def test_every_form_stands_on_the_page_and_is_clean(language) -> None:
    """Each variant once, with nothing found. If this fails, call `liuwen.questionnaires.check_pages.write` with `docs`."""
    rows = [line for line in (DOCS / FILES[language]).read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert len(rows) == len(list(variants()))
    assert [line for line in rows if not line.endswith("| 0 | 0 |")] == []
    named = {name for line in rows for name in re.findall(r"`(\w+)`", line)}
    assert named >= {each.form.id for each in published()} - {"household_interview_separate"}


@pytest.mark.parametrize(
    "variant",
    [
        Variant("household_interview", "all", ("en",)),
        Variant("household_interview", "none", ("zh",)),
        Variant("satisfaction_survey", "all", ("zh",)),
        Variant("satisfaction_survey", "none", ("en",)),
    ],
    ids=lambda variant: f"{variant.name}-{variant.modules}",
)
def test_all_modules_and_none_are_checked_again(variant: Variant) -> None:
    """In one language; both languages are checked with every form's craft."""
    assert row(variant, verdict(variant.form()), "en") in LINES
