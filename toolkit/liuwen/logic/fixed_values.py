"""Where an expression compares a question's answer with a fixed value."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from liuwen.expressions import COMPARISONS, Binary, Call, Expression, Named, Negative, Number, Path, Text
from liuwen.expressions.values import MIRRORED
from liuwen.form.elements import Element


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


def comparisons(tree: Expression, here: Element | None, only: Mapping[str, Element]) -> Iterator[Comparison]:
    """Every comparison of an answer with a fixed value, `selected(…)` included, outside the predicates of paths."""
    for part in walk_outside_predicates(tree):
        match part:
            case Binary(operator=operator, left=left, right=right) if operator in COMPARISONS:
                one, other = answer(left, here, only), answer(right, here, only)
                if one and (value := literal(right)) is not None:
                    yield Comparison(one, operator, value, part)
                elif other and (value := literal(left)) is not None:
                    yield Comparison(other, MIRRORED[operator], value, part)
            case Call(function="selected" | "is-selected", arguments=(first, second)):
                chosen, value = answer(first, here, only), literal(second)
                if chosen and value is not None:
                    yield Comparison(chosen, "selected", value, part)
            case _:
                pass
