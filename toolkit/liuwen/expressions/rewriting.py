"""An expression written out again: the same text for the same meaning, whatever its spaces and brackets were."""

from liuwen.expressions.numbers import plain_text_of
from liuwen.expressions.tree import Binary, Call, Expression, Named, Negative, Number, Path, Step, Text

_STRENGTH = {
    operator: level
    for level, operators in enumerate(("or", "and", "= !=", "< <= > >=", "+ -", "* div mod", "|"))
    for operator in operators.split()
}


def written(tree: Expression) -> str:  # noqa: PLR0911 - a case a kind of expression
    """The expression as a text, with single spaces and only the brackets it needs.

    >>> from liuwen.expressions import parse
    >>> written(parse("( ${a}>1 )or(2*(3 + .) = 8)"))
    '${a} > 1 or 2 * (3 + .) = 8'
    """
    match tree:
        case Number(value=value):
            return plain_text_of(value)
        case Text(value=value):
            return f'"{value}"' if "'" in value else f"'{value}'"
        case Named(name=name, last_saved=last_saved):
            return f"${{{'last-saved#' if last_saved else ''}{name}}}"
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(map(written, arguments))})"
        case Negative(operand=operand):
            return f"-{_inside(operand, len(_STRENGTH))}"
        case Binary():
            return _chain(tree)
        case Path():
            return _path(tree)


def _chain(tree: Binary) -> str:
    """Operands of one strength, gathered without recursion down the left: there may be hundreds."""
    level = _STRENGTH[tree.operator]
    behind: list[str] = []
    current: Expression = tree
    while isinstance(current, Binary) and _STRENGTH[current.operator] == level:
        behind.append(f" {current.operator} {_inside(current.right, level + 1)}")
        current = current.left
    return "".join([_inside(current, level), *reversed(behind)])


def _inside(part: Expression, level: int) -> str:
    weaker = isinstance(part, Binary) and _STRENGTH[part.operator] < level
    return f"({written(part)})" if weaker else written(part)


def _path(path: Path) -> str:
    origin = "" if path.origin is None else _inside(path.origin, len(_STRENGTH))
    steps = "/".join(map(_step, path.steps))
    slash = "/" if path.absolute or (path.origin is not None and path.steps) else ""
    return f"{origin}{_tests(path.predicates)}{slash}{steps}"


def _step(step: Step) -> str:
    if step.axis == "descendant-or-self" and step.name == "node()" and not step.predicates:
        return ""  # between two slashes
    axis = "" if step.axis in {"child", "self", "parent"} else "@" if step.axis == "attribute" else f"{step.axis}::"
    return f"{axis}{step.name}{_tests(step.predicates)}"


def _tests(predicates: tuple[Expression, ...]) -> str:
    return "".join(f"[{written(test)}]" for test in predicates)
