"""Whether a side of an expression is a day, a moment, a time of day or a number."""

from liuwen.checks.facts import Facts
from liuwen.expressions import Call, Expression, Named, Number, Path
from liuwen.form.elements import Element

_OF_TYPE = {
    "dateTime": "moment", "start": "moment", "end": "moment", "time": "time", "date": "day", "today": "day",
    "integer": "answer", "decimal": "answer", "text": "text",
}  # fmt: skip


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
