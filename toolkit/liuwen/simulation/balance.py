"""Inside the worker: the numbers at which the two sides of a constraint's comparisons are equal, as far as they can be found."""

from collections.abc import Callable, Iterator
from functools import lru_cache, partial

from liuwen.engine.formwalk import FormWalk
from liuwen.expressions import COMPARISONS, Binary, Expression, ExpressionError, Path, try_parse
from liuwen.expressions import walk as parts_of
from liuwen.expressions.numbers import plain_text_of
from liuwen.simulation.open_range import worth

_STARTS = ((0.0, 1.0), (1.0, 2.0), (10.0, 20.0))
_ROUNDS = 20
_EQUAL = 1e-9


def balances(walk: FormWalk, constraint: str) -> Iterator[float]:
    """An answer for each comparison at which its sides are equal just now, such as 30 for `. + ${a} = 100` after 70."""
    for left, right in _compared(constraint):
        difference = partial(_difference, walk, left, right)
        found = next((root for start in _STARTS if (root := _root(difference, *start)) is not None), None)
        if found is not None:
            yield found


_Side = tuple[str, ...]
"""What stands between the places where the answer is read."""


@lru_cache(maxsize=256)
def _compared(constraint: str) -> tuple[tuple[_Side, _Side], ...]:
    tree = try_parse(constraint)
    if isinstance(tree, ExpressionError):
        return ()
    compared = [part for part in parts_of(tree) if isinstance(part, Binary) and part.operator in COMPARISONS]
    sides = [(_side(constraint, part.left), _side(constraint, part.right)) for part in compared]
    return tuple((left, right) for left, right in sides if len(left) + len(right) > 2)


def _side(constraint: str, side: Expression) -> _Side:
    here = [(part.start, part.end) for part in parts_of(side) if isinstance(part, Path) and part.is_here]
    ends = [side.start, *(place for read in sorted(here) for place in read), side.end]
    return tuple(constraint[begin:end] for begin, end in zip(ends[::2], ends[1::2], strict=True))


def _difference(walk: FormWalk, left: _Side, right: _Side, number: float) -> float | None:
    written = f"({plain_text_of(number)})"
    return worth(walk, f"({written.join(left)}) - ({written.join(right)})")


def _root(difference: Callable[[float], float | None], before: float, number: float) -> float | None:
    """Where a difference comes to nothing, by the secant method; None if it has no value on the way, or does not get there."""
    apart_before, apart = difference(before), difference(number)
    for _ in range(_ROUNDS):
        if apart is None or apart_before is None:
            return None
        if abs(apart) < _EQUAL:
            return number
        if apart == apart_before:
            return None
        before, number = number, number - apart * (number - before) / (apart - apart_before)
        apart_before, apart = apart, difference(number)
    return None
