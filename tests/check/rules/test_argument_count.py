"""A function with too few or too many arguments."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_too_few_and_too_many(found: Found) -> None:
    """Too few and too many."""
    form = """
| survey |
| | type | name | label | calculation |
| | text | a | A | |
| | calculate | b | | if(${a} = 'x', 1) |
| | calculate | c | | coalesce(${a}, 1, 2) |
"""
    assert found("argument-count", form) == [("error", 3, "calculation"), ("error", 4, "calculation")]


def test_any_number_where_there_is_no_end(found: Found) -> None:
    """Any number where there is no end."""
    form = """
| survey |
| | type | name | label | calculation |
| | text | a | A | |
| | calculate | b | | concat(${a}, 'b', 'c', 'd') |
"""
    assert found("argument-count", form) == []
