"""What it takes of an answer to stand in a relation to a value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuwen.form import read_form
from liuwen.logic.comparisons import bound, counting, may_be_no_number, meeting
from liuwen.logic.goals import Goal

FORM = read_form(
    b"""
| survey |
| | type | name | label | parameters |
| | text | t | T | |
| | integer | i | I | |
| | decimal | d | D | |
| | range | whole | Whole | start=0 end=10 step=1 |
| | range | tenths | Tenths | start=0 end=1 step=0.1 |
| | date | day | Day | |
| | dateTime | moment | Moment | |
| | select_one few | one | One | |
| | select_multiple few | many | Many | |
| choices |
| | list_name | name | label |
| | few | 1 | 1 |
| | few | 01 | 01 |
| | few | a | A |
"""
)
NAMES = ("1", "01", "a")


@pytest.mark.parametrize(
    ("name", "operator", "number", "edge"),
    [
        ("i", ">", 5, 6),
        ("i", ">", 5.5, 6),
        ("i", ">=", 5, 5),
        ("i", ">=", 5.5, 6),
        ("i", "<", 5, 4),
        ("i", "<", 5.5, 5),
        ("i", "<=", 5, 5),
        ("i", "<=", 5.5, 5),
        ("i", "<", -5.5, -6),
        ("i", ">", -5.5, -5),
        ("day", ">", 20544.5, 20545),
        ("whole", "<", 3, 2),
        ("tenths", ">=", 0.55, 0.55),
        ("d", "<=", 5.5, 5.5),
        ("moment", ">=", 20544.5, 20544.5),
    ],
)
def test_the_nearest_answer_that_satisfies_a_comparison(name: str, operator: str, number: float, edge: float) -> None:
    """A whole one where the question takes no other."""
    assert bound(FORM[name], operator, number) == edge


@pytest.mark.parametrize("name", ["d", "tenths", "moment"])
def test_where_answers_have_decimals_the_nearest_is_just_beside(name: str) -> None:
    """Nearer than anybody measures, and not the number itself."""
    assert 5 < bound(FORM[name], ">", 5) < 5.000001
    assert 4.999999 < bound(FORM[name], "<", 5) < 5


@given(st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), st.integers(-12, 24).map(lambda half: half / 2), st.integers(0, 14))
def test_a_count_meets_a_goal_exactly_if_it_satisfies_the_comparison(operator: str, number: float, count: int) -> None:
    """Of choices taken, or of a repeat's instances, which are never fewer than none."""
    met = any(goal.fewest <= count and (goal.most is None or count <= goal.most) for goal in counting(operator, number))
    holds = {
        "=": count == number,
        "!=": count != number,
        "<": count < number,
        "<=": count <= number,
        ">": count > number,
        ">=": count >= number,
    }[operator]
    assert met == holds


def some(*names: str) -> frozenset[str]:
    return frozenset(names)


@pytest.mark.parametrize(
    ("name", "operator", "value", "offered", "ways"),
    [
        ("i", "=", 5.0, None, [Goal(low=5.0, high=5.0)]),
        ("i", "=", "5", None, [Goal(low=5.0, high=5.0)]),
        ("i", "=", "five", None, []),
        ("i", ">", 5.0, None, [Goal(low=6)]),
        ("i", "<=", 5.0, None, [Goal(high=5)]),
        ("i", "<", "five", None, []),
        ("day", "=", 20544.0, None, [Goal(low=20544.0, high=20544.0, of_days=True)]),
        ("day", "=", "2026-04-01", None, [Goal(equal="2026-04-01")]),
        ("t", "=", "a", None, [Goal(equal="a")]),
        ("t", "=", 1.0, None, [Goal(equal="1"), None]),
        ("one", "=", 1.0, NAMES, [Goal(equal="1"), Goal(equal="01")]),
        ("one", "=", "1", NAMES, [Goal(equal="1")]),
        ("one", "=", 7.0, NAMES, [Goal(equal="7")]),
        ("one", ">", 0.0, NAMES, [Goal(low=1e-9)]),
        ("one", ">", 1.0, NAMES, []),
        ("one", ">=", 1.0, NAMES, [Goal(low=1.0)]),
        ("one", ">", 1.0, None, [Goal(low=1 + 1e-9)]),
        ("many", ">", 1.0, NAMES, [Goal(low=1 + 1e-9)]),
        ("t", "!=", "a", None, [Goal(exclude=some("a"), answered=True), Goal(answered=False)]),
        ("many", "!=", "a", NAMES, [Goal(answered=True), Goal(answered=False)]),
        ("t", "!=", True, None, [Goal(answered=True), Goal(answered=False)]),
        (
            "i",
            "!=",
            5.0,
            None,
            [Goal(low=6.0), Goal(high=4.0), Goal(exclude=some("5"), answered=True), Goal(answered=False)],
        ),
    ],
)  # fmt: skip
def test_the_ways_in_which_an_answer_meets_a_comparison(name, operator, value, offered, ways) -> None:
    """None among them stands for spellings that no goal can put; a blank is unequal to everything."""
    assert list(meeting(FORM[name], operator, value, offered)) == ways


@pytest.mark.parametrize(
    ("name", "offered", "may_be"),
    [
        ("i", None, False),
        ("day", None, False),
        ("t", None, True),
        ("one", NAMES, True),
        ("one", ("1", "01"), False),
        ("one", None, True),
        ("many", ("1", "01"), True),
    ],
)
def test_which_answers_may_be_no_number(name: str, offered: tuple[str, ...] | None, may_be: bool) -> None:
    """Several choices together spell none."""
    assert may_be_no_number(FORM[name], offered) is may_be
