"""Ways to bring something about: taken together, without doubles, and for one instance of a repeat."""

import pytest

from liuwen.logic.goals import Conflict, Goal
from liuwen.logic.ways import LOOKED_AT, MOST, bounded, combined, placed
from liuwen.messages import Sentence

A, B, YES = {"a": Goal(equal="1")}, {"b": Goal(equal="2")}, {"a": Goal(answered=True)}


def closed(word: str) -> Conflict:
    return Conflict(Sentence(zh=word, en=word))


def said(ways) -> list:
    """Conflicts as their English."""
    return [way.sentence.en if isinstance(way, Conflict) else way for way in ways]


@pytest.mark.parametrize(
    ("sides", "ways"),
    [
        ([], [{}]),
        ([[A]], [A]),
        ([[A], [B]], [{**A, **B}]),
        ([[A, B], [YES]], [{"a": Goal(equal="1", answered=True)}, {**B, **YES}]),
        ([[A], []], []),
        ([[A], [{"a": Goal(equal="2")}]], ["'a' cannot be '1' and '2' at the same time"]),
        ([[closed("shut")], [A]], ["shut"]),
        ([[A], [closed("shut")]], ["shut"]),
        ([[A], [None]], [A, None]),
        ([[None], [A]], [A, None]),
        ([[None], [None]], [None]),
        ([[None], [{}]], [None]),
        ([[None], [closed("shut")]], [None]),
    ],
)  # fmt: skip
def test_one_way_of_each_side_at_once(sides, ways) -> None:
    """What is closed stays closed; what was not understood proves nothing, and its other side is still worth a try."""
    assert said(combined(sides)) == ways


def test_each_way_is_kept_once() -> None:
    """Conflicts of one sentence too, in the order in which they came."""
    assert said(bounded(iter([A, closed("x"), B, A, closed("x"), None, None, closed("y")]))) == [A, "x", B, None, "y"]


@pytest.mark.parametrize(("count", "more"), [(MOST - 1, False), (MOST, False), (MOST + 1, True)])
def test_an_incomplete_list_of_ways_is_marked(count: int, more: bool) -> None:
    """A final None marks an incomplete list, so that nothing counts as proved."""
    found = bounded({"a": Goal(low=number)} for number in range(count))
    assert len(found) == min(count, MOST) + more
    assert (found[-1] is None) is more


def test_the_search_stops_on_endless_conflicts() -> None:
    """A final None marks the list as incomplete."""
    found = bounded(closed(str(number % 7)) for number in range(LOOKED_AT + 5))
    assert len(found) == 8
    assert found[-1] is None
    assert None not in bounded(closed(str(number)) for number in range(LOOKED_AT))


def test_goals_inside_a_repeat_apply_to_one_instance() -> None:
    """Those outside, and of a question that only begins like it, stay."""
    way = {"home/child/age": Goal(low=3), "home/child": Goal(fewest=1), "home/children": Goal(low=1), "age": Goal(high=9)}
    assert placed(way, "home/child", 2) == {
        "home/child[2]/age": Goal(low=3),
        "home/child": Goal(fewest=1),
        "home/children": Goal(low=1),
        "age": Goal(high=9),
    }
    assert placed(None, "home/child", 2) is None
    shut = closed("shut")
    assert placed(shut, "home/child", 2) is shut
