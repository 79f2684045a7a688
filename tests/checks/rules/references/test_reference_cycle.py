"""Conditions and calculations that depend on each other in a circle."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_question_that_depends_on_itself(found: Found) -> None:
    """A question that depends on itself."""
    form = """
| survey |
| | type | name | label | relevant | calculation |
| | text | a | A | ${a} = 'x' | |
| | calculate | b | | | . + 1 |
"""
    assert found("reference-cycle", form) == [("error", 2, "relevant"), ("error", 3, "calculation")]


def test_a_cycle_of_two_calculations_is_reported_once(found: Found) -> None:
    """Two calculations, said once."""
    form = """
| survey |
| | type | name | label | calculation |
| | calculate | a | | ${b} + 1 |
| | calculate | b | | ${a} + 1 |
| | calculate | c | | ${b} |
"""
    assert found("reference-cycle", form) == [("error", 2, "calculation")]


def test_a_group_whose_condition_lies_inside_it(found: Found) -> None:
    """A group whose condition lies inside it."""
    form = """
| survey |
| | type | name | label | relevant |
| | begin group | g | G | ${a} = 'x' |
| | text | a | A | |
| | end group | | | |
"""
    assert found("reference-cycle", form) == [("error", 2, "relevant")]


def test_constraints_may_look_at_each_other_and_counting_a_repeat_inside_it_is_(found: Found) -> None:
    """Constraints may look at each other, and counting a repeat inside it is no circle."""
    form = """
| survey |
| | type | name | label | constraint | calculation |
| | integer | a | A | . < ${b} | |
| | integer | b | B | . > ${a} | |
| | begin repeat | r | R | | |
| | text | c | C | | |
| | calculate | d | | | count(${r}) |
| | end repeat | | | | |
"""
    assert found("reference-cycle", form) == []
