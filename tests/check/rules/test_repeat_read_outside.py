"""An answer inside a repeat, read from outside without saying which."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_from_outside_it_is_not_clear_which(found: Found) -> None:
    """From outside it is not clear which."""
    form = """
| survey |
| | type | name | label | calculation |
| | begin repeat | r | R | |
| | integer | age | Age | |
| | end repeat | | | |
| | calculate | c | | ${age} + 1 |
"""
    assert found("repeat-read-outside", form) == [("warning", 5, "calculation")]


def test_inside_in_an_aggregate_by_index_and_by_filter(found: Found) -> None:
    """Inside, in an aggregate, by index and by filter."""
    form = """
| survey |
| | type | name | label | calculation |
| | begin repeat | r | R | |
| | integer | age | Age | |
| | calculate | b | | ${age} + 1 |
| | end repeat | | | |
| | calculate | c | | sum(${age}) + indexed-repeat(${age}, ${r}, 1) + ${r}[position() = 1]/age |
"""
    assert found("repeat-read-outside", form) == []
