"""What answers must be like, and what cannot be had at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuwen.logic.goals import Conflict, Goal, joined

FEW = st.frozensets(st.sampled_from(["a", "b"]), max_size=1)
GOALS = st.builds(
    Goal,
    equal=st.sampled_from([None, "a", "b"]),
    include=FEW,
    exclude=FEW,
    low=st.sampled_from([None, 1.0, 5.0]),
    high=st.sampled_from([None, 3.0, 5.0]),
    answered=st.sampled_from([None, True, False]),
    fewest=st.integers(0, 3),
    most=st.sampled_from([None, 1, 2]),
)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (Goal(), Goal(), Goal()),
        (Goal(equal="a"), Goal(), Goal(equal="a")),
        (Goal(), Goal(equal=""), Goal(equal="")),
        (Goal(equal="a"), Goal(equal="a"), Goal(equal="a")),
        (Goal(include=frozenset("a")), Goal(include=frozenset("b")), Goal(include=frozenset("ab"))),
        (Goal(exclude=frozenset("a")), Goal(exclude=frozenset("b")), Goal(exclude=frozenset("ab"))),
        (Goal(low=1), Goal(low=2), Goal(low=2)),
        (Goal(high=1), Goal(high=2), Goal(high=1)),
        (Goal(low=0), Goal(high=0), Goal(low=0, high=0)),
        (Goal(answered=True), Goal(), Goal(answered=True)),
        (Goal(answered=False), Goal(exclude=frozenset("a")), Goal(answered=False, exclude=frozenset("a"))),
        (Goal(fewest=1), Goal(fewest=3), Goal(fewest=3)),
        (Goal(most=0), Goal(most=3), Goal(most=0)),
        (Goal(most=2), Goal(fewest=2), Goal(fewest=2, most=2)),
        (Goal(low=1, of_days=True), Goal(low=2), Goal(low=2, of_days=True)),
        (Goal(equal="a"), Goal(exclude=frozenset("b")), Goal(equal="a", exclude=frozenset("b"))),
    ],
)
def test_two_goals_that_agree_become_one(one: Goal, other: Goal, both: Goal) -> None:
    """The narrower of two limits counts; a default says nothing; the order does not matter."""
    assert one.joined(other, "q") == other.joined(one, "q") == both


@pytest.mark.parametrize(
    ("one", "other", "zh", "en"),
    [
        (Goal(equal="a"), Goal(equal="b"), "“q”不能同时是“a”和“b”", "'q' cannot be 'a' and 'b' at the same time"),
        (Goal(answered=True), Goal(answered=False), "“q”既要回答又不能回答", "'q' would have to be answered and be blank"),
        (Goal(equal="a"), Goal(answered=False), "“q”既要回答又不能回答", "'q' would have to be answered and be blank"),
        (Goal(low=1), Goal(answered=False), "“q”既要回答又不能回答", "'q' would have to be answered and be blank"),
        (Goal(high=1), Goal(answered=False), "“q”既要回答又不能回答", "'q' would have to be answered and be blank"),
        (
            Goal(include=frozenset("a")),
            Goal(exclude=frozenset("a")),
            "“q”既要选“a”又不能选它",
            "'q' would have to include 'a' and not include it",
        ),
        (
            Goal(equal="村"),
            Goal(exclude=frozenset("村")),
            "“q”既要选“村”又不能选它",
            "'q' would have to include '村' and not include it",
        ),
        (
            Goal(low=5.5),
            Goal(high=5),
            "“q”要不小于 5.5 又不大于 5，没有这样的数",
            "'q' would have to be at least 5.5 and at most 5",
        ),
        (
            Goal(fewest=3),
            Goal(most=2),
            "“q”要不小于 3 又不大于 2，没有这样的数",
            "'q' would have to be at least 3 and at most 2",
        ),
        (
            Goal(low=20545, of_days=True),
            Goal(high=20544),
            "“q”要不早于 2026-04-02 又不晚于 2026-04-01，没有这样的日子",
            "'q' would have to be no earlier than 2026-04-02 and no later than 2026-04-01",
        ),
    ],
)
def test_two_goals_that_no_answer_meets_say_why(one: Goal, other: Goal, zh: str, en: str) -> None:
    """In both languages, with the question and the values."""
    with pytest.raises(Conflict) as told:
        one.joined(other, "q")
    assert (told.value.sentence.zh, told.value.sentence.en) == (zh, en)
    with pytest.raises(Conflict):
        other.joined(one, "q")


@pytest.mark.parametrize(
    ("goal", "wants"),
    [
        (Goal(), False),
        (Goal(answered=False), False),
        (Goal(exclude=frozenset("a")), False),
        (Goal(most=2), False),
        (Goal(answered=True), True),
        (Goal(equal="a"), True),
        (Goal(include=frozenset("a")), True),
        (Goal(low=0), True),
        (Goal(high=0), True),
        (Goal(fewest=1), True),
        (Goal(fewest=1, answered=False), False),
        (Goal(exclude=frozenset("a"), low=1), True),
    ],
)
def test_which_goals_a_blank_answer_would_not_meet(goal: Goal, wants: bool) -> None:
    """A blank takes no choice and has no number, so what is ruled out and what is at most so many is met by it."""
    assert goal.wants_answer is wants


@given(GOALS, GOALS, GOALS)
def test_joining_is_the_same_in_any_order(one: Goal, two: Goal, three: Goal) -> None:
    """Of three goals, whichever two are joined first; a conflict is one in each order."""

    def together(*goals: Goal) -> Goal | str:
        both = Goal()
        try:
            for goal in goals:
                both = both.joined(goal, "q")
        except Conflict:
            return "conflict"
        return both

    assert together(one, two, three) == together(three, two, one) == together(two, one, three)


def test_goals_for_several_questions_are_joined_path_by_path() -> None:
    """The name in a conflict is the last part of the path; what only one side asks is kept."""
    both = joined({"g/a": Goal(low=1), "g/b": Goal(answered=True)}, {"g/a": Goal(high=2), "c": Goal(most=1)})
    assert both == {"g/a": Goal(low=1, high=2), "g/b": Goal(answered=True), "c": Goal(most=1)}
    with pytest.raises(Conflict, match="'a' cannot be '1' and '2'"):
        joined({"g/a": Goal(equal="1")}, {"g/a": Goal(equal="2")})
