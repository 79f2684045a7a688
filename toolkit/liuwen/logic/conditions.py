"""One expression, worked back to the answers that make it true or false."""

from collections.abc import Callable, Mapping, Sequence
from math import isnan
from typing import Protocol

from liuwen.expressions import (
    Binary,
    Call,
    Expression,
    ExpressionError,
    Named,
    Path,
    try_parse,
    walk,
)
from liuwen.expressions.functions_of_values import selected
from liuwen.expressions.values import MIRRORED, OPPOSITE, Scalar, as_number, as_truth, compare, kept_value
from liuwen.form.elements import Element
from liuwen.logic.arithmetic import ARITHMETIC, undone, unrounded
from liuwen.logic.comparisons import NUMBERS, counting, may_be_no_number, meeting
from liuwen.logic.goals import Conflict, Goal
from liuwen.logic.operands import Operands
from liuwen.logic.ways import Way, Ways, bounded, combined, placed
from liuwen.messages import Sentence

NEVER = Sentence(
    zh="条件（{condition}）永远不成立",
    en="the condition ({condition}) is never true",
)
ALWAYS = Sentence(
    zh="条件（{condition}）总是成立",
    en="the condition ({condition}) is always true",
)
UNKNOWN_NAME = Sentence(zh="表单里没有“{name}”", en="the form has no '{name}'")

_PASSING = frozenset({"number", "int", "round", "once", "string", "normalize-space"} | {"date", "date-time", "decimal-date-time"})


class Answerable(Protocol):
    """What a condition needs to know of its form."""

    def named(self, name: str) -> Element | None:
        """The element that `${name}` means."""

    def offered(self, element: Element) -> Sequence[str] | None:
        """All values that a select offers; None if they are not known."""

    def feasible(self, element: Element, goal: Goal) -> dict[str, Goal] | Conflict:
        """The goal for an element, or why it cannot be met."""


def path_of(element: Element) -> str:
    """Where an element stands: the names from the top of the form down."""
    return "/".join(element.path)


