"""Whether a question was asked, worked out from the form's own relevance and the other answers of the row.

Only what an export can answer for certain is worked out: comparisons, `selected`, `and`, `or`, `not`, arithmetic and a few
functions over answers that the export holds. Anything else gives "unknown", and so do answers whose column is missing.
The meaning of each operator is JavaRosa's (XPath 1.0 with a blank answer as the empty text).
"""

import math
from collections.abc import Callable, Mapping

from liuwen.expressions import (
    Binary,
    Call,
    Expression,
    ExpressionError,
    Named,
    Negative,
    Number,
    Path,
    Text,
    try_parse,
    walk,
)

Value = str | float | bool
Lookup = Callable[[str], Value]
"""The answer to the question of a name; raises `UnknownError` where there is none to be had."""


class UnknownError(Exception):
    """What was asked cannot be worked out."""


class ExportCondition:
    """One relevance expression, ready to be put to many rows; like answers are worked out once."""

    def __init__(self, text: str) -> None:
        parsed = try_parse(text)
        self._tree = None if isinstance(parsed, ExpressionError) else parsed
        named = walk(self._tree) if self._tree else ()
        self.names = tuple(dict.fromkeys(part.name for part in named if isinstance(part, Named)))
        """The names of the questions that it refers to."""
        self._worked_out: dict[tuple[Value | None, ...], bool | None] = {}

    def holds(self, answers: tuple[Value | None, ...]) -> bool | None:
        """Whether it holds for the answers to `names` (None: not to be had); None where that cannot be told."""
        if answers not in self._worked_out:
            self._worked_out[answers] = self._work_out(dict(zip(self.names, answers, strict=True)))
        return self._worked_out[answers]

    def _work_out(self, answers: Mapping[str, Value | None]) -> bool | None:
        def lookup(name: str) -> Value:
            answer = answers[name]
            if answer is None:
                raise UnknownError
            return answer

        try:
            return truth(evaluate(self._tree, lookup)) if self._tree else None
        except UnknownError:
            return None


def evaluate(tree: Expression, lookup: Lookup) -> Value:  # noqa: PLR0911 - a case a kind of expression
    """The value of an expression; raises `UnknownError` where it cannot be told."""
    match tree:
        case Number(value=value) | Text(value=value):
            return value
        case Named(name=name, last_saved=False):
            return lookup(name)
        case Path(origin=Named(name=name, last_saved=False), predicates=(), steps=()):
            return lookup(name)
        case Negative(operand=operand):
            return -number(evaluate(operand, lookup))
        case Binary(operator="and" | "or"):
            return _either(tree, lookup)
        case Binary(operator=operator, left=left, right=right) if operator in _OPERATORS:
            return _OPERATORS[operator](evaluate(left, lookup), evaluate(right, lookup))
        case Call(function="if", arguments=(test, then, otherwise)):
            return evaluate(then if truth(evaluate(test, lookup)) else otherwise, lookup)
        case Call(function=function, arguments=arguments) if (function, len(arguments)) in _FUNCTIONS:
            return _FUNCTIONS[function, len(arguments)](*(evaluate(argument, lookup) for argument in arguments))
        case _:
            raise UnknownError


def truth(value: Value) -> bool:
    """A value as XPath takes it for true or false."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def number(value: Value) -> float:
    """A value as XPath takes it for a number; a blank is no number."""
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return math.nan
    return float(value)


def _either(tree: Binary, lookup: Lookup) -> bool:
    """`and` and `or` where one side may settle it though the other is unknown."""
    settles = tree.operator == "or"
    unknown = False
    for side in (tree.left, tree.right):
        try:
            if truth(evaluate(side, lookup)) is settles:
                return settles
        except UnknownError:
            unknown = True
    if unknown:
        raise UnknownError
    return not settles


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return number(left) == number(right)
    return left == right


_OPERATORS: dict[str, Callable[[Value, Value], Value]] = {
    "=": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": lambda left, right: number(left) < number(right),
    "<=": lambda left, right: number(left) <= number(right),
    ">": lambda left, right: number(left) > number(right),
    ">=": lambda left, right: number(left) >= number(right),
    "+": lambda left, right: number(left) + number(right),
    "-": lambda left, right: number(left) - number(right),
    "*": lambda left, right: number(left) * number(right),
}
_FUNCTIONS: dict[tuple[str, int], Callable[..., Value]] = {
    ("selected", 2): lambda answer, name: str(name) in str(answer).split(),
    ("count-selected", 1): lambda answer: float(len(str(answer).split())),
    ("not", 1): lambda value: not truth(value),
    ("true", 0): lambda: True,
    ("false", 0): lambda: False,
    ("boolean", 1): truth,
    ("number", 1): number,
    ("int", 1): lambda value: float(math.trunc(number(value))) if math.isfinite(number(value)) else math.nan,
    ("string-length", 1): lambda value: float(len(str(value))),
    ("coalesce", 2): lambda first, second: first if first != "" else second,
}
