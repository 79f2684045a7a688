"""Free text about something private, not marked as such."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_an_illness_in_free_text(found: Found) -> None:
    """An illness in free text."""
    form = """
| survey |
| | type | name | label |
| | text | a | What illness does he have? |
"""
    assert found("sensitive-text-unmarked", form) == [("note", 2, "label")]


def test_marked_itself_or_its_group(found: Found) -> None:
    """Marked, itself or its group."""
    form = """
| survey |
| | type | name | label | note |
| | text | a | What illness does he have? | sensitive |
| | begin group | g | G | liuwen: unlinked |
| | text | b | 有没有受贿的事？ | |
| | end group | | | |
"""
    assert found("sensitive-text-unmarked", form) == []
