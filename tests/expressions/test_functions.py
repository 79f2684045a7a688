"""Functions of expressions: the value that JavaRosa gives, or that it is unknown; the random test asks JavaRosa itself."""

import math
from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuwen.expressions import parse
from liuwen.expressions.evaluation import evaluate, fixed_number, fixed_value, operands
from liuwen.expressions.functions import ARITIES
from liuwen.expressions.functions_of_values import FUNCTIONS
from liuwen.expressions.unknown import MismatchError, UnknownError
from liuwen.expressions.values import NodeSet, Value

DAY = datetime(2026, 3, 1)
ANSWERS: dict[str, Value] = {
    "needs": "road water", "blank": "", "age": 20.0, "ages": NodeSet((20.0, "", 7.0)), "none": NodeSet(()),
    "nan": math.nan, "moment": datetime(2026, 3, 1, 18), "yes": True, "clock": time(8, 30), "face": "a😀b",
}  # fmt: skip


def value_of(text: str) -> Value:
    return evaluate(parse(text), ANSWERS.__getitem__)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # texts
        ("concat('a', ${age}, 'b')", "a20b"),
        ("join('-', 'a', 'b')", "a-b"),
        ("join(',', ${ages})", "20,,7"),
        ("string-length(${face})", 4.0),
        ("substr('abcdef', 1, 3)", "bc"),
        ("substr('abcdef', -2)", "ef"),
        ("substr('abc', 2, 1)", ""),
        ("substring-before('a-b-c', '-')", "a"),
        ("substring-after('a-b-c', '-')", "b-c"),
        ("substring-after('abc', '-')", ""),
        ("translate('abcabc', 'ab', 'x')", "xcxc"),
        ("normalize-space('  a   b ')", "a b"),
        ("contains('abc', 'bc')", True),
        ("starts-with('abc', '')", True),
        ("ends-with('abc', 'b')", False),
        # choices and node sets
        ("selected(${needs}, 'road')", True),
        ("selected(${needs}, 'roa')", False),
        ("selected-at(${needs}, 1)", "water"),
        ("selected-at(${needs}, 9)", ""),
        ("count-selected(${needs})", 2.0),
        ("count-selected(${blank})", 0.0),
        ("count(${ages})", 3.0),
        ("count-non-empty(${ages})", 2.0),
        ("sum(${ages})", 27.0),
        ("sum(${none})", 0.0),
        ("max(${ages})", 20.0),
        ("min(${ages}) + min(3, 5)", 10.0),
        ("checklist(1, 2, true(), false(), 1)", True),
        ("checklist(2, -1, true(), false())", False),
        # numbers
        ("int(-2.9)", -2.0),
        ("round(2.345, 2)", 2.35),
        ("abs(-3)", 3.0),
        ("sqrt(9)", 3.0),
        ("number('１２')", math.nan),
        ("sqrt(-1)", math.nan),
        ("max(${none})", math.nan),
        # booleans
        ("boolean('false')", True),
        ("boolean-from-string('TRUE')", True),
        ("boolean-from-string('yes')", False),
        ("not(${nan})", True),
        ("if(${age} > 18, 'adult', 'child')", "adult"),
        ("coalesce(${blank}, 'x')", "x"),
        ("coalesce(${age}, 'x')", 20.0),
        # days
        ("date('2026-03-01')", DAY),
        ("date(20513.9)", DAY),
        ("date(${moment})", DAY),
        ("date('')", ""),
        ("decimal-date-time(1.5)", 1.5),
        ("decimal-time(${moment})", 0.75),
        ("decimal-time(2.25)", 0.25),
        ("format-date(${moment}, '%Y/%n/%e')", "2026/3/1"),
        ("format-date-time(${moment}, '%H:%M')", "18:00"),
        ("format-date('', '%Y')", ""),
    ],
)
def test_value_of_a_function(text: str, value: Value) -> None:
    """NaN is compared as NaN."""
    given_value = value_of(text)
    assert type(given_value) is type(value)
    assert given_value == value or (given_value != given_value and value != value)  # noqa: PLR0124 - NaN


