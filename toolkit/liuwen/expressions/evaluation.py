"""The value of an expression, as JavaRosa would work it out, or that it cannot be told.

Only what is certain is worked out: operators, and the functions of `functions_of_values`, over answers that are to be had.
"""

from collections.abc import Callable
from math import isnan

from liuwen.expressions.functions_of_values import FUNCTIONS
from liuwen.expressions.parsing import ExpressionError, try_parse
from liuwen.expressions.tree import COMPARISONS, Binary, Call, Expression, Named, Negative, Number, Path, Text
from liuwen.expressions.unknown import MismatchError, UnknownError
from liuwen.expressions.values import Value, as_number, as_truth, calculate, compare, is_blank

Lookup = Callable[[str], Value]
"""The answer to the question of a name, "." for the question itself; raises `UnknownError` where there is none to be had."""
_ARITHMETIC = frozenset({"+", "-", "*", "div", "mod"})


def evaluate(tree: Expression, lookup: Lookup) -> Value:  # noqa: PLR0911 - a case a kind of expression
    """The value of an expression; raises `UnknownError` where it cannot be told, `MismatchError` where JavaRosa refuses too.

    >>> from liuwen.expressions import parse
    >>> evaluate(parse("${age} >= 18 and ${village} = '01'"), {"age": 20.0, "village": "1"}.__getitem__)
    False
    """
    match tree:
        case Number(value=value) | Text(value=value):
            return value
        case Named(name=name, last_saved=False) | Path(origin=Named(name=name, last_saved=False), predicates=(), steps=()):
            return lookup(name)
        case Path() if tree.is_here:
            return lookup(".")
        case Negative(operand=operand):
            return -as_number(evaluate(operand, lookup))
        case Binary(operator="and" | "or"):
            return _logic(tree, lookup)
        case Binary(operator=operator, left=left, right=right) if operator in COMPARISONS:
            return compare(evaluate(left, lookup), operator, evaluate(right, lookup))
        case Binary(operator=operator, left=left, right=right) if operator in _ARITHMETIC:
            return calculate(evaluate(left, lookup), operator, evaluate(right, lookup))
        case Call():
            return _call(tree, lookup)
        case _:
            raise UnknownError


def _logic(tree: Binary, lookup: Lookup) -> bool:
    """`and` and `or` (XPathBoolExpr), where one side may settle it though the other is unknown."""
    settles = tree.operator == "or"
    unknown = False
    for side in operands(tree):
        try:
            if as_truth(evaluate(side, lookup)) is settles:
                return settles
        except MismatchError:
            if not unknown:
                raise
        except UnknownError:
            unknown = True
    if unknown:
        raise UnknownError
    return not settles


def operands(tree: Binary) -> list[Expression]:
    """The operands of `a and b and c`, gathered without recursion down the left."""
    sides: list[Expression] = []
    current: Expression = tree
    while isinstance(current, Binary) and current.operator == tree.operator:
        sides.append(current.right)
        current = current.left
    return [current, *reversed(sides)]


def _call(call: Call, lookup: Lookup) -> Value:
    match call:
        case Call(function="if", arguments=(test, then, otherwise)):
            return evaluate(then if as_truth(evaluate(test, lookup)) else otherwise, lookup)
        case Call(function="coalesce", arguments=(first, instead)):
            value = evaluate(first, lookup)
            return evaluate(instead, lookup) if is_blank(value) else value
        case _:
            pass
    known = FUNCTIONS.get(call.function)
    if known is None or not known.takes(len(call.arguments)):
        raise UnknownError
    return known.work_out(*(evaluate(argument, lookup) for argument in call.arguments))


def fixed_value(tree: Expression) -> Value | None:
    """What an expression is worth whatever is answered; None where that depends, or cannot be told.

    >>> from liuwen.expressions import parse
    >>> fixed_value(parse("2 * 3")), fixed_value(parse("${age} + 1"))
    (6.0, None)
    """
    try:
        return evaluate(tree, _nobody)
    except UnknownError:
        return None


def fixed_number(text: str) -> float | None:
    """The number that the text of an expression is worth whatever is answered; None where it is worth none.

    >>> fixed_number("-5"), fixed_number("'07'"), fixed_number("nan"), fixed_number("today()")
    (-5.0, 7.0, None, None)
    """
    tree = try_parse(text)
    value = None if isinstance(tree, ExpressionError) else fixed_value(tree)
    number = None if value is None else as_number(value)
    return None if number is None or isnan(number) else number


def _nobody(name: str) -> Value:
    raise UnknownError
