"""Something written beside or below the table."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_beside_the_table_below_it_and_a_second_row_of_settings(found: Found) -> None:
    """Beside the table, below it, and a second row of settings."""
    form = """
| survey |
| | type | name | label | hint |
| | text | a | A | |
| | | | | remember to ask |
| settings |
| | form_id |
| | a |
| | b |
"""
    assert found("stray-content", form) == [("warning", 3, "type"), ("warning", 3, None)]


def test_blank_rows_and_a_notes_column_are_harmless(found: Found) -> None:
    """Blank rows and a notes column are harmless."""
    form = """
| survey |
| | type | name | label | note |
| | text | a | A | |
| | | | | part two |
| | text | b | B | |
"""
    assert found("stray-content", form) == []


def test_a_row_after_many_blank_ones(found: Found) -> None:
    """Other tools stop reading after 60 of them."""
    start = "\n| survey |\n| | type | name | label |\n| | text | a | A |\n"
    last = "| | text | b | B |\n"
    assert found("stray-content", start + "| | | | |\n" * 60 + last) == []
    assert found("stray-content", start + "| | | | |\n" * 61 + last) == [("warning", 64, None)]
