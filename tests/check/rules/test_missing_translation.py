"""A text that is there in one language and missing in another."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_cell_a_column_that_is_empty_and_a_column_that_is_not_there(found: Found) -> None:
    """A cell, a column that is empty, and a column that is not there."""
    form = """
| survey |
| | type | name | label::English (en) | label::中文 (zh) | hint::English (en) |
| | text | a | A | 甲 | h |
| | text | b | B | | |
| choices |
| | list_name | name | label::English (en) | label::中文 (zh) |
| | l | x | X | |
| | l | y | Y | |
"""
    assert found("missing-translation", form) == [
        ("warning", 3, "label::中文 (zh)"),
        ("warning", 1, None),
        ("warning", 1, "label::中文 (zh)"),
    ]


def test_a_column_without_a_language_serves_all(found: Found) -> None:
    """A column without a language serves all."""
    form = """
| survey |
| | type | name | label::English (en) | label::中文 (zh) | hint |
| | text | a | A | 甲 | 0-9 |
"""
    assert found("missing-translation", form) == []
