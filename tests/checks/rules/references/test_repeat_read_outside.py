"""An answer inside a repeat, read from outside without saying which."""

from collections.abc import Callable

import pytest

from liuwen.engine import interview
from liuwen.errors import EngineError
from liuwen.form import read_form

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_from_outside_it_is_not_clear_which(found: Found) -> None:
    """Phones stop with an error as soon as there are two."""
    form = """
| survey |
| | type | name | label | calculation |
| | begin repeat | r | R | |
| | integer | age | Age | |
| | end repeat | | | |
| | calculate | c | | ${age} + 1 |
"""
    assert found("repeat-read-outside", form) == [("error", 5, "calculation")]


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
    assert found("repeat-read-outside", form) == [("error", 7, "choice_filter")]


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


def test_wording_stops_the_phone_too(found: Found) -> None:
    """Labels and messages; a hint is only shown without it. Inside the repeat and in its own label it is clear which."""
    form = """
| survey |
| | type | name | label | hint | constraint | constraint_message |
| | begin repeat | r | Member ${called} | | | |
| | text | called | Name | | | |
| | integer | age | Age of ${called} | | | |
| | end repeat | | | | | |
| | note | n | You said ${called} | | | |
| | integer | oldest | Oldest | Not ${called} | . > 1 | Not ${age} |
"""
    assert sorted(found("repeat-read-outside", form)) == [
        ("error", 6, "label"),
        ("error", 7, "constraint_message"),
        ("warning", 7, "hint"),
    ]


def test_a_repeat_that_comes_once_has_one_answer(found: Found) -> None:
    """With a count of 1 there is no second."""
    form = """
| survey |
| | type | name | label | calculation | repeat_count |
| | begin repeat | r | R | | 1 |
| | integer | age | Age | | |
| | end repeat | | | | |
| | calculate | c | | ${age} + 1 | |
"""
    assert found("repeat-read-outside", form) == []


def test_a_default_is_computed_before_anything_is_answered(found: Found) -> None:
    """It cannot read what the repeat will hold."""
    form = """
| survey |
| | type | name | label | default |
| | begin repeat | r | R | |
| | integer | age | Age | |
| | end repeat | | | |
| | integer | c | C | ${age} |
"""
    assert found("repeat-read-outside", form) == [("warning", 5, "default")]


def test_phones_stop_at_each_of_them() -> None:
    """JavaRosa refuses the second repeat, or the question whose label it is."""
    parts = {
        "calculation": "| calculate | c | | ${age} + 1 | |",
        "relevance": "| text | c | C | | ${age} > 1 |",
        "label": "| note | c | You said ${age} | | |",
    }
    for where, row in parts.items():
        form = read_form(
            f"""
| survey |
| | type | name | label | calculation | relevant |
| | begin repeat | r | R | | |
| | integer | age | Age | | |
| | end repeat | | | | |
| {row}
""".encode()
        )
        with pytest.raises(EngineError, match="repeated"):
            interview(form).answer(1).answer(True).answer(2).answer(False)
            pytest.fail(where)


def test_the_number_of_a_repeat_is_not_asked_inside_it(found: Found) -> None:
    """It would be known only once the repeat has begun."""
    form = """
| survey |
| | type | name | label | repeat_count |
| | begin repeat | r | R | ${many} |
| | integer | many | How many? | |
| | end repeat | | | |
"""
    assert found("repeat-read-outside", form) == [("error", 2, "repeat_count")]
