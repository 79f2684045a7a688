"""Two columns of a sheet that mean the same."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_two_spellings_of_one_column_contend(found: Found) -> None:
    """Two spellings of one column contend."""
    form = """
| survey |
| | type | name | label | relevant | relevance |
| | text | a | A | | 1 = 1 |
"""
    assert found("duplicate-columns", form) == [("error", 1, "relevance")]


def test_one_column_per_language_is_not_a_duplicate(found: Found) -> None:
    """One column per language is not a duplicate."""
    form = """
| survey |
| | type | name | label::English (en) | label::中文 (zh) |
| | text | a | A | 甲 |
"""
    assert found("duplicate-columns", form) == []
