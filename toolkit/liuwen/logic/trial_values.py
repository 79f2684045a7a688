"""Answers that stand for all others: one of each kind that a set of comparisons can tell apart."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from math import ceil, floor, isfinite

from liuwen.expressions.dates import moment_of, moment_on
from liuwen.expressions.functions_of_values import selected
from liuwen.expressions.numbers import CLOSE, plain_text_of
from liuwen.expressions.unknown import UnknownError
from liuwen.expressions.values import Scalar, as_number, as_text, compare, plain_text
from liuwen.form.elements import Element
from liuwen.form.parameters import is_answered_with_decimals, range_of

NUMBERS = frozenset({"integer", "decimal", "range"})
DATES = frozenset({"date", "today"})
TEXTS = frozenset({"text", "barcode", "select_one"})
"""Types of questions whose answers can be told apart by the values they are compared with."""

Test = tuple[str, Scalar]
"""What is asked of an answer: a comparison's operator (or "selected") and the value it is compared with."""

_ELSE = "\0something else"
_FEW = 60


def trial_numbers(element: Element, tests: Sequence[Test]) -> Sequence[Scalar]:
    """Trial answers to a number or date question; empty if one lies outside the calendar. A range has a few answers only."""
    limits = range_of(element) if element.type == "range" else None
    if limits and limits.values:
        return [float(value) for value in limits.values]
    numbers = {number for test in tests for number in _numbers_in(test, days=element.type in DATES)} or {0.0}
    tried = _near(numbers)
    if is_answered_with_decimals(element):
        return sorted(tried | _just_beside(numbers))
    whole = sorted({float(end) for number in tried for end in (floor(number), ceil(number))})
    if element.type not in DATES:
        return whole
    try:
        return [moment_on(number) for number in whole]
    except UnknownError:
        return []


def _numbers_in(test: Test, *, days: bool) -> Iterable[float]:
    """The numbers, or days, at which an answer begins to pass the test or ceases to."""
    operator, value = test
    if isinstance(value, bool):
        return [0.0, 1.0]
    if days and isinstance(value, str) and operator in {"=", "!="}:
        return _day_in(value)
    number = as_number(value)
    return [number] if isfinite(number) else []


def _day_in(text: str) -> Iterable[float]:
    try:
        return [as_number(moment_of(text))]
    except UnknownError:
        return []


def _near(numbers: set[float]) -> set[float]:
    """The numbers, those just beside them and those halfway between two."""
    halfway = {(low + high) / 2 for low, high in pairwise(sorted(numbers))}
    steps = ((number, max(1.0, abs(number) / 2**50)) for number in numbers)
    return {near for number, step in steps for near in (number - step, number, number + step)} | halfway


def _just_beside(numbers: set[float]) -> set[float]:
    """Numbers that are equal to one of them and yet greater or less."""
    return {beside for number in numbers for beside in (number - CLOSE / 2, number + CLOSE / 2)}


def trial_choices(names: Sequence[str], tests: Sequence[Test], *, only: bool) -> Sequence[str]:
    """Trial answers to a select_one; with `only`, nothing but listed choices."""
    compared = [] if only else [plain_text(value) for _, value in tests]
    if len(names) <= _FEW:
        return list(dict.fromkeys([*names, *compared]))
    exact = {value for operator, value in tests if operator in {"=", "!="} and isinstance(value, str)}
    others = [test for test in tests if test[0] not in {"=", "!="} or not isinstance(test[1], str)]
    kinds: dict[tuple[bool, ...] | str, str] = {}
    for name in (*names, *compared):
        kinds.setdefault(name if name in exact else tuple(_passes(name, test) for test in others), name)
    return list(kinds.values())


def _passes(name: str, test: Test) -> bool:
    operator, value = test
    return selected(name, value) if operator == "selected" else compare(name, operator, value)


def trial_texts(tests: Sequence[Test]) -> Sequence[str]:
    """Trial answers to a text question: those compared, other spellings of the numbers compared, and something else."""
    compared = dict.fromkeys(
        as_text(value) if isinstance(value, datetime) else plain_text(value) for _, value in tests if not isinstance(value, bool)
    )
    ordered = [test for test in tests if not isinstance(test[1], str) or test[0] not in {"=", "!=", "selected"}]
    numbers = {number for test in ordered for number in _numbers_in(test, days=False)}
    spelt = [_spelt(number, compared) for number in sorted(_near(numbers) | _just_beside(numbers))]
    return [*dict.fromkeys([*compared, *spelt]), _ELSE]


def _spelt(number: float, taken: Iterable[str]) -> str:
    """A spelling of the number that differs from all those taken."""
    spelling = plain_text_of(number)
    while spelling in taken:
        spelling = f"-0{spelling[1:]}" if spelling.startswith("-") else f"0{spelling}"
    return spelling
