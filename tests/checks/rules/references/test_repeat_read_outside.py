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


def test_the_filter_of_a_select_from_that_repeat_is_tried_on_each(found: Found) -> None:
    """The filter of a select from that repeat is tried on each; that of another list is not."""
    form = """
| survey |
| | type | name | label | choice_filter |
| | begin repeat | r | R | |
| | text | who | Who | |
| | integer | age | Age | |
| | end repeat | | | |
| | select_one ${who} | head | Head | ${age} >= 18 |
| | select_one l | other | Other | ${age} >= 18 |
| choices |
| | list_name | name | label |
| | l | a | A |
"""
    assert found("repeat-read-outside", form) == [("warning", 7, "choice_filter")]


def test_a_name_for_the_submission_stops_the_phone(found: Found) -> None:
    """An error at the setting; concat() with one argument more wants a single value."""
    form = """
| survey |
| | type | name | label |
| | begin repeat | m | M |
| | text | nm | Name |
| | end repeat | | |
| settings |
| | form_id | instance_name |
| | f | concat('HH ', ${nm}) |
"""
    assert found("repeat-read-outside", form) == [("error", 2, "instance_name")]


def test_a_misspelt_aggregate_is_another_fault(found: Found) -> None:
    """`unknown-function` speaks of SUM."""
    form = """
| survey |
| | type | name | label | calculation |
| | begin repeat | r | R | |
| | integer | a | A | |
| | end repeat | | | |
| | calculate | c | | SUM(${a}) |
"""
    assert found("repeat-read-outside", form) == []
