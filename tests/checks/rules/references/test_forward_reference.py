"""A condition on a question that is asked later."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_asked_too_late(found: Found) -> None:
    """Asked too late."""
    form = """
| survey |
| | type | name | label | relevant |
| | text | a | A | ${b} = 'x' |
| | text | b | B | |
"""
    assert found("forward-reference", form) == [("warning", 2, "relevant")]


def test_on_one_screen_or_computed(found: Found) -> None:
    """On one screen, or computed."""
    form = """
| survey |
| | type | name | label | relevant | appearance | calculation |
| | text | z | Z | ${c} = 1 | | |
| | begin group | g | G | | field-list | |
| | text | a | A | ${b} = 'x' | | |
| | text | b | B | | | |
| | end group | | | | | |
| | calculate | c | | | | 1 |
"""
    assert found("forward-reference", form) == []
