"""A default language that no column is written in."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_it_must_be_spelt_as_the_columns_spell_it(found: Found) -> None:
    """It must be spelt as the columns spell it."""
    form = """
| survey |
| | type | name | label::English (en) | label::中文 (zh) |
| | text | a | A | 甲 |
| settings |
| | form_id | default_language |
| | x | Chinese |
"""
    assert found("unknown-default-language", form) == [("error", 2, "default_language")]


def test_as_the_columns_spell_it(found: Found) -> None:
    """As the columns spell it."""
    form = """
| survey |
| | type | name | label::English (en) | label::中文 (zh) |
| | text | a | A | 甲 |
| settings |
| | form_id | default_language |
| | x | 中文 (zh) |
"""
    assert found("unknown-default-language", form) == []
