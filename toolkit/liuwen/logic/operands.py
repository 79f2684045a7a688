"""What an operand of a condition is worth whatever is answered, and which question it stands for."""

from collections.abc import Callable, Mapping

from liuwen.expressions import Call, Expression, Named, Path
from liuwen.expressions.dates import EPOCH, moment_on
from liuwen.expressions.evaluation import evaluate
from liuwen.expressions.functions_of_values import FUNCTIONS
from liuwen.expressions.unknown import UnknownError
from liuwen.expressions.values import NodeSet, Scalar, Value
from liuwen.form.elements import Element
from liuwen.logic.days import PERIOD

_TODAY = sum((day - EPOCH).days for day in PERIOD) / 2
"""Somewhere among the days of the visits: goals that rest on it are worth a try and prove nothing."""


class Operands:
    """The operands of one condition: `columns` are a choice's own, `.` is worth `here` where that is settled."""

    def __init__(self, named: Callable[[str], Element | None], columns: Mapping[str, str], here: str | None) -> None:
        self._named = named
        self._columns = columns
        self._here = here
        self.guessed = False
        """Whether a time, or the day of the visit, was guessed."""

    def element(self, part: Expression) -> Element | None:
        """The question that an operand stands for, where it is a `${name}`."""
        return self._named(part.name) if isinstance(part, Named) and not part.last_saved else None

    def settled(self, part: Expression) -> Scalar | None:
        """What an operand is worth whatever is answered, or None."""
        match part:
            case Named() if not self._is_today(part):
                return None
            case Path() if part.bare_word is not None and self._columns:
                return self._columns.get(part.bare_word, "")
            case Call(function="today" | "now") | Named():
                self.guessed = True
                return moment_on(_TODAY)
            case Call(function="date" | "date-time", arguments=(said,)):
                return self._day(self.settled(said))
            case _:
                return self._worked_out(part)

    def _is_today(self, named: Named) -> bool:
        element = self.element(named)
        return element is not None and element.type == "today"

    def _day(self, said: Scalar | None) -> Scalar | None:
        if isinstance(said, str) and len(said) > len("2025-03-03"):
            self.guessed = True  # the time of day is not worked out
            said = said.partition("T")[0]
        try:
            day = None if said is None else FUNCTIONS["date"].work_out(said)
        except UnknownError:
            return None
        return None if isinstance(day, NodeSet) else day

    def _worked_out(self, part: Expression) -> Scalar | None:
        try:
            value = evaluate(part, self._lookup)
        except UnknownError:
            return None
        return None if isinstance(value, NodeSet) else value

    def _lookup(self, name: str) -> Value:
        if name == "." and self._here is not None:
            return self._here
        raise UnknownError
