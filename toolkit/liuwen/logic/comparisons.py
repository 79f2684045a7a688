"""What it takes of an answer to be equal to a value, or above it, or below."""

from collections.abc import Iterator
from math import ceil, floor

from liuwen.form.elements import Element
from liuwen.logic.goals import Goal

DAYS = frozenset({"date", "dateTime"})
"""Types whose answers are compared as days since 1970."""
_NUMBERS = frozenset({"integer", "decimal", "range"}) | DAYS
_LITTLE = 1e-9
"""How much more or less than a number an answer with decimals must at least be."""


def meeting(element: Element, operator: str, value: str | float) -> Iterator[Goal]:
    """Goals for an asked question to stand in a relation to a value; a blank answer is unequal to it."""
    text = plain(value)
    number = number_in(value)
    if operator == "=":
        numeric = element.type in _NUMBERS and number is not None
        yield between(element, number, number) if numeric else Goal(equal=text)
    elif operator == "!=":
        if element.type in _NUMBERS and number is not None:
            yield between(element, number + 1, None)
            yield between(element, None, number - 1)
        together = element.type in {"select_multiple", "rank"}  # "a b" is unequal to "a" and yet takes it
        yield Goal(answered=True) if together else Goal(exclude=frozenset({text}), answered=True)
        yield Goal(answered=False)
    elif number is not None:
        edge = bound(element, operator, number)
        yield between(element, edge, None) if operator in {">", ">="} else between(element, None, edge)


def between(element: Element, low: float | None, high: float | None) -> Goal:
    """A goal for the number, or the day, that a question is answered with."""
    return Goal(low=low, high=high, of_days=element.type in DAYS)


def bound(element: Element, operator: str, number: float) -> float:
    """The least (or with < and <= the greatest) answer to a question that stands in a relation to a number."""
    whole = element.type in {"integer", "date"} or (element.type == "range" and "." not in element.cell("parameters"))
    if operator in {">", "<="}:
        least = floor(number) if whole else number
        return least + (1 if whole else _LITTLE) if operator == ">" else least
    greatest = ceil(number) if whole else number
    return greatest - (1 if whole else _LITTLE) if operator == "<" else greatest


def counting(operator: str, number: float) -> Iterator[Goal]:
    """Goals for a number of choices or instances to stand in a relation to a number."""
    fewest = floor(number) + 1 if operator == ">" else ceil(number)
    most = ceil(number) - 1 if operator == "<" else floor(number)
    if operator in {"=", ">=", ">"}:
        yield Goal(fewest=fewest, most=most if operator == "=" else None)
    elif operator == "!=":
        yield Goal(fewest=floor(number) + 1)
        if number > 0:
            yield Goal(most=ceil(number) - 1)
    else:
        yield Goal(most=most)


def compare(one: str | float, operator: str, other: str | float) -> bool:
    """Whether two known values stand in a relation, as XPath compares them."""
    left, right = number_in(one), number_in(other)
    if operator in {"=", "!="}:
        same = left == right if left is not None and right is not None else plain(one) == plain(other)
        return same == (operator == "=")
    if left is None or right is None:
        return False
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[operator]


def number_in(value: str | float) -> float | None:
    """The number that a value is or spells, if any."""
    try:
        return float(value)
    except ValueError:
        return None


def plain(value: str | float) -> str:
    """A value as XPath writes it."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