class Condition:
    """One expression being worked back.

    `columns` are a choice's own; `.` is worth `here` where that is settled, or is the answer to `owner`, or holds the choice
    `among` others.
    """

    def __init__(
        self,
        solver: Answerable,
        text: str,
        columns: Mapping[str, str],
        *,
        here: str | None = None,
        owner: Element | None = None,
        among: str | None = None,
    ) -> None:
        self._solver = solver
        self._text = text
        self._owner = owner
        self._operands = Operands(solver.named, columns, here)
        self._here = here
        self._among = among
        self._open: set[str] = set()

    def all_ways(self, tree: Expression, want: bool) -> Ways:
        """Ways to have `tree` true, or false; None among them where a time, or the day of the visit, was guessed."""
        yield from self.ways(tree, want)
        if self._operands.guessed:
            yield None

    def ways(self, tree: Expression, want: bool) -> Ways:
        """Ways to have `tree` true, or false."""
        settled = self._operands.settled(tree)
        if settled is not None and not isinstance(tree, Binary | Call):
            yield from self._known(as_truth(settled), want)
        elif isinstance(tree, Binary) and tree.operator in {"and", "or"}:
            yield from self._logic(tree, want)
        elif isinstance(tree, Binary) and tree.operator in OPPOSITE:
            yield from self._comparison(tree, want)
        elif isinstance(tree, Call):
            yield from self._call(tree, want)
        elif isinstance(tree, Named):
            yield from self._truth_of(tree, want)
        else:
            yield None

    def _known(self, holds: bool, want: bool) -> Ways:
        if holds == want:
            yield {}
        else:
            yield Conflict((NEVER if want else ALWAYS).filled(condition=self._text))

    def _logic(self, tree: Binary, want: bool) -> Ways:
        if (tree.operator == "and") == want:
            sides = [bounded(self.ways(side, want)) for side in (tree.left, tree.right)]
            yield from bounded(combined(sides))
        else:
            yield from self.ways(tree.left, want)
            yield from self.ways(tree.right, want)

    def _call(self, call: Call, want: bool) -> Ways:
        arguments = call.arguments
        if call.function in {"true", "false"} and not arguments:
            yield from self._known(call.function == "true", want)
        elif call.function == "not" and len(arguments) == 1:
            yield from self.ways(arguments[0], not want)
        elif call.function == "boolean" and len(arguments) == 1:
            yield from self.ways(arguments[0], want)
        elif call.function == "selected" and len(arguments) == 2:
            yield from self._selected(arguments[0], arguments[1], want)
        elif call.function == "if" and len(arguments) == 3:
            yield from self._either(arguments, lambda branch: self.ways(branch, want))
        else:
            yield None

    def _either(self, arguments: tuple[Expression, ...], then: Callable[[Expression], Ways]) -> Ways:
        condition, yes, no = arguments
        for holds, branch in ((True, yes), (False, no)):
            sides = [bounded(self.ways(condition, holds)), bounded(then(branch))]
            yield from bounded(combined(sides))

    def _truth_of(self, named: Named, want: bool) -> Ways:
        """An answer is true unless it is blank, or the number 0."""
        yield from self._blank_or_not(named, answered=want)
        element = self._operands.element(named)
        if element is not None and element.type in NUMBERS and not want:
            yield from self._question_against(named, "=", 0.0)

    def _selected(self, subject: Expression, value: Expression, want: bool) -> Ways:
        chosen = self._operands.settled(value)
        given = self._operands.settled(subject)
        if not isinstance(chosen, str):
            yield None
        elif given is not None:
            yield from self._known(selected(given, chosen), want) if isinstance(given, str) else (None,)
        elif isinstance(subject, Path) and subject.is_here and chosen == self._among:
            yield from self._known(True, want)
        elif not chosen.strip():
            yield from self._blank_or_not(subject, answered=not want)
        else:
            yield from self._taken(subject, chosen.strip(), want)

    def _taken(self, subject: Expression, chosen: str, want: bool) -> Ways:
        element = self._operands.element(subject)
        if element is None or not element.is_select:
            yield self._dangling(subject)
        elif want:
            goal = Goal(include=frozenset({chosen})) if element.type != "select_one" else Goal(equal=chosen)
            yield self._solver.feasible(element, goal)
        else:
            yield self._solver.feasible(element, Goal(exclude=frozenset({chosen})))

    # -- comparisons ------------------------------------------------------------------------------------------------

    def _comparison(self, tree: Binary, want: bool) -> Ways:
        one, other = self._operands.settled(tree.left), self._operands.settled(tree.right)
        operator = tree.operator if want else OPPOSITE[tree.operator]
        if one is not None and other is not None:
            yield from self._known(compare(one, tree.operator, other), want)
            return
        if operator not in {"=", "!="} and any(side is not None and isnan(as_number(side)) for side in (one, other)):
            yield from self._known(False, want)
            return
        if other is not None:
            yield from self._against(tree.left, operator, other)
        elif one is not None:
            yield from self._against(tree.right, MIRRORED[operator], one)
        else:
            yield None
        if not want and operator not in {"=", "!="}:  # no order holds between anything and a blank, or a text that is no number
            for side in (tree.left, tree.right):
                yield from self._blank(side)
                yield from self._no_number(side)

    def _no_number(self, subject: Expression) -> Ways:
        for part in walk(subject):
            is_own = isinstance(part, Path) and part.is_here and self._here is None
            element = self._owner if is_own else self._operands.element(part)
            if element is None or not element.is_asked or not may_be_no_number(element, self._solver.offered(element)):
                continue
            goal = Goal(answered=True)
            yield _meant(element, goal) if is_own else self._solver.feasible(element, goal)

    def _against(self, subject: Expression, operator: str, value: Scalar) -> Ways:
        """Ways to have `subject` stand in a relation to a known value."""
        if isinstance(subject, Path) and subject.is_here and self._owner is not None:
            goals = meeting(self._owner, operator, value, self._solver.offered(self._owner))
            yield from (None if goal is None else _meant(self._owner, goal) for goal in goals)
        elif isinstance(subject, Named):
            yield from self._question_against(subject, operator, value)
        elif isinstance(subject, Call) and subject.function == "if" and len(subject.arguments) == 3:
            yield from self._either(subject.arguments, lambda branch: self._comparison_to(branch, operator, value))
        elif isinstance(subject, Call) and subject.function == "coalesce" and len(subject.arguments) == 2:
            yield from self._first_answered(subject.arguments, operator, value)
        elif isinstance(subject, Binary) and subject.operator in ARITHMETIC:
            yield from self._arithmetic_against(subject, operator, value)
        elif isinstance(subject, Call) and subject.arguments:
            yield from self._function_against(subject, operator, value)
        else:
            yield None

    def _comparison_to(self, branch: Expression, operator: str, value: Scalar) -> Ways:
        settled = self._operands.settled(branch)
        if settled is not None:
            yield from self._known(compare(settled, operator, value), want=True)
        else:
            yield from self._against(branch, operator, value)

    def _function_against(self, call: Call, operator: str, value: Scalar) -> Ways:
        first = call.arguments[0]
        number = _number_in(value)
        element = self._operands.element(first)
        if call.function in {"int", "round"} and number is not None:
            demands = unrounded(call.function, (operator, number)) or ((operator, number),)
            yield from bounded(combined([bounded(self._against(first, *demand)) for demand in demands]))
            if len(call.arguments) > 1:  # how many digits are kept
                yield None
        elif call.function in _PASSING:
            yield from self._against(first, operator, value)
            if call.function == "once":  # it keeps what was said first
                yield None
        elif call.function in {"sum", "max", "min"} and len(call.arguments) == 1 and number is not None:
            yield from self._over_instances(first, operator, value)
        elif number is None or element is None:
            yield None
        elif call.function == "count-selected":
            yield from (self._solver.feasible(element, goal) for goal in counting(operator, number))
        elif call.function == "count":
            yield from self._instances(element, operator, number)
        elif call.function == "string-length":
            yield from self._length_against(first, operator, number)
        else:
            yield None

    def _first_answered(self, arguments: tuple[Expression, ...], operator: str, value: Scalar) -> Ways:
        first, instead = arguments
        yield from self._comparison_to(first, operator, value)
        sides = [self._blank_or_not(first, answered=False), self._comparison_to(instead, operator, value)]
        yield from bounded(combined([bounded(side) for side in sides]))

    def _length_against(self, subject: Expression, operator: str, number: float) -> Ways:
        lengths = (1.0, number - 1, number, number + 1)
        if any(length >= 1 and compare(length, operator, number) for length in lengths):
            yield from self._blank_or_not(subject, answered=True)
        if compare(0.0, operator, number):
            yield from self._blank_or_not(subject, answered=False)

    def _arithmetic_against(self, tree: Binary, operator: str, value: Scalar) -> Ways:
        one, other, number = self._operands.settled(tree.left), self._operands.settled(tree.right), _number_in(value)
        settled = other if one is None else one
        known = _number_in(settled) if settled is not None else None
        if number is not None and known is not None:
            demand = undone(tree.operator, known, (operator, number), known_first=other is None)
            yield from self._against(tree.left if one is None else tree.right, *demand) if demand else (None,)
            return
        if number is not None and settled is None and tree.operator == "+" and operator not in {"=", "!="}:
            sides = [bounded(self._against(side, operator, number / 2)) for side in (tree.left, tree.right)]
            yield from (way for way in bounded(combined(sides)) if isinstance(way, dict))
        yield None  # one side may make up for the other

    def _over_instances(self, inner: Expression, operator: str, value: Scalar) -> Ways:
        """For a total over a repeat: one instance alone brings it up, all together keep it down."""
        element = self._operands.element(inner)
        if element is None or not element.repeats or operator in {"=", "<", "<="}:
            yield from self._against(inner, operator, value)
        else:
            ways = bounded(self._against(inner, operator, value))
            repeat = path_of(element.repeats[-1])
            yield from (placed(way, repeat, position) for position in (1, 2, 3) for way in ways)
        yield None  # several instances may do together what none does alone

    def _instances(self, element: Element, operator: str, number: float) -> Ways:
        repeat = element if element.kind == "repeat" else next(iter(reversed(element.repeats)), None)
        if repeat is None:
            yield None
            return
        yield from ({path_of(repeat): goal} for goal in counting(operator, number))

    def _question_against(self, named: Named, operator: str, value: Scalar) -> Ways:
        element = self._operands.element(named)
        if element is None:
            yield self._dangling(named)
        elif element.type == "calculate" or (element.cell("calculation") and not element.is_asked):
            yield from self._calculation_against(element, operator, value)
        elif value == "":
            yield from self._blank_or_not(named, answered=operator == "!=")
        elif element.is_asked:
            goals = meeting(element, operator, value, self._solver.offered(element))
            yield from (None if goal is None else self._solver.feasible(element, goal) for goal in goals)
        else:
            yield None

    def _calculation_against(self, element: Element, operator: str, value: Scalar) -> Ways:
        tree = try_parse(element.cell("calculation"))
        if isinstance(tree, ExpressionError) or element.name in self._open:
            yield None
            return
        self._open.add(element.name)
        if _comes_and_goes(element):
            yield None
        if isinstance(tree, Binary) and (tree.operator in OPPOSITE or tree.operator in {"and", "or"}):
            yield None
        elif (settled := self._operands.settled(tree)) is not None:
            yield from self._known(compare(kept_value(settled), operator, value), want=True)
        else:
            yield from self._comparison_to(tree, operator, value)
        self._open.discard(element.name)

    def _blank_or_not(self, subject: Expression, *, answered: bool) -> Ways:
        element = self._operands.element(subject)
        if element is None or not element.is_asked:
            yield self._dangling(subject) if element is None else None
        else:
            yield self._solver.feasible(element, Goal(answered=answered))

    def _blank(self, subject: Expression) -> Ways:
        """Any answer that goes into it left out, by way of calculations too."""
        for element in filter(None, map(self._operands.element, walk(subject))):
            if element.is_asked:
                yield self._solver.feasible(element, Goal(answered=False))
            elif _comes_and_goes(element):
                yield None
            elif element.name not in self._open and not isinstance(
                tree := try_parse(element.cell("calculation")), ExpressionError
            ):
                self._open.add(element.name)
                yield from self._blank(tree)
                self._open.discard(element.name)

    def _dangling(self, part: Expression) -> "Conflict | None":
        if isinstance(part, Named) and not part.last_saved and self._solver.named(part.name) is None:
            return Conflict(UNKNOWN_NAME.filled(name=part.name))
        return None


def _comes_and_goes(calculated: Element) -> bool:
    """Whether it may be blank, or out of date, whatever its calculation says: under a condition, or set by a trigger."""
    return bool(calculated.cell("trigger")) or any(part.cell("relevant") for part in (*calculated.parents, calculated))


def _meant(owner: Element, goal: Goal) -> Way:
    """The goal for the question whose own constraint it comes from: only its agreement with itself can be told."""
    try:
        goal.check(owner.name)
    except Conflict as closed:
        return closed
    return {path_of(owner): goal}


def _number_in(value: Scalar) -> float | None:
    number = as_number(value)
    return None if isnan(number) else number
