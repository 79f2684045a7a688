"""What a condition compares besides plain answers: something that is only true or false, or a count of something."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, inf, isfinite

from liuwen.expressions import COMPARISONS, Binary, Call, Expression
from liuwen.expressions.evaluation import fixed_value
from liuwen.expressions.kinds import FUNCTION_KINDS
from liuwen.expressions.rewriting import written
from liuwen.expressions.unknown import UnknownError
from liuwen.expressions.values import Scalar, as_number

COUNTS = frozenset({"count-selected", "string-length", "count", "count-non-empty"})
"""Functions whose value is 0, 1, 2, …"""


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that depends on answers: a truth, or a count up to `most`, if that is known; `text` names it."""

    text: str
    is_truth: bool
    most: int | None = None

    def trial_values(self, compared: Sequence[Scalar]) -> Sequence[Scalar]:
        """Values of the measure that produce every outcome of a comparison with `compared`."""
        if self.is_truth:
            return [True, False]
        numbers = {0.0, 1.0}
        for value in compared:
            number = _number(value)
            if number is not None:
                numbers |= {float(near) for near in (floor(number) - 1, floor(number), ceil(number), ceil(number) + 1)}
        return sorted(number for number in numbers if 0 <= number <= (inf if self.most is None else self.most))


def measured(part: Expression) -> Measure | None:
    """The truth or the count that a part of an expression stands for, unless its value is fixed.

    >>> from liuwen.expressions import parse
    >>> measured(parse("18 < ${age}")), measured(parse("count-selected(.)")), measured(parse("1 = 2"))
    (Measure(text='18 < ${age}', is_truth=True, most=None), Measure(text='count-selected(.)', is_truth=False, most=None), None)
    """
    is_count = isinstance(part, Call) and part.function in COUNTS
    if not (is_count or is_truth(part)) or fixed_value(part) is not None:
        return None
    return Measure(written(part), not is_count)


def is_truth(part: Expression) -> bool:
    """Whether a part of an expression is true or false, and nothing else."""
    match part:
        case Binary(operator=operator):
            return operator in COMPARISONS | {"and", "or"}
        case Call(function=function):
            return FUNCTION_KINDS.get(function) == frozenset({bool})
        case _:
            return False


def _number(value: Scalar) -> float | None:
    try:
        number = as_number(value)
    except UnknownError:
        return None
    return number if isfinite(number) else None
