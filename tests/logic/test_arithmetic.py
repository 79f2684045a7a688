"""What a sum, product or rounded number asks of its parts."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from liuwen.logic.arithmetic import undone, unrounded

HOLDS = {
    "=": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}
OPERATORS = st.sampled_from(sorted(HOLDS))
SMALL = st.integers(-40, 40)


@pytest.mark.parametrize(
    ("sign", "known", "wanted", "known_first", "demand"),
    [
        ("+", 3.0, (">", 10.0), False, (">", 7.0)),
        ("+", 3.0, ("=", 10.0), True, ("=", 7.0)),
        ("-", 3.0, ("<=", 10.0), False, ("<=", 13.0)),
        ("-", 3.0, ("<=", 10.0), True, (">=", -7.0)),
        ("-", 3.0, ("!=", 10.0), True, ("!=", -7.0)),
        ("*", 4.0, (">=", 10.0), False, (">=", 2.5)),
        ("*", -4.0, (">=", 10.0), True, ("<=", -2.5)),
        ("*", 0.0, (">=", 10.0), False, None),
        ("div", 4.0, ("<", 10.0), False, ("<", 40.0)),
        ("div", -4.0, ("<", 10.0), False, (">", -40.0)),
        ("div", 0.0, ("<", 10.0), False, None),
        ("div", 4.0, ("<", 10.0), True, None),
        ("+", 0.1, ("=", 0.3), False, ("=", 0.2)),
    ],
)  # fmt: skip
def test_the_demand_on_the_other_operand(sign, known, wanted, known_first, demand) -> None:
    """A negative factor reverses the order; 0 as a factor or divisor and an unknown divisor give no demand."""
    assert undone(sign, known, wanted, known_first=known_first) == demand


@given(st.sampled_from("+-*"), SMALL, SMALL, OPERATORS, SMALL, st.booleans())
def test_the_part_meets_its_demand_exactly_where_the_whole_meets_its_own(sign, known, part, operator, value, known_first) -> None:  # noqa: PLR0917
    """For whole numbers, whichever side is known."""
    assume(sign != "*" or known != 0)
    demand = undone(sign, float(known), (operator, float(value)), known_first=known_first)
    one, other = (known, part) if known_first else (part, known)
    whole = {"+": one + other, "-": one - other, "*": one * other}[sign]
    assert demand is not None
    assert HOLDS[demand[0]](round(float(part), 9), demand[1]) == HOLDS[operator](whole, value)


@given(st.sampled_from(["int", "round"]), st.integers(-80, 80), st.sampled_from(["=", "<", "<=", ">", ">="]), st.integers(-9, 9))
def test_a_number_meets_the_demands_exactly_where_it_is_rounded_as_wanted(function, eighths, operator, value) -> None:
    """`int` cuts towards 0, `round` goes to the nearest with halves up."""
    number = eighths / 8
    rounded = math.trunc(number) if function == "int" else math.floor(number + 0.5)
    demands = unrounded(function, (operator, float(value)))
    met = all(HOLDS[sign](number, bound) for sign, bound in demands)
    assert met >= HOLDS[operator](rounded, value)
    if function == "round" or number > 0:
        assert met == HOLDS[operator](rounded, value)


def test_nothing_is_asked_of_a_number_that_is_only_to_be_rounded_to_another() -> None:
    """ "!=" asks too little to be put as limits."""
    assert unrounded("int", ("!=", 3.0)) == ()
