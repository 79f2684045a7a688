"""The parts of a long list: which one is shown, and where the others are."""

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from liuwen.office.request import OfficeRequest

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class ListPart:
    """A part of a list.

    Attributes:
        number: Which part, from 1.
        parts: How many there are.
        first: How many rows come before it.
        before: The address of the part before; "" if this is the first.
        after: The address of the next part; "" if this is the last.
    """

    number: int
    parts: int
    first: int
    before: str
    after: str


def asked_part(asked: "OfficeRequest") -> int:
    """The number of the part that a request asks for."""
    text = asked.query.get("page", "")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def part_of(asked: "OfficeRequest", path: str, count: int) -> ListPart:
    """The part of a list of so many rows that a request asks for, or else the last; `path` is that of the page."""
    parts = max(ceil(count / PER_PAGE), 1)
    number = min(asked_part(asked), parts)
    before = _address(asked, path, number - 1) if number > 1 else ""
    after = _address(asked, path, number + 1) if number < parts else ""
    return ListPart(number, parts, (number - 1) * PER_PAGE, before, after)


def _address(asked: "OfficeRequest", path: str, number: int) -> str:
    kept = [(name, value) for name, value in asked.query.multi_items() if name not in {"page", "done"}]
    return f"{path}?{urlencode([*kept, ('page', number)])}"
