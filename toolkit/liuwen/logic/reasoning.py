"""Whether a condition can ever hold, or ever fail: it is tried on every value that its own comparisons tell apart.

Each answer in it ranges over the values it is compared with, their neighbours and one that is none of them, as far as the
question's type, choices and constraint allow. What cannot be told so (a function, another answer) counts as unknown, and
Kleene's three-valued logic carries that through; so *never* and *always* are said only where they are certain.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, product
from math import ceil, floor, prod
from typing import Literal

from liuwen.expressions import COMPARISONS, Binary, Call, Expression
from liuwen.form.elements import Element
from liuwen.logic.fixed_values import answer, as_name, as_number, literal

Outcome = Literal["never", "always", "depends"]
_MOST_TRIALS = 4096
_ELSE = "\0something else"
_NUMBERS = frozenset({"integer", "decimal", "range"})
_DATES = frozenset({"date", "today"})
_TEXTS = frozenset({"text", "barcode", "select_one"})

Key = tuple[int, str | None]
"""The row of an answer; with a choice's value, whether that choice is among those selected."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the reasoning may use of a form: the answers by name, constraints and choices by row.

    With `only_choices`, a value that is no choice of its list is never answered; otherwise it is taken as if it were one.
    """

    only: Mapping[str, Element]
    constraint: Callable[[Element], Expression | None]
    choices: Callable[[Element], Sequence[str] | None]
    only_choices: bool = False


def outcome(conditions: Sequence[Expression], here: Element | None, known: Known) -> Outcome:
    """Whether all the conditions together never hold, always do, or neither; `here` is the question that `.` stands for."""
    atoms = [atom for condition in conditions for atom in _atoms(condition, here, known)]
    ranges = {key: _candidates(key, element, values, here, known) for key, (element, values) in _grouped(atoms).items()}
    ranges = {key: values for key, values in ranges.items() if values}
    if prod(map(len, ranges.values())) > _MOST_TRIALS:
        return "depends"
    trials = [_trial(condition, here, known) for condition in conditions]
    seen = set()
    for values in product(*ranges.values()):
        given = dict(zip(ranges, values, strict=True))
        seen.add(_both(trial(given) for trial in trials))
        if None in seen or len(seen) > 1:
            return "depends"
    return "always" if seen == {True} else "never" if seen == {False} else "depends"


def has_answers(condition: Expression, here: Element | None, known: Known) -> bool:
    """Whether it depends on anything that is answered, as far as can be told; `1 = 2` does not."""
    return any(True for _ in _atoms(condition, here, known))


# -- what is compared -------------------------------------------------------------------------------------------------

Value = float | str | bool | None
Atom = tuple[Key, Element, float | str]


def _atoms(tree: Expression, here: Element | None, known: Known) -> Iterator[Atom]:
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        match part:
            case Binary(operator="and" | "or", left=left, right=right):
                waiting += [left, right]
            case Call(function="not", arguments=(inside,)):
                waiting.append(inside)
            case _:
                atom = _atom(part, here, known)
                if atom:
                    yield atom


def _atom(part: Expression, here: Element | None, known: Known) -> Atom | None:
    read = _comparison(part, here, known)
    if read is None:
        return None
    element, operator, value = read
    if operator == "selected" and element.type == "select_multiple":
        return (element.row, str(value)), element, value
    return (element.row, None), element, value


def _comparison(part: Expression, here: Element | None, known: Known) -> tuple[Element, str, float | str] | None:
    turned = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
    match part:
        case Binary(operator=operator, left=left, right=right) if operator in COMPARISONS:
            for one, other, sign in ((left, right, operator), (right, left, turned.get(operator, operator))):
                element = answer(one, here, known.only)
                value = _fixed(other, element)
                if element and value is not None and _is_simple(element):
                    return element, sign, value
        case Call(function="selected", arguments=(first, second)):
            element = answer(first, here, known.only)
            value = literal(second)
            if element and isinstance(value, str) and element.type in {"select_one", "select_multiple"}:
                return element, "selected", value
        case _:
            pass
    return None


def _is_simple(element: Element) -> bool:
    return element.type in _NUMBERS | _DATES | _TEXTS


def _fixed(part: Expression, element: Element | None) -> float | str | None:
    """The fixed value; a date is its day's number."""
    match part:
        case Call(function="date", arguments=(written,)):
            value = literal(written)
            return _day(value) if isinstance(value, str) else None
        case _:
            value = literal(part)
    if element and element.type in _DATES and isinstance(value, str):
        return _day(value)
    return value


def _day(text: str) -> float | None:
    try:
        return float(date.fromisoformat(text).toordinal())
    except ValueError:
        return None


def _grouped(atoms: Sequence[Atom]) -> dict[Key, tuple[Element, list[float | str]]]:
    grouped: dict[Key, tuple[Element, list[float | str]]] = {}
    for key, element, value in atoms:
        grouped.setdefault(key, (element, []))[1].append(value)
    return grouped


# -- which values are tried -------------------------------------------------------------------------------------------


