"""JavaRosa's meaning of values: numbers, text, dates, booleans, blanks and node sets; no other module compares or converts
them.

A value is text, a number, a boolean or a moment, as in XPathPathExpr.unpackValue; a blank answer is empty text, and a path
returns a node set. A time of day has neither text nor number here, because phones add the current date. Conversions are those
of XPathFuncExpr (toNumeric, toString, toBoolean, unpack), operators those of XPathEqExpr, XPathCmpExpr, XPathArithExpr and
XPathNumNegExpr. How texts spell numbers and days is in `numbers` and `dates`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from types import MappingProxyType

from liuwen.expressions.dates import day_number, text_of_day
from liuwen.expressions.numbers import CLOSE, number_of, plain_text_of, text_of
from liuwen.expressions.unknown import MismatchError, UnknownError

Scalar = str | float | bool | datetime | time


@dataclass(frozen=True, slots=True)
class NodeSet:
    """The result of a path: the values of its nodes, without irrelevant ones."""

    values: tuple[Scalar, ...]


Value = Scalar | NodeSet

MIRRORED: Mapping[str, str] = MappingProxyType({"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="})
"""Operator → the equivalent operator with the operands swapped."""
OPPOSITE: Mapping[str, str] = MappingProxyType({"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"})
"""Operator → its negation, valid between numbers."""


def single(value: Value) -> Scalar:
    """The single value of a node set, "" if it is empty (XPathNodeset.unpack); raises `MismatchError` if it has several."""
    if not isinstance(value, NodeSet):
        return value
    if len(value.values) > 1:
        raise MismatchError
    return value.values[0] if value.values else ""


def as_number(value: Value) -> float:
    """Convert to a number (XPathFuncExpr.toNumeric): NaN if the value is not a number; a moment becomes its day number.

    >>> as_number("01"), as_number(True), as_number(datetime(1970, 1, 3)), as_number("")
    (1.0, 1.0, 2.0, nan)
    """
    value = single(value)
    if isinstance(value, str):
        return number_of(value)
    if isinstance(value, time):
        raise UnknownError
    return day_number(value) if isinstance(value, datetime) else float(value)


def as_text(value: Value) -> str:
    """Convert to text (XPathFuncExpr.toString).

    >>> as_text(5.0), as_text(True), as_text(datetime(2026, 3, 1, 8, 30))
    ('5', 'true', '2026-03-01')
    """
    value = single(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return text_of(value)
    if isinstance(value, time):
        raise UnknownError
    return text_of_day(value) if isinstance(value, datetime) else value


def plain_text(value: Scalar) -> str:
    """Text that compares equal to the value, with all digits of a number.

    >>> plain_text(330102001001.0), plain_text("01")
    ('330102001001', '01')
    """
    return plain_text_of(value) if isinstance(value, float) else as_text(value)


def kept_value(value: Value) -> Scalar:
    """The value that an untyped calculation stores: unchanged, but "" for NaN (IAnswerData.wrapData).

    >>> kept_value(math.nan), kept_value(6.0000000001), kept_value("06")
    ('', 6.0, '06')
    """
    kept = single(value)
    if is_blank(kept):
        return ""
    nearly_whole = isinstance(kept, float) and math.isfinite(kept) and abs(kept - int(kept)) < 1e-9
    return float(int(kept)) if nearly_whole and isinstance(kept, float) else kept


def as_truth(value: Value) -> bool:
    """Convert to a truth value (XPathFuncExpr.toBoolean): every non-empty text is true, even "false" and "0".

    >>> as_truth("0"), as_truth(0.0), as_truth(math.nan), as_truth("")
    (True, False, False, False)
    """
    value = single(value)
    return abs(value) > CLOSE if isinstance(value, float) else bool(value)


def is_blank(value: Value) -> bool:
    """Whether the value is empty text or NaN (XPathFuncExpr.isNull)."""
    value = single(value)
    return value == "" or (isinstance(value, float) and math.isnan(value))


def equal(left: Value, right: Value) -> bool:
    """Whether two values are equal (XPathEqExpr): compared as booleans if one is a boolean, else as numbers if one is a number,
    else as text.

    >>> equal("1", "01"), equal(1.0, "01"), equal(datetime(2026, 3, 1, 8), "2026-03-01")
    (False, True, True)
    """
    left, right = single(left), single(right)
    if isinstance(left, bool) or isinstance(right, bool):
        return as_truth(left) == as_truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return abs(as_number(left) - as_number(right)) < CLOSE
    return as_text(left) == as_text(right)


def compare(left: Value, operator: str, right: Value) -> bool:
    """Apply a comparison operator; `<`, `<=`, `>` and `>=` compare numbers only (XPathCmpExpr), so blanks never satisfy them.

    >>> compare("10", ">", "9"), compare("", "<", 5.0), compare("", "!=", 5.0)
    (True, False, True)
    """
    if operator in {"=", "!="}:
        return equal(left, right) == (operator == "=")
    one, other = as_number(left), as_number(right)
    if operator == "<":
        return one < other
    if operator == "<=":
        return one <= other
    return one > other if operator == ">" else one >= other


def calculate(left: Value, operator: str, right: Value) -> float:
    """Apply `+`, `-`, `*`, `div` or `mod` (XPathArithExpr); the result of `mod` has the sign of the left operand.

    >>> calculate("7", "mod", -2.0), calculate(1.0, "div", 0.0), calculate("", "+", 1.0)
    (1.0, inf, nan)
    """
    one, other = as_number(left), as_number(right)
    if operator == "+":
        return one + other
    if operator == "-":
        return one - other
    if operator == "*":
        return one * other
    return _divided(one, other) if operator == "div" else _remainder(one, other)


def _divided(one: float, other: float) -> float:
    if other == 0 and not math.isnan(one):
        return math.nan if one == 0 else math.copysign(math.inf, one) * math.copysign(1.0, other)
    return one / other if other != 0 else math.nan


def _remainder(one: float, other: float) -> float:
    return math.nan if math.isinf(one) or other == 0 else math.fmod(one, other)
