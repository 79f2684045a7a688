"""What the parameters of a range question say."""

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from liuwen.form.elements import Element

PAIR = re.compile(r"([\w\-]+)\s*=\s*([^\s,;]+)")


class RangeLimits(NamedTuple):
    """Where it starts and ends, and its step; of pyxform, where they are not given."""

    start: Decimal = Decimal(1)
    end: Decimal = Decimal(10)
    step: Decimal = Decimal(1)


def range_of(element: Element) -> RangeLimits | None:
    """The range of a question; None if a number cannot be read."""
    given = {name.lower(): value for name, value in PAIR.findall(element.cell("parameters"))}
    try:
        found = RangeLimits(**{name: Decimal(given[name]) for name in RangeLimits._fields if name in given})
    except InvalidOperation:
        return None
    return found if all(value.is_finite() for value in found) else None
