"""Which columns of the survey hold expressions, and when a cell of them does."""

from liuwen.expressions import references, try_parse
from liuwen.expressions.tree import Call, walk

EXPRESSION_COLUMNS = frozenset(
    {"relevant", "constraint", "calculation", "choice_filter", "required", "read_only", "repeat_count", "default"}
)
_YES_NO = frozenset({"yes", "no", "true", "false", "true()", "false()"})


def is_expression(column: str, text: str) -> bool:
    """Whether a cell of one of those columns is read as an expression.

    A default is one only where it computes: pyxform takes anything else as the plain value.

    >>> is_expression("default", "2026-11-21"), is_expression("default", "today()"), is_expression("required", "yes")
    (False, True, False)
    """
    if column in {"required", "read_only"}:
        return text.strip().lower() not in _YES_NO
    if column == "default":
        return bool(references(text)) or _calls(text)
    return True


def _calls(text: str) -> bool:
    if "(" not in text:
        return False
    outcome = try_parse(text)
    return not isinstance(outcome, Exception) and any(isinstance(part, Call) for part in walk(outcome))
