"""Where an expression compares a question's answer with a fixed value."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from liuwen.expressions import COMPARISONS, Binary, Call, Expression, Named, Negative, Number, Path, Text
from liuwen.form.elements import Element

_NUMBER = re.compile(r"\s*-?(\d+(\.\d*)?|\.\d+)\s*")
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class Comparison(NamedTuple):
    """`element operator value`, however the two sides stood; `selected` stands for `selected(${element}, 'value')`."""

    element: Element
    operator: str
    value: float | str
    part: Expression


def walk_outside_predicates(expression: Expression) -> Iterator[Expression]:
    """The expression and everything in it but the predicates of paths, where `.` and bare words mean something else."""
    waiting = [expression]
    while waiting:
        current = waiting.pop()
        yield current
        match current:
            case Call(arguments=arguments):
                waiting.extend(reversed(arguments))
            case Binary(left=left, right=right):
                waiting += [right, left]
            case Negative(operand=operand):
                waiting.append(operand)
            case Path(origin=origin) if origin is not None and not current.predicates and not current.steps:
                waiting.append(origin)
            case _:
                pass


def answer(part: Expression, here: Element | None, only: Mapping[str, Element]) -> Element | None:
    """The question whose answer `part` is: `${name}`, or `.` where it stands for the question itself."""
    if isinstance(part, Named):
        return None if part.last_saved else only.get(part.name)
    return here if isinstance(part, Path) and part.is_here else None


def literal(part: Expression) -> float | str | None:
    """The fixed value that `part` is, or None."""
    match part:
        case Number(value=value) | Text(value=value):
            return value
        case Negative(operand=Number(value=number)):
            return -number
        case _:
            return None


def as_number(value: float | str) -> float | None:
    """The number that XPath makes of a value, or None where that is NaN.

    >>> as_number(" 12.5 "), as_number("well"), as_number("nan")
    (12.5, None, None)
    """
    if isinstance(value, float):
        return value
    return float(value) if _NUMBER.fullmatch(value) else None


def as_name(value: float | str) -> str:
    """A value as a choice would be named: 1.0 is "1", and the code of a village keeps all its digits."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return value


def comparisons(tree: Expression, here: Element | None, only: Mapping[str, Element]) -> Iterator[Comparison]:
    """Every comparison of an answer with a fixed value, `selected(…)` included, outside the predicates of paths."""
    for part in walk_outside_predicates(tree):
        match part:
            case Binary(operator=operator, left=left, right=right) if operator in COMPARISONS:
                one, other = answer(left, here, only), answer(right, here, only)
                if one and (value := literal(right)) is not None:
                    yield Comparison(one, operator, value, part)
                elif other and (value := literal(left)) is not None:
                    yield Comparison(other, _TURNED.get(operator, operator), value, part)
            case Call(function="selected" | "is-selected", arguments=(first, second)):
                chosen, value = answer(first, here, only), literal(second)
                if chosen and value is not None:
                    yield Comparison(chosen, "selected", value, part)
            case _:
                pass
