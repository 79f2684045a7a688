"""What it takes of an answer to be equal to a value, or above it, or below."""

from collections.abc import Iterator, Sequence
from math import ceil, floor, isnan

from liuwen.expressions.values import Scalar, as_number, compare, equal, plain_text
from liuwen.form.elements import Element
from liuwen.form.parameters import is_answered_with_decimals
from liuwen.logic.goals import Goal

DAYS = frozenset({"date", "dateTime"})
"""Types whose answers are compared as days since 1970."""
NUMBERS = frozenset({"integer", "decimal", "range"}) | DAYS
"""Types whose answers are compared as numbers."""
_LITTLE = 1e-9
"""How much more or less than a number an answer with decimals must at least be."""

Ways = Iterator[Goal | None]


def meeting(element: Element, operator: str, value: Scalar, offered: Sequence[str] | None = None) -> Ways:
    """Ways for an asked question's answer to stand in a relation to a value; a blank answer is unequal to it.

    `offered` are the choices of a select, where they are known. None stands for ways that a goal cannot put in words, such as
    another spelling of a number in a text.
    """
    number = as_number(value)
    if operator == "=":
        yield from _equal(element, value, offered)
    elif operator == "!=":
        yield from _unequal(element, value)
    elif not isnan(number) and _some_choice(element, operator, value, offered):
        edge = bound(element, operator, number)
        yield between(element, edge, None) if operator in {">", ">="} else between(element, None, edge)


def _some_choice(element: Element, operator: str, value: Scalar, offered: Sequence[str] | None) -> bool:
    return element.type != "select_one" or offered is None or any(compare(name, operator, value) for name in offered)


def _equal(element: Element, value: Scalar, offered: Sequence[str] | None) -> Ways:
    number = as_number(value)
    if element.type in NUMBERS and not (element.type in DAYS and isinstance(value, str)):
        if not isnan(number):
            yield between(element, number, number)
    elif isinstance(value, str) or offered is None:
        yield Goal(equal=plain_text(value))
        yield from () if isinstance(value, str) else (None,)
    else:
        names = [name for name in offered if equal(name, value)]
        yield from (Goal(equal=name) for name in names or [plain_text(value)])


def _unequal(element: Element, value: Scalar) -> Ways:
    number = as_number(value)
    if element.type in NUMBERS and not isnan(number):
        yield between(element, number + 1, None)
        yield between(element, None, number - 1)
    together = element.type in {"select_multiple", "rank"}  # "a b" is unequal to "a" and yet takes it
    excludes = isinstance(value, str | float) and not isinstance(value, bool) and not together
    yield Goal(exclude=frozenset({plain_text(value)}), answered=True) if excludes else Goal(answered=True)
    yield Goal(answered=False)


def may_be_no_number(element: Element, offered: Sequence[str] | None) -> bool:
    """Whether an answer may be a text that spells no number: then neither < nor >= holds."""
    several = element.type in {"select_multiple", "rank"}
    return element.type not in NUMBERS and (offered is None or several or any(isnan(as_number(name)) for name in offered))


def between(element: Element, low: float | None, high: float | None) -> Goal:
    """A goal for the number, or the day, that a question is answered with."""
    return Goal(low=low, high=high, of_days=element.type in DAYS)


def bound(element: Element, operator: str, number: float) -> float:
    """The least (or with < and <= the greatest) answer to a question that stands in a relation to a number."""
    whole = element.type in {"integer", "date", "range"} and not is_answered_with_decimals(element)
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
