"""Which columns of the survey hold expressions, and when a cell of them does."""

from liuwen.expressions import references, try_parse
from liuwen.expressions.tree import Call, Path, walk

EXPRESSION_COLUMNS = frozenset(
    {"relevant", "constraint", "calculation", "choice_filter", "required", "read_only", "repeat_count", "default"}
)
_YES_NO = frozenset({"yes", "no", "true", "false", "true()", "false()"})
SAYS_YES = frozenset({"yes", "Yes", "YES", "true", "True", "TRUE"})
SAYS_NO = frozenset({"no", "No", "NO", "false", "False", "FALSE"})
"""What pyxform takes for yes and no, in these capitals alone."""
_BINDS = frozenset({"relevant", "constraint", "calculation", "required", "read_only"})


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


def as_converted(column: str, text: str) -> str:
    """The expression that pyxform writes for a cell: true() for yes, in the columns where it takes a word for that.

    >>> as_converted("relevant", "TRUE"), as_converted("choice_filter", "yes"), as_converted("relevant", "${a} = 1")
    ('true()', 'yes', '${a} = 1')
    """
    if column in _BINDS and text.strip() in SAYS_YES | SAYS_NO:
        return "true()" if text.strip() in SAYS_YES else "false()"
    return text


def is_mere_word(text: str) -> bool:
    """Whether a cell of `required` or `read_only` holds a word or a mark instead of yes, no or a condition.

    >>> is_mere_word("oui"), is_mere_word("✓"), is_mere_word("${a} = 1"), is_mere_word("true()")
    (True, True, False, False)
    """
    tree = try_parse(text)
    if text.strip() == "*":
        return True
    if isinstance(tree, Exception):
        return not any(mark in text for mark in "${}.()=<>")
    return isinstance(tree, Path) and tree.bare_word is not None and "(" not in text


def _calls(text: str) -> bool:
    if "(" not in text:
        return False
    outcome = try_parse(text)
    return not isinstance(outcome, Exception) and any(isinstance(part, Call) for part in walk(outcome))
