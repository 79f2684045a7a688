"""A question longer than a phone's screen."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]
HEADER = "| survey |\n| | type | name | label |\n"
LONG = "今年以来您家里在吃水、用电、走路、看病、上学这些方面遇到过哪些困难，" * 6


def test_longer_than_a_screen(found: Found) -> None:
    """A Chinese character takes the room of two letters."""
    assert found("long-question", f"{HEADER}| | text | a | {LONG} |\n") == [("note", 2, "label")]


def test_notes_may_be_long(found: Found) -> None:
    """Notes are read aloud, without answers to choose from."""
    assert found("long-question", f"{HEADER}| | note | a | {LONG} |\n| | text | b | {LONG[:100]} |\n") == []