def _candidates(key: Key, element: Element, compared: Sequence[float | str], here: Element | None, known: Known) -> list[Value]:
    if key[1] is not None:
        return [True, False]
    own = element is here
    blank: list[Value] = [] if own else [None]
    if element.type in _NUMBERS | _DATES:
        numbers = _allowed_numbers(element, compared, known, skip=own)
        return [*blank, *numbers] if numbers else []
    if element.type == "select_one":
        offered = known.choices(element)
        if offered and known.only_choices:
            compared = [value for value in compared if as_name(value) in offered]
        others = _told_apart(offered) if offered else [_ELSE]
        return [*blank, *dict.fromkeys([*map(as_name, compared), *others])]
    spelt = _near({number for value in compared if (number := as_number(value)) is not None})
    return [*blank, *dict.fromkeys(map(as_name, [*compared, *sorted(spelt)])), _ELSE]


def _allowed_numbers(element: Element, compared: Sequence[float | str], known: Known, *, skip: bool) -> list[Value]:
    constraint = None if skip else known.constraint(element)
    bounds = [value for _, other, value in _atoms(constraint, element, known) if other is element] if constraint else []
    given = {number for value in [*compared, *bounds] if (number := as_number(value)) is not None}
    tried = _near(given or {0.0})
    if element.type != "decimal" and "." not in element.cell("parameters"):
        tried = {float(whole) for number in tried for whole in (floor(number), ceil(number))}
    if constraint is not None:
        allowed = _trial(constraint, element, known)
        tried = {number for number in tried if allowed({(element.row, None): number}) is not False}
    return [*sorted(tried)]


def _near(numbers: set[float]) -> set[float]:
    """The numbers, those just beside them and those halfway between two."""
    halfway = {(low + high) / 2 for low, high in pairwise(sorted(numbers))}
    return {near for number in numbers for near in (number - 1, number, number + 1)} | halfway


def _told_apart(names: Sequence[str], most: int = 60) -> Sequence[str]:
    """All the names of a list; of a long one its first few and, for comparisons by size, its least and greatest."""
    if len(names) <= most:
        return names
    by_size = sorted((name for name in names if as_number(name) is not None), key=lambda name: as_number(name) or 0.0)
    return [*names[:3], *by_size[:1], *by_size[-1:]]


# -- what comes of it -------------------------------------------------------------------------------------------------


Trial = Callable[[Mapping[Key, Value]], bool | None]
"""Whether a condition holds when the answers are as given; None where that cannot be told."""


def _trial(part: Expression, here: Element | None, known: Known) -> Trial:
    """The condition, read once, to be tried on many answers."""
    match part:
        case Binary(operator="and" | "or" as operator):
            sides = [_trial(side, here, known) for side in _chain(part)]
            both = operator == "and"
            return lambda given: _both(side(given) for side in sides) if both else _either([side(given) for side in sides])
        case Call(function="not", arguments=(inside,)):
            turned = _trial(inside, here, known)
            return lambda given: None if (truth := turned(given)) is None else not truth
        case Call(function="true" | "false" as function, arguments=()):
            return lambda given: function == "true"
        case Binary(operator=operator, left=left, right=right) if operator in COMPARISONS:
            one, other = literal(left), literal(right)
            if one is not None and other is not None:
                holds = compare(one, operator, other)
                return lambda given: holds
        case _:
            pass
    read = _comparison(part, here, known)
    return lambda given: _holds(read, given) if read else None


def _holds(read: tuple[Element, str, float | str], given: Mapping[Key, Value]) -> bool | None:
    element, operator, value = read
    if operator == "selected" and element.type == "select_multiple":
        chosen = given.get((element.row, str(value)))
        return chosen if isinstance(chosen, bool) else None
    key = (element.row, None)
    if key not in given:
        return None
    answered = given[key]
    return compare("" if answered is None else answered, "=" if operator == "selected" else operator, value)


def _chain(part: Binary) -> list[Expression]:
    """The operands of `a and b and c`, gathered without recursion down the left."""
    sides: list[Expression] = []
    current: Expression = part
    while isinstance(current, Binary) and current.operator == part.operator:
        sides.append(current.right)
        current = current.left
    return [current, *reversed(sides)]


def compare(one: float | str, operator: str, other: float | str) -> bool:
    """As XPath compares: by number where either side is one or an order is asked for, by text otherwise."""
    if operator in {"=", "!="} and isinstance(one, str) and isinstance(other, str):
        return (one == other) == (operator == "=")
    left, right = as_number(one), as_number(other)
    if left is None or right is None:
        return operator == "!="
    tests = {"=": left == right, "!=": left != right, "<": left < right, "<=": left <= right, ">": left > right}
    return tests.get(operator, left >= right)


def _both(truths: Iterator[bool | None]) -> bool | None:
    seen = set(truths)
    return False if False in seen else None if None in seen else True


def _either(truths: Sequence[bool | None]) -> bool | None:
    return True if True in truths else None if None in truths else False
