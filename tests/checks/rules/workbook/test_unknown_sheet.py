"""A sheet whose name is one slip away from one that XLSForm reads."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_misspelt_choices_sheet_is_not_read(found: Found) -> None:
    """A misspelt choices sheet is not read."""
    form = """
| survey |
| | type | name | label |
| | select_one l | a | A |
| choises |
| | list_name | name | label |
| | l | x | X |
"""
    assert found("unknown-sheet", form) == [("error", None, None)]


def test_sheets_of_another_name_are_the_author_s_own(found: Found) -> None:
    """Sheets of another name are the author's own."""
    form = """
| survey |
| | type | name | label |
| | text | a | A |
| budget |
| | item | cost |
| | pens | 3 |
| _choicess |
| | list_name |
| | l |
"""
    assert found("unknown-sheet", form) == []
