"""Inside the worker: the texts that a constraint accepts, by their pattern, their length, how they begin or end."""

from functools import lru_cache
from typing import NamedTuple

from liuwen.engine.formwalk import FormWalk
from liuwen.expressions import Binary, Call, Expression, ExpressionError, Path, Text, try_parse, walk
from liuwen.expressions.evaluation import operands
from liuwen.expressions.rewriting import written
from liuwen.expressions.values import MIRRORED, OPPOSITE
from liuwen.logic.patterns import is_exact, texts_of
from liuwen.logic.text_sets import (
    ANYTHING,
    BLANK,
    DIGITS,
    NOTHING,
    UNIVERSE,
    Characters,
    TextSet,
    both,
    either,
    literal,
    repeated,
    sequence,
    without,
)
from liuwen.simulation.open_range import text_worth, worth

_LONGEST = 1_000
_TESTS = frozenset({"regex", "starts-with", "ends-with", "contains", "string-length", "substr"})
_DIGIT = Characters(frozenset(DIGITS))
WHOLE_NUMBERS = sequence(repeated(literal("-"), 0, 1), repeated(_DIGIT, 1, 9))
"""Texts that a phone takes for an integer."""
DECIMALS = sequence(WHOLE_NUMBERS, repeated(sequence(literal("."), repeated(_DIGIT, 1, 6)), 0, 1))


class Wanted(NamedTuple):
    """The texts that a constraint accepts; `certain` unless a part of it was not understood and taken to accept anything."""

    texts: TextSet
    certain: bool


@lru_cache(maxsize=4096)
def tests_a_text(constraint: str) -> bool:
    """Whether a constraint looks at its answer as a text; what it does not is left to other means."""
    tree = try_parse(constraint)
    if isinstance(tree, ExpressionError):
        return False
    return any(
        isinstance(part, Call) and part.function in _TESTS and any(map(_reads_here, part.arguments)) for part in walk(tree)
    )


def wanted_texts(walk_at: FormWalk, constraint: str) -> Wanted:
    """The texts that a constraint accepts as things stand; raises `UnsolvedError` for a pattern that cannot be worked with."""
    tree = try_parse(constraint)
    if isinstance(tree, ExpressionError):
        return Wanted(ANYTHING, certain=False)
    reader = _Reader(walk_at)
    return Wanted(reader.texts(tree, want=True), certain=reader.certain)


class _Reader:
    """Reads a constraint's tree; notes whether all of it was understood."""

    def __init__(self, walk_at: FormWalk) -> None:
        self._walk = walk_at
        self.certain = True

    def texts(self, part: Expression, *, want: bool) -> TextSet:
        """The texts for which a part of the constraint holds, or does not."""
        match part:
            case Binary(operator="and" | "or" as operator):
                join = both if (operator == "and") == want else either
                return join(*(self.texts(side, want=want) for side in operands(part)))
            case Call(function="not", arguments=(inside,)):
                return self.texts(inside, want=not want)
            case Call(function="true", arguments=()):
                return ANYTHING if want else NOTHING
            case Call(function="if", arguments=(test, then, otherwise)):
                chosen = both(self.texts(test, want=True), self.texts(then, want=want))
                return either(chosen, both(self.texts(test, want=False), self.texts(otherwise, want=want)))
            case _:
                tested = self._test(part) if _reads_here(part) else self._settled(part)
                if tested is None:
                    self.certain = False
                    return ANYTHING
                return tested if want else without(tested)

    def _settled(self, part: Expression) -> TextSet | None:
        """Every text or none, as other answers have it."""
        true = worth(self._walk, f"boolean({written(part)})")
        return None if true is None else ANYTHING if true else NOTHING

    def _test(self, part: Expression) -> TextSet | None:
        match part:
            case Call(function="regex", arguments=(subject, pattern)) if _is_here(subject):
                said = self._text(pattern)
                if said is None:
                    return None
                self.certain = self.certain and is_exact(said)
                return texts_of(said)
            case Call(function="starts-with" | "ends-with" | "contains" as function, arguments=(subject, other)) if _is_here(
                subject
            ):
                said = self._text(other)
                return None if said is None else _holding(function, said)
            case Binary(operator=operator, left=left, right=right) if operator in OPPOSITE:
                return self._compared(left, operator, right) or self._compared(right, MIRRORED[operator], left)
            case _:
                return None

    def _compared(self, left: Expression, operator: str, right: Expression) -> TextSet | None:
        if (
            isinstance(left, Call)
            and left.function == "string-length"
            and len(left.arguments) == 1
            and _is_here(left.arguments[0])
        ):
            number = None if _reads_here(right) else worth(self._walk, written(right))
            return None if number is None else _of_length(operator, number)
        beginning = _beginning(left)
        said = None if _reads_here(right) or operator not in {"=", "!="} else self._text(right)
        if said is None or not (beginning or _is_here(left)):
            return None
        found = sequence(literal(said), repeated(Characters(UNIVERSE), 0, None)) if beginning else literal(said)
        if beginning and beginning != len(said):
            found = NOTHING
        return found if operator == "=" else without(found)

    def _text(self, part: Expression) -> str | None:
        if isinstance(part, Text):
            return part.value
        return None if _reads_here(part) else text_worth(self._walk, written(part))


def _holding(function: str, said: str) -> TextSet:
    before = BLANK if function == "starts-with" else ANYTHING
    behind = BLANK if function == "ends-with" else ANYTHING
    return sequence(before, sequence(literal(said), behind))


def _of_length(operator: str, number: float) -> TextSet | None:
    if number != int(number) or not 0 <= number <= _LONGEST:
        return None
    size, character = int(number), Characters(UNIVERSE)
    match operator:
        case "=" | "!=":
            exact = repeated(character, size, size)
            return exact if operator == "=" else without(exact)
        case "<" | ">=":
            least = repeated(character, size, None)
            return least if operator == ">=" else (repeated(character, 0, size - 1) if size else NOTHING)
        case _:
            return repeated(character, size + 1, None) if operator == ">" else repeated(character, 0, size)


def _beginning(part: Expression) -> int:
    """How many letters `substr(., 0, n)` takes; 0 for anything else."""
    match part:
        case Call(function="substr", arguments=(subject, first, last)) if _is_here(subject) and written(first) == "0":
            return int(written(last)) if written(last).isdigit() else 0
        case _:
            return 0


def _is_here(part: Expression) -> bool:
    if isinstance(part, Call) and part.function in {"string", "normalize-space", "once"} and len(part.arguments) == 1:
        return _is_here(part.arguments[0])
    return isinstance(part, Path) and part.is_here


def _reads_here(part: Expression) -> bool:
    return any(isinstance(each, Path) and each.is_here for each in walk(part))