@pytest.mark.parametrize(
    "text",
    ["count(${age})", "sum('a')", "selected(${age}, 'a')", "selected-at(1, 0)", "date(true())", "date('tomorrow')",
     "date(99999999999)", "selected(${ages}, 'a')", "format-date(${moment}, '%q')"],
)  # fmt: skip
def test_wrong_argument_is_refused(text: str) -> None:
    """JavaRosa refuses these expressions too."""
    with pytest.raises(MismatchError):
        value_of(text)


@pytest.mark.parametrize(
    "text",
    ["today()", "position(..)", "regex('a', 'a')", "pow(2, 3)", "once(1)", "random()", "number()", "string-length()",
     "decimal-date-time('2026-03-01')", "date-time(3)", "date(${clock})", "format-date(${moment}, '%b')", "concat(today())"],
)  # fmt: skip
def test_function_of_the_phone_is_unknown(text: str) -> None:
    """It depends on the clock, the time zone, the language or the place in the form."""
    with pytest.raises(UnknownError):
        value_of(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("today() = 'x' and false()", False),
        ("false() and today() = 'x'", False),
        ("today() = 'x' or true()", True),
        ("true() and true() and false()", False),
        ("false() or false()", False),
    ],
)
def test_one_side_may_decide_and_or(text: str, value: bool) -> None:
    """Even if the other side is unknown."""
    assert value_of(text) is value


@pytest.mark.parametrize("text", ["today() = 'x' and true()", "today() = 'x' or false()"])
def test_undecided_and_or_is_unknown(text: str) -> None:
    """If the known side does not decide."""
    with pytest.raises(UnknownError):
        value_of(text)


def test_refusal_on_the_first_side_is_a_refusal() -> None:
    """JavaRosa evaluates from the left; after an unknown side, a refusal may never be reached."""
    with pytest.raises(MismatchError):
        value_of("count('a') and false()")
    with pytest.raises(UnknownError):
        value_of("today() = 'x' and count('a')")


def test_every_supported_function_is_one_of_the_specification() -> None:
    """With the number of arguments that the specification gives, or fewer."""
    assert FUNCTIONS.keys() <= ARITIES.keys()
    for name, function in FUNCTIONS.items():
        assert ARITIES[name].fewest <= function.fewest
        assert function.most == ARITIES[name].most
        assert not function.takes(-1)


@given(st.lists(st.sampled_from(["true()", "false()", "${yes}", "${blank}", "1", "0"]), min_size=2, max_size=6))
def test_operands_of_a_chain_are_in_order(parts: list[str]) -> None:
    """However long the chain is, and with the value of Python's all and any."""
    sides = [bool(value_of(part)) for part in parts]
    tree = parse(" and ".join(parts))
    assert [str(value_of(part)) for part in parts] == [str(evaluate(side, ANSWERS.__getitem__)) for side in operands(tree)]  # type: ignore[arg-type]
    assert value_of(" and ".join(parts)) is all(sides)
    assert value_of(" or ".join(parts)) is any(sides)


@pytest.mark.parametrize(("text", "value"), [("1 + 1", 2.0), ("'a'", "a"), ("${age}", None), ("today()", None)])
def test_fixed_value_does_not_depend_on_answers(text: str, value: Value | None) -> None:
    """None if it does, or if it is unknown."""
    assert fixed_value(parse(text)) == value


@pytest.mark.parametrize(("text", "value"), [("2 * 3", 6.0), ("'x'", None), ("2 +", None), ("", None), ("0 div 0", None)])
def test_fixed_number_of_a_cell(text: str, value: float | None) -> None:
    """None for anything that is not a number, even for invalid expressions."""
    assert fixed_number(text) == value
