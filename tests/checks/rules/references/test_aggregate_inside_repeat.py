"""A sum over a repeat, calculated inside that repeat."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]


SURVEY = """
| survey |
| | type | name | label | calculation |
| | begin repeat | r | R | |
| | integer | a | A | |
| | begin repeat | inner | I | |
| | integer | b | B | |
| | end repeat | | | |
| | calculate | c | | {inside} |
| | end repeat | | | |
| | calculate | d | | {outside} |
"""


@pytest.mark.parametrize(
    "text", ["sum(${a})", "max(${a}) + 1", "join(', ', ${a})", "count(${r})", "1 div count-non-empty(${a})", "sum(../a)"]
)
def test_inside_it_takes_the_present_one_alone(found: Found, text: str) -> None:
    """A warning there, nothing below the repeat."""
    assert found("aggregate-inside-repeat", SURVEY.format(inside=text, outside="")) == [("warning", 7, "calculation")]
    assert found("aggregate-inside-repeat", SURVEY.format(inside="", outside=text)) == []


@pytest.mark.parametrize("text", ["sum(${b})", "count(${inner})", "max(${a}, 5)", "sum(../../r/a)"])
def test_sums_over_inner_repeats_are_accepted(found: Found, text: str) -> None:
    """So are several arguments, and paths that lead out."""
    assert found("aggregate-inside-repeat", SURVEY.format(inside=text, outside="")) == []
