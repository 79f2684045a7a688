"""What of a form there is to reach."""

from collections.abc import Iterator
from typing import NamedTuple

from liuwen.form.elements import Element
from liuwen.form.model import Form
from liuwen.logic.conditions import path_of
from liuwen.logic.goals import Conflict, Goal
from liuwen.logic.offers import ANY, Offers
from liuwen.logic.solving import Solver
from liuwen.logic.ways import Ways, bounded
from liuwen.messages import Sentence
from liuwen.simulation.exploring import Watched


class Target(NamedTuple):
    """One thing that may come about: a question asked, a choice taken, a condition true or false, …"""

    kind: str
    """"question", "choice", "relevance", "constraint" or "repeat"."""
    element: Element
    outcome: str

    @property
    def key(self) -> tuple[str, str, str]:
        """As interviews report it."""
        return self.kind, path_of(self.element), self.outcome


def targets_of(form: Form, offers: Offers) -> list[Target]:
    """Everything there is to reach in `form`, in the order of its survey sheet."""
    return [target for element in form.elements for target in _targets(offers, element)]


def watched_of(form: Form) -> Watched:
    """What interviews must keep an eye on."""
    conditional = frozenset(path_of(element) for element in form.elements if element.cell("relevant"))
    return Watched(conditional, frozenset(path_of(repeat) for repeat in form.repeats))


def _targets(offers: Offers, element: Element) -> Iterator[Target]:
    if element.cell("relevant"):
        yield from (Target("relevance", element, outcome) for outcome in ("true", "false"))
    if element.kind == "repeat":
        counted = bool(element.cell("repeat_count"))
        yield from (Target("repeat", element, outcome) for outcome in ("0", "1", "2+") if not (counted and outcome == "0"))
    if not element.is_asked:
        return
    yield Target("question", element, "asked")
    if element.cell("constraint"):
        yield from (Target("constraint", element, outcome) for outcome in ("accepted", "refused"))
    yield from (Target("choice", element, value) for value in offers.counted(element))


class Way(NamedTuple):
    """How a target might be reached (`goals`), or why it cannot be (`reason`), or neither if unknown."""

    goals: list[dict[str, Goal]]
    reason: Sentence | None


def way_to(solver: Solver, target: Target) -> Way:
    """Ways to a target, worked back from its conditions; a reason only where every way is closed and all was understood."""
    found = bounded(solver.together(*_wanted(solver, target)))
    goals = [way for way in found if isinstance(way, dict)]
    closed = [way for way in found if isinstance(way, Conflict)]
    proven = bool(closed) and len(closed) == len(found)
    return Way(goals, closed[0].sentence if proven else None)


def _wanted(solver: Solver, target: Target) -> list[Ways]:
    element = target.element
    around = [solver.condition(parent, want=True) for parent in element.parents if parent.cell("relevant")]
    if target.kind == "relevance":
        return [solver.condition(element, want=target.outcome == "true"), *around]
    own = [solver.condition(element, want=True)] if element.cell("relevant") else []
    if target.kind == "repeat":
        return [*_count(solver, target), *own, *around]
    if target.kind == "choice":
        return [*_choice(solver, target), *own, *around]
    if target.kind == "constraint" and target.outcome == "accepted":
        return [iter([solver.feasible(element, Goal(answered=True))]), solver.accepting(element), *own, *around]
    if target.kind == "constraint":
        return [solver.refusing(element), *own, *around]
    return [*own, *around]


def _choice(solver: Solver, target: Target) -> list[Ways]:
    element = target.element
    if target.outcome == ANY:
        return [iter([solver.feasible(element, Goal(answered=True))])]
    choice = next(each for each in solver.offers.of(element) or () if each.name == target.outcome)
    goal = Goal(equal=choice.name) if element.type == "select_one" else Goal(include=frozenset({choice.name}))
    return [iter([solver.feasible(element, goal)]), solver.offering(element, choice)]


def _count(solver: Solver, target: Target) -> list[Ways]:
    if target.element.cell("repeat_count"):
        return [solver.counting(target.element, 2, want=target.outcome == "2+")]
    low = {"0": 0, "1": 1, "2+": 2}[target.outcome]
    return [iter([{path_of(target.element): Goal(fewest=low, most=None if target.outcome == "2+" else low)}])]
