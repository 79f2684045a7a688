"""Evaluates expressions as JavaRosa does, or reports that the value is unknown.

Only certain results are returned: operators, and the functions of `functions_of_values`, over available answers.
"""

from collections.abc import Callable
from math import isnan

from liuwen.expressions.functions_of_values import FUNCTIONS
from liuwen.expressions.parsing import ExpressionError, try_parse
from liuwen.expressions.tree import COMPARISONS, Binary, Call, Expression, Named, Negative, Number, Path, Text
from liuwen.expressions.unknown import MismatchError, UnknownError
from liuwen.expressions.values import Value, as_number, as_truth, calculate, compare, is_blank

Lookup = Callable[[str], Value]
"""Returns the answer to a question by name, "." for the question itself; raises `UnknownError` if it is not available."""
_ARITHMETIC = frozenset({"+", "-", "*", "div", "mod"})


def evaluate(tree: Expression, lookup: Lookup) -> Value:  # noqa: PLR0911 - a case a kind of expression
    """Evaluate an expression; raises `UnknownError` if the value is unknown, `MismatchError` where JavaRosa refuses too.

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
        case Binary(operator=operator) if operator in _ARITHMETIC:
            return _arithmetic(tree, lookup)
        case Call():
            return _call(tree, lookup)
        case _:
            raise UnknownError


def _arithmetic(tree: Binary, lookup: Lookup) -> Value:
    """Sums and products, without recursion down the left: there may be thousands of terms."""
    behind: list[tuple[str, Expression]] = []
    current: Expression = tree
    while isinstance(current, Binary) and current.operator in _ARITHMETIC:
        behind.append((current.operator, current.right))
        current = current.left
    value = evaluate(current, lookup)
    for operator, right in reversed(behind):
        value = calculate(value, operator, evaluate(right, lookup))
    return value


def _logic(tree: Binary, lookup: Lookup) -> bool:
    """Evaluate `and` and `or` (XPathBoolExpr): one side may decide the result while the other is unknown."""
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
    """The operands of `a and b and c`, collected without recursion."""
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
    """The value of an expression that does not depend on answers; None if it does, or if it is unknown.

    >>> from liuwen.expressions import parse
    >>> fixed_value(parse("2 * 3")), fixed_value(parse("${age} + 1"))
    (6.0, None)
    """
    try:
        return evaluate(tree, _no_answers)
    except UnknownError:
        return None


def fixed_number(text: str) -> float | None:
    """The number that an expression evaluates to whatever is answered; None if there is no such number.

    >>> fixed_number("-5"), fixed_number("'07'"), fixed_number("nan"), fixed_number("today()")
    (-5.0, 7.0, None, None)
    """
    tree = try_parse(text)
    value = None if isinstance(tree, ExpressionError) else fixed_value(tree)
    number = None if value is None else as_number(value)
    return None if number is None or isnan(number) else number


def _no_answers(name: str) -> Value:
    raise UnknownError
