"""A default language that no column is written in."""

from collections.abc import Callable

import pytest

from liuwen.engine import interview
from liuwen.form import read_form

Found = Callable[..., list[tuple[str, int | None, str | None]]]

SETTINGS = "| settings |\n| | form_id | default_language |\n| | x | {} |\n"
TRANSLATED = "| survey |\n| | type | name | label::English (en) | label::中文 (zh) |\n| | text | a | A | 甲 |\n"
WITH_GUIDANCE = """
| survey |
| | type | name | label::English (en) | label::中文 (zh) | guidance_hint |
| | text | a | A | 甲 | g |
"""
PLAIN = "| survey |\n| | type | name | label | label::中文 (zh) |\n| | text | a | A | 甲 |\n"


@pytest.mark.parametrize(
    ("survey", "language", "severity", "shown"),
    [
        (TRANSLATED, "中文 (zh)", None, "甲"),
        (TRANSLATED, "Chinese", "warning", "A"),
        (WITH_GUIDANCE, "English", "error", "-"),
        (PLAIN, "English", None, "A"),
    ],
)
def test_it_is_as_bad_as_what_phones_show(found: Found, survey: str, language: str, severity: str | None, shown: str) -> None:
    """Phones start in the first language where no column is in it, and show "-" where only some columns are."""
    form = survey + SETTINGS.format(language)
    assert found("unknown-default-language", form) == ([(severity, 2, "default_language")] if severity else [])
    assert interview(read_form(form.encode())).question.label == shown
