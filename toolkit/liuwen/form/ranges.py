"""What the parameters of a range question say."""

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from liuwen.form.elements import Element

PAIR = re.compile(r"([\w\-]+)\s*=\s*([^\s,;]+)")
_MOST = 1000


class RangeLimits(NamedTuple):
    """Where it starts and ends, and its step; of pyxform, where they are not given."""

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
    given = {name.lower(): value for name, value in PAIR.findall(element.cell("parameters"))}
    try:
        found = RangeLimits(**{name: Decimal(given[name]) for name in RangeLimits._fields if name in given})
    except InvalidOperation:
        return None
    return found if all(value.is_finite() for value in found) else None
