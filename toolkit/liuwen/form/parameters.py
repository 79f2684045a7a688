"""What the parameters cell of a question says, read as pyxform reads it."""

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from liuwen.form.elements import Element

_PAIR = re.compile(r"([^\s=,;]+)[\s,;]*=[\s,;]*([^\s=,;]+)")
_AS_WRITTEN = frozenset({"value", "label"})
_MOST = 1000


def parameters_of(element: Element) -> dict[str, str]:
    """The parameters by name; only the columns of a file, `value` and `label`, keep their capitals."""
    named = ((name.lower(), value) for name, value in _PAIR.findall(element.cell("parameters")))
    return {name: value if name in _AS_WRITTEN else value.lower() for name, value in named}


class RangeLimits(NamedTuple):
    """Where a range starts and ends, and its step; of pyxform, where they are not given."""

    start: Decimal = Decimal(1)
    end: Decimal = Decimal(10)
    step: Decimal = Decimal(1)

    @property
    def values(self) -> tuple[Decimal, ...]:
        """What can be answered; empty if the steps do not reach the end, or are too many to list."""
        step = abs(self.step)
        if not step or abs(self.end - self.start) / step > _MOST or (self.end - self.start) % step:
            return ()
        low, high = sorted((self.start, self.end))
        return tuple(low + number * step for number in range(int((high - low) / step) + 1))


def range_of(element: Element) -> RangeLimits | None:
    """The range of a question; None if a number cannot be read."""
    given = parameters_of(element)
    try:
        found = RangeLimits(**{name: Decimal(given[name]) for name in RangeLimits._fields if name in given})
    except InvalidOperation:
        return None
    return found if all(value.is_finite() for value in found) else None


def is_answered_with_decimals(element: Element) -> bool:
    """Whether a question takes decimal numbers: a decimal, or a range with a number that is not whole."""
    if element.type != "range":
        return element.type == "decimal"
    given = parameters_of(element)
    return any(not _is_whole(given[name]) for name in (*RangeLimits._fields, "tick_interval", "placeholder") if name in given)


def _is_whole(number: str) -> bool:
    try:
        return Decimal(number) == Decimal(number).to_integral_value()
    except InvalidOperation:
        return True
