"""The search for what interviews can reach: by chance first, then interviews that aim at what is missing."""

from collections import Counter
from collections.abc import Callable, Iterable

from liuwen.engine import engine
from liuwen.form.model import Form
from liuwen.logic.conditions import path_of
from liuwen.logic.goals import Goal, Goals
from liuwen.logic.offers import ANY, Offers
from liuwen.logic.solving import Solver
from liuwen.messages import Sentence
from liuwen.simulation.exploring import Aim, Reached, explore
from liuwen.simulation.filling import Job
from liuwen.simulation.targets import Target, Way, targets_of, watched_of, way_to

_BATCH = 25
_TOGETHER = 8
_CHANCES = 10
"""Interviews by chance in each round, while something is missing to which no way is known."""


class Search:
    """What has been reached so far, and what to aim at next."""

    def __init__(self, form: Form, job: Job, progress: Callable[[int], object] | None) -> None:
        self._form = form
        self._job = job
        self._progress = progress
        self._offers = Offers(form)
        self._solver = Solver(form, self._offers)
        self.targets = tuple(targets_of(form, self._offers))
        self._watched = watched_of(form)
        self.reached: Reached = Counter()
        self._asked_in: dict[str, list[Aim]] = {}
        self._ways: dict[tuple[str, str, str], Way] = {}
        self.made = 0

    def by_chance(self, count: int) -> None:
        """Make so many interviews that aim at nothing."""
        self.make(self._numbered([{}] * count))

    def make(self, aims: list[Aim]) -> None:
        """Make these interviews, and take note of what came about."""
        for start in range(0, len(aims), _BATCH):
            batch = aims[start : start + _BATCH]
            found = engine().call(explore, self._job, self._watched, batch, timeout=120)
            self.reached += found.reached
            for path, first in found.asked_in.items():
                self._asked_in.setdefault(path, []).extend(first)
            self.made += len(batch)
            if self._progress:
                self._progress(self.made)

    def aims(self, turn: int) -> list[Aim]:
        """What to aim at in a round.

        The first round aims at several targets in one interview. Later ones aim at each target alone: at the next way to it,
        and at an earlier interview done again up to the last question that the way names.
        """
        ways = [self._goals(target, turn) for target in self._missing() if self._way(target).reason is None]
        if turn == 0:
            return self._numbered(_together(ways))
        purposeful = [goals for goals in ways if goals]
        by_chance = [goals for goals in ways if not goals][:_CHANCES]
        again = [self._again(goals, turn) for goals in purposeful]
        return [*self._numbered([*purposeful, *by_chance]), *(aim for aim in again if aim is not None)]

    def reasons(self) -> dict[tuple[str, str, str], Sentence]:
        """Target not reached → why it cannot be, where that is proved."""
        reasons = {target.key: self._way(target).reason for target in self._missing()}
        return {key: reason for key, reason in reasons.items() if reason is not None}

    def not_counted(self) -> dict[str, Sentence]:
        """Path of a select → why its choices were not counted one by one."""
        reasons = ((path_of(element), self._offers.not_counted(element)) for element in self._form.questions if element.is_asked)
        return {path: reason for path, reason in reasons if reason is not None}

    def _numbered(self, purposes: Iterable[Goals]) -> list[Aim]:
        return [Aim(number, goals) for number, goals in enumerate(purposes, start=self.made)]

    def _goals(self, target: Target, turn: int) -> Goals:
        """The way whose turn it is; where none is known, the choice itself, or chance."""
        known = self._way(target).goals
        if known:
            return known[turn % len(known)]
        if target.kind != "choice" or target.outcome == ANY:
            return {}
        one = target.element.type == "select_one"
        return {path_of(target.element): Goal(equal=target.outcome) if one else Goal(include=frozenset({target.outcome}))}

    def _again(self, goals: Goals, turn: int) -> Aim | None:
        # An interview with the same number and goals takes the same course up to the first answer that differs, so conditions
        # that the solver does not understand, such as sums over a repeat, hold again.
        asked = [path_of(element) for element in self._form.questions if path_of(element) in goals]
        known = self._asked_in.get(asked[-1], ()) if asked else ()
        if not known:
            return None
        before = known[-turn % len(known)]
        return Aim(before.number, {**before.goals, asked[-1]: goals[asked[-1]]})

    def _missing(self) -> list[Target]:
        return [target for target in self.targets if not self.reached[target.key]]

    def _way(self, target: Target) -> Way:
        if target.key not in self._ways:
            self._ways[target.key] = way_to(self._solver, target)
        return self._ways[target.key]


def _together(ways: Iterable[Goals]) -> list[Goals]:
    """Ways joined that want nothing different of any question, at most `_TOGETHER` of them in one interview."""
    joined: list[dict[str, Goal]] = []
    sizes: list[int] = []
    for goals in ways:
        fits = (
            number
            for number, known in enumerate(joined)
            if sizes[number] < _TOGETHER and all(known.get(path, goal) == goal for path, goal in goals.items())
        )
        number = next(fits, len(joined))
        if number == len(joined):
            joined.append({})
            sizes.append(0)
        joined[number].update(goals)
        sizes[number] += 1
    return list(joined)
