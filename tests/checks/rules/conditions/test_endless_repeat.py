"""A repeat that opens so often that nobody gets through it."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_billion_members(found: Found) -> None:
    """A billion members."""
    form = """
| survey |
| | type | name | label | repeat_count |
| | begin repeat | r | R | 1000000000 |
| | text | a | A | |
| | end repeat | | | |
"""
    assert found("endless-repeat", form) == [("warning", 2, "repeat_count")]


def test_a_few_or_as_many_as_are_asked_for(found: Found) -> None:
    """A few, or as many as are asked for."""
    form = """
| survey |
| | type | name | label | repeat_count |
| | integer | n | N | |
| | begin repeat | r | R | ${n} |
| | text | a | A | |
| | end repeat | | | |
| | begin repeat | s | S | 3 |
| | text | b | B | |
| | end repeat | | | |
"""
    assert found("endless-repeat", form) == []
