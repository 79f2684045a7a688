"""A calculation that gives another value each time the form is opened."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_drawn_again_or_moving_with_the_day(found: Found) -> None:
    """Drawn again, or moving with the day."""
    form = """
| survey |
| | type | name | label | calculation |
| | calculate | a | | random() |
| | calculate | b | | int((today() - date('2000-01-01')) div 365) |
"""
    assert found("recalculated-on-edit", form) == [("warning", 2, "calculation"), ("note", 3, "calculation")]


def test_drawn_once_or_when_something_is_answered(found: Found) -> None:
    """Drawn once, or when something is answered."""
    form = """
| survey |
| | type | name | label | calculation | trigger |
| | text | t | T | | |
| | calculate | a | | once(random()) | |
| | calculate | b | | now() | ${t} |
"""
    assert found("recalculated-on-edit", form) == []


def test_a_value_that_is_kept(found: Found) -> None:
    """The value is drawn only if the cell is blank."""
    form = """
| survey |
| | type | name | label | calculation |
| | calculate | a | | coalesce(., uuid()) |
| | calculate | b | | if(. = '', today(), .) |
"""
    assert found("recalculated-on-edit", form) == []
