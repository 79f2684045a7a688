"""Functions whose value depends only on their arguments, as JavaRosa computes them (XPathFuncExpr).

Not included: functions that depend on the phone or the form (`today`, `position`, `once`, `pulldata`, `indexed-repeat`, …),
functions that Java and Python may round differently (`pow`, `log`, `sin`, …), and `regex`, whose patterns differ between the
two.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import datetime, time
from functools import reduce
from types import MappingProxyType
from typing import NamedTuple

from liuwen.expressions import dates
from liuwen.expressions.functions import ARITIES
from liuwen.expressions.numbers import INT_RANGE, JAVA_SPACES, as_int, rounded, truncated
from liuwen.expressions.unknown import MismatchError, UnknownError
from liuwen.expressions.values import NodeSet, Scalar, Value, as_number, as_text, as_truth, single

_SPACES = re.compile(r"[ \t\n\x0b\f\r]+")
_SMALLEST = 5e-324
"""JavaRosa starts its search for the maximum at Double.MIN_VALUE, which is greater than zero."""


class Function(NamedTuple):
    """A function: its number of arguments, and its implementation."""

    fewest: int
    most: int | None
    work_out: Callable[..., Value]

    def takes(self, count: int) -> bool:
        """Whether the function accepts this number of arguments."""
        return self.fewest <= count and (self.most is None or count <= self.most)


# -- node sets and choices ----------------------------------------------------------------------------------------------


def _nodes(value: Value) -> tuple[Scalar, ...]:
    if not isinstance(value, NodeSet):
        raise MismatchError
    return value.values


def _listed(arguments: tuple[Value, ...]) -> tuple[Value, ...]:
    """The arguments, or the nodes if the only argument is a node set."""
    return arguments[0].values if len(arguments) == 1 and isinstance(arguments[0], NodeSet) else arguments


def _sum(nodes: Value) -> float:
    return reduce(lambda total, number: total + number, _numbers(_nodes(nodes)), 0.0)


def _greatest(*arguments: Value) -> float:
    numbers = _numbers(_listed(arguments))
    return max(_SMALLEST, *numbers) if numbers else math.nan


def _least(*arguments: Value) -> float:
    numbers = _numbers(_listed(arguments))
    return min(numbers) if numbers else math.nan


def _numbers(values: tuple[Value, ...]) -> list[float]:
    return [number for number in map(as_number, values) if not math.isnan(number)]


def _answer_text(value: Value) -> str:
    text = single(value)
    if not isinstance(text, str):
        raise MismatchError
    return text


def selected(answer: Value, choice: Value) -> bool:
    """Whether a choice is among the selected ones (XPathFuncExpr.multiSelected); both values must be text.

    >>> selected("road water", "road"), selected("road water", "roa"), selected("", "")
    (True, False, True)
    """
    name = _answer_text(choice).strip(JAVA_SPACES)
    return f" {name} " in f" {_answer_text(answer)} "


def _chosen(answer: Value) -> list[str]:
    return [part for part in _answer_text(answer).split(" ") if part]


def _selected_at(answer: Value, position: Value) -> str:
    chosen, place = _chosen(answer), as_int(as_number(position))
    return chosen[place] if 0 <= place < len(chosen) else ""


def _checklist(fewest: Value, most: Value, *factors: Value) -> bool:
    true = sum(map(as_truth, _listed(factors)))
    low, high = as_int(as_number(fewest)), as_int(as_number(most))
    return (low < 0 or true >= low) and (high < 0 or true <= high)


# -- texts ----------------------------------------------------------------------------------------------------------------


def _joined(separator: Value, *parts: Value) -> str:
    return as_text(separator).join(map(as_text, _listed(parts)))


def _length(value: Value) -> float:
    """Length in UTF-16 units, as Java counts."""
    return float(len(_utf16(as_text(value))) // 2)


def _substring(value: Value, start: Value, end: Value | None = None) -> str:
    units = _utf16(as_text(value))
    length = len(units) // 2
    first = as_int(as_number(start))
    last = length if end is None else as_int(as_number(end))
    first, last = (min(max(0, place + length if place < 0 else place), length) for place in (first, last))
    return units[2 * first : 2 * last].decode("utf-16-le", "surrogatepass")


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _before(value: Value, part: Value) -> str:
    text, mark = as_text(value), as_text(part)
    return text[: text.index(mark)] if mark in text else ""


def _after(value: Value, part: Value) -> str:
    text, mark = as_text(value), as_text(part)
    return text[text.index(mark) + len(mark) :] if mark in text else ""


def _translated(value: Value, old: Value, new: Value) -> str:
    replaced = as_text(new)
    table: dict[int, str] = {}
    for place, character in enumerate(as_text(old)):
        table.setdefault(ord(character), replaced[place : place + 1])
    return as_text(value).translate(table)


def _single_spaced(value: Value) -> str:
    return _SPACES.sub(" ", as_text(value).strip(JAVA_SPACES))


# -- days ------------------------------------------------------------------------------------------------------------------


def _date(value: Value) -> Value:
    """`date()`: text keeps its time of day, a number is truncated to a whole day (XPathFuncExpr.toDate)."""
    given = single(value)
    if isinstance(given, datetime):
        return datetime.combine(given.date(), time.min)
    return _to_moment(given, lambda number: dates.moment_on(truncated(number)))


def _date_time(value: Value) -> Value:
    return _to_moment(single(value), _needs_time_zone)


def _decimal_date_time(value: Value) -> Value:
    moment = _to_moment(single(value), lambda number: number)
    return _needs_time_zone(0.0) if isinstance(moment, datetime) else moment


def _decimal_time(value: Value) -> Value:
    moment = _to_moment(single(value), lambda number: number - math.floor(number))
    return dates.part_of_day(moment) if isinstance(moment, datetime) else moment


def _to_moment(given: Scalar, of_number: Callable[[float], Value]) -> Value:
    """Return blanks, NaN and moments unchanged, apply `of_number` to a number, and parse text as a moment."""
    if isinstance(given, bool):
        raise MismatchError
    if isinstance(given, time):
        raise UnknownError
    if isinstance(given, str):
        return dates.moment_of(given) if given else ""
    if isinstance(given, datetime) or math.isnan(given):
        return given
    if not INT_RANGE[0] <= given <= INT_RANGE[-1]:
        raise MismatchError
    return of_number(given)


def _needs_time_zone(number: float) -> Value:
    raise UnknownError


def _formatted(value: Value, pattern: Value) -> str:
    moment = _date_time(value)
    return dates.formatted(moment, as_text(pattern)) if isinstance(moment, datetime) else ""


# -- numbers ----------------------------------------------------------------------------------------------------------------


def _rounded(value: Value, places: Value = 0.0) -> float:
    return rounded(as_number(value), as_int(as_number(places)))


def _as_double(value: Value) -> float:
    """A number (XPathFuncExpr.toDouble); a moment keeps its time of day, unlike in `as_number`."""
    return dates.fractional_day_number(value) if isinstance(value, datetime) else as_number(value)


def _root(value: Value) -> float:
    number = _as_double(value)
    return math.sqrt(number) if number >= 0 else math.nan


_WORK: dict[str, Callable[..., Value]] = {
    "true": lambda: True,
    "false": lambda: False,
    "boolean": as_truth,
    "not": lambda value: not as_truth(value),
    "boolean-from-string": lambda value: as_text(value).lower() == "true" or as_text(value) == "1",
    "number": as_number,
    "int": lambda value: truncated(as_number(value)),
    "round": _rounded,
    "abs": lambda value: abs(_as_double(value)),
    "sqrt": _root,
    "pi": lambda: math.pi,
    "string": as_text,
    "string-length": _length,
    "normalize-space": _single_spaced,
    "concat": lambda *parts: _joined("", *parts),
    "join": _joined,
    "substr": _substring,
    "substring-before": _before,
    "substring-after": _after,
    "translate": _translated,
    "contains": lambda value, part: as_text(part) in as_text(value),
    "starts-with": lambda value, part: as_text(value).startswith(as_text(part)),
    "ends-with": lambda value, part: as_text(value).endswith(as_text(part)),
    "selected": selected,
    "is-selected": selected,
    "selected-at": _selected_at,
    "count-selected": lambda answer: float(len(_chosen(answer))),
    "count": lambda nodes: float(len(_nodes(nodes))),
    "count-non-empty": lambda nodes: float(sum(value != "" for value in _nodes(nodes))),
    "sum": _sum,
    "max": _greatest,
    "min": _least,
    "checklist": _checklist,
    "date": _date,
    "date-time": _date_time,
    "decimal-date-time": _decimal_date_time,
    "decimal-time": _decimal_time,
    "format-date": _formatted,
    "format-date-time": _formatted,
}
_NEEDS_ARGUMENT = frozenset({"number", "string", "string-length", "normalize-space"})
"""Without an argument these apply to the current question, which is not supported here."""
FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {name: Function(max(ARITIES[name].fewest, name in _NEEDS_ARGUMENT), ARITIES[name].most, work) for name, work in _WORK.items()}
)
"""Function → implementation."""
