"""Whether a condition can ever hold, or ever fail: it is tried on every value that its own comparisons tell apart.

Each answer in it ranges over the values it is compared with, their neighbours and one other value, as far as the
question's type, choices and constraint allow. Anything else (a function, another answer) counts as unknown, and
Kleene's three-valued logic carries that through; so *never* and *always* are reported only if certain.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import Literal

from liuwen.expressions import COMPARISONS, Binary, Call, Expression
from liuwen.expressions.evaluation import fixed_value, operands
from liuwen.expressions.functions_of_values import selected
from liuwen.expressions.values import MIRRORED, NodeSet, Scalar, as_truth, compare
from liuwen.form.elements import Element
from liuwen.logic.fixed_values import answer
from liuwen.logic.measures import Measure, measured
from liuwen.logic.trial_values import DATES, NUMBERS, TEXTS, Test, trial_choices, trial_numbers, trial_texts

Outcome = Literal["never", "always", "depends"]
_MOST_TRIALS = 4096

Key = tuple[int | str, str | None]
"""The row of an answer, or what is measured of answers; with a choice's value, whether that choice is among those selected."""


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
    ranges = {key: _candidates(key, element, tests, here, known) for key, (element, tests) in _grouped(atoms).items()}
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

Value = Scalar | None
Comparison = tuple[Element | Measure, Test]
Atom = tuple[Key, Element | Measure, Test]


def _atoms(tree: Expression, here: Element | None, known: Known) -> Iterator[Atom]:
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        match part:
            case Binary(operator="and" | "or", left=left, right=right):
                waiting += [left, right]
            case Call(function="not", arguments=(_,) as inside) | Call(function="if", arguments=(_, _, _) as inside):
                waiting += inside
            case _:
                read = _comparison(part, here, known)
                if read:
                    yield (_key(*read), *read)


def _key(subject: Element | Measure, test: Test) -> Key:
    if isinstance(subject, Measure):
        return subject.text, None
    operator, value = test
    return subject.row, str(value) if operator == "selected" and subject.type == "select_multiple" else None


def _comparison(part: Expression, here: Element | None, known: Known) -> Comparison | None:
    match part:
        case Binary(operator=operator, left=left, right=right) if operator in COMPARISONS:
            for one, other, sign in ((left, right, operator), (right, left, MIRRORED[operator])):
                element = answer(one, here, known.only)
                value = fixed_value(other) if element and element.type in NUMBERS | DATES | TEXTS else None
                if element and value is not None and not isinstance(value, NodeSet):
                    return element, (sign, value)
            return _measure_compared(left, operator, right, here, known)
        case Call(function="selected", arguments=(first, second)):
            element = answer(first, here, known.only)
            value = fixed_value(second) if element and element.type in {"select_one", "select_multiple"} else None
            if element and isinstance(value, str):
                return element, ("selected", value)
        case _:
            pass
    return None


def _measure_compared(
    left: Expression, operator: str, right: Expression, here: Element | None, known: Known
) -> Comparison | None:
    for one, other, sign in ((left, right, operator), (right, left, MIRRORED[operator])):
        measure = measured(one)
        value = fixed_value(other) if measure else None
        if measure and value is not None and not isinstance(value, NodeSet):
            return replace(measure, most=_choices_at_most(one, here, known)), (sign, value)
    return None


def _choices_at_most(counted: Expression, here: Element | None, known: Known) -> int | None:
    """How many choices can be taken, for `count-selected`."""
    match counted:
        case Call(function="count-selected", arguments=(asked,)):
            element = answer(asked, here, known.only)
            offered = known.choices(element) if element and element.is_select else None
            return len(set(offered)) if offered else None
        case _:
            return None


def _grouped(atoms: Sequence[Atom]) -> dict[Key, tuple[Element | Measure, list[Test]]]:
    grouped: dict[Key, tuple[Element | Measure, list[Test]]] = {}
    for key, element, test in atoms:
        grouped.setdefault(key, (element, []))[1].append(test)
    return grouped


def _candidates(
    key: Key, element: Element | Measure, tests: Sequence[Test], here: Element | None, known: Known
) -> Sequence[Value]:
    """Answers that together produce every outcome of the tests; empty if they cannot be listed."""
    if isinstance(element, Measure):
        return element.trial_values([value for _, value in tests])
    if key[1] is not None:
        return [True, False]
    own = element is here
    blank: list[Value] = [] if own else [None]
    if element.type in NUMBERS | DATES:
        numbers = _allowed_numbers(element, tests, known, skip=own)
        return [*blank, *numbers] if numbers else []
    offered = known.choices(element) if element.type == "select_one" else None
    if offered:
        return [*blank, *trial_choices(offered, tests, only=known.only_choices)]
    return [*blank, *trial_texts(tests)]


def _allowed_numbers(element: Element, tests: Sequence[Test], known: Known, *, skip: bool) -> Sequence[Scalar]:
    constraint = None if skip else known.constraint(element)
    bounds = [test for _, other, test in _atoms(constraint, element, known) if other is element] if constraint else []
    tried = trial_numbers(element, [*tests, *bounds])
    if constraint is None:
        return tried
    allowed = _trial(constraint, element, known)
    return [value for value in tried if allowed({(element.row, None): value}) is not False]


# -- what comes of it -------------------------------------------------------------------------------------------------


Trial = Callable[[Mapping[Key, Value]], bool | None]
"""Whether a condition holds for the given answers; None if unknown."""


def _trial(part: Expression, here: Element | None, known: Known) -> Trial:
    """The condition, read once, to be tried on many answers."""
    match part:
        case Binary(operator="and" | "or" as operator):
            sides = [_trial(side, here, known) for side in operands(part)]
            both = operator == "and"
            return lambda given: _both(side(given) for side in sides) if both else _either([side(given) for side in sides])
        case Call(function="not", arguments=(inside,)):
            turned = _trial(inside, here, known)
            return lambda given: None if (truth := turned(given)) is None else not truth
        case Call(function="if", arguments=(_, _, _) as inside):
            test, then, otherwise = (_trial(each, here, known) for each in inside)
            return lambda given: _chosen(test(given), then(given), otherwise(given))
        case _:
            pass
    read = _comparison(part, here, known)
    if read:
        key = _key(*read)
        return lambda given: _holds(key, read[1], given)
    worth = fixed_value(part)
    settled = None if worth is None else as_truth(worth)
    return lambda given: settled


def _holds(key: Key, test: Test, given: Mapping[Key, Value]) -> bool | None:
    if key not in given:
        return None
    operator, value = test
    answered = given[key]
    if key[1] is not None:
        return answered is True
    if operator == "selected":
        return selected("" if answered is None else answered, value)
    return compare("" if answered is None else answered, operator, value)


def _chosen(test: bool | None, then: bool | None, otherwise: bool | None) -> bool | None:
    if test is None:
        return then if then == otherwise else None
    return then if test else otherwise


def _both(truths: Iterator[bool | None]) -> bool | None:
    seen = set(truths)
    return False if False in seen else None if None in seen else True


def _either(truths: Sequence[bool | None]) -> bool | None:
    return True if True in truths else None if None in truths else False
