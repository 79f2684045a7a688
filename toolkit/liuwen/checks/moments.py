"""Whether a side of an expression is a day, a moment, a time of day, a number or no text at all."""

from liuwen.checks.facts import Facts
from liuwen.expressions import Binary, Call, Expression, Named, Negative, Number, Path
from liuwen.expressions.kinds import ANY, FUNCTION_KINDS
from liuwen.form.elements import Element

_OF_TYPE = {
    "dateTime": "moment", "start": "moment", "end": "moment", "time": "time", "date": "day", "today": "day",
    "integer": "answer", "decimal": "answer", "text": "text",
}  # fmt: skip


_NO_TEXTS = frozenset(_OF_TYPE) - {"text"} | {"range"}
_SIGNS = frozenset({"+", "-", "*", "div", "mod"})


def is_number(side: Expression) -> bool:
    """Whether it is a number, or calculates one."""
    match side:
        case Number() | Negative():
            return True
        case Binary(operator=operator):
            return operator in _SIGNS
        case Call(function=function):
            return FUNCTION_KINDS.get(function) == frozenset({float})
        case _:
            return False


def is_no_text(facts: Facts, here: Element | None, side: Expression) -> bool:
    """Whether it comes to a number, a date, a time or true and false; `here` is the question that `.` stands for."""
    asked: Element | None = None
    match side:
        case Binary():
            return True
        case Call(function=function):
            return str not in FUNCTION_KINDS.get(function, ANY)
        case Named(name=name, last_saved=False):
            asked = facts.only.get(name)
        case Path() if side.is_here:
            asked = here
        case _:
            return is_number(side)
    return asked is not None and asked.type in _NO_TEXTS


def kind_of(facts: Facts, here: Element | None, side: Expression) -> str:
    """Return "moment", "day", "time"; "number" for one that is written down, "answer" and "text" for such questions; or "".

    `here` is the question that `.` stands for.
    """
    asked: Element | None
    match side:
        case Call(function="now", arguments=()) | Call(function="date-time"):
            return "moment"
        case Call(function="today", arguments=()) | Call(function="date"):
            return "day"
        case Number():
            return "number"
        case Named(name=name, last_saved=False):
            asked = facts.only.get(name)
        case Path() if side.is_here:
            asked = here
        case _:
            return ""
    return _OF_TYPE.get(asked.type, "") if asked else ""
