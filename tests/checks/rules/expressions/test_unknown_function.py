"""A function that phones do not know."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_in_any_column(found: Found) -> None:
    """In any column."""
    form = """
| survey |
| | type | name | label | relevant | calculation |
| | text | a | A | | |
| | text | b | B | slected(${a}, 'x') | |
| | calculate | c | | | average(${a}) |
"""
    assert found("unknown-function", form) == [("error", 3, "relevant"), ("error", 4, "calculation")]


def test_those_of_the_specification(found: Found) -> None:
    """Those of the specification."""
    form = """
| survey |
| | type | name | label | calculation |
| | text | a | A | |
| | calculate | b | | if(string-length(${a}) > 3, round(3.2, 1), coalesce(${a}, 'none')) |
"""
    assert found("unknown-function", form) == []
