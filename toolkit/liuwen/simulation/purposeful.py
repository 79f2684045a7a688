"""Inside the worker: a respondent who answers so that something comes about."""

import math
from collections.abc import Iterator

from liuwen.engine.formwalk import AskedItem, FormWalk
from liuwen.expressions.numbers import number_of
from liuwen.logic.comparisons import DAYS
from liuwen.logic.days import PERIOD, day_of
from liuwen.logic.goals import Goal, Goals
from liuwen.logic.limits import AnswerLimits
from liuwen.simulation.open_range import Range, allowed
from liuwen.simulation.respondent import Respondent
from liuwen.simulation.visits import Visit, VisitPlan

_NUMBERS = frozenset({"integer", "decimal", "range"})
_WELL_INSIDE = (PERIOD[1] - PERIOD[0]).days


class Purposeful(Respondent):
    """Answers as its goals want, and as chance wants where they say nothing or cannot be met."""

    def __init__(self, plan: VisitPlan, visit: Visit, goals: Goals) -> None:
        super().__init__(plan, visit)
        self._goals = goals
        self._goal: Goal | None = None
        self._aims: Iterator[str] | None = None

    def turns_to(self, walk: FormWalk, item: AskedItem, instance: str) -> None:
        """Take up the goal for the question: that of its own instance, or else of the question in all of them."""
        super().turns_to(walk, item, instance)
        own = self._goals.get(walk.path()) if item.repeated else None
        self._goal = own or self._goals.get(item.path)
        self._aims = None

    def leaves_blank(self, item: AskedItem, *, required: bool) -> bool:
        """As the goal wants it; else by chance."""
        if self._goal is None:
            return super().leaves_blank(item, required=required)
        return self._goal.answered is False and not required

    def keeps(self, item: AskedItem) -> bool:
        """A proposed answer is left only where no goal wants another."""
        return self._goal is None and super().keeps(item)

    def repeats(self, name: str, most: int | None = None) -> int:
        """As many as the goal wants; else by chance, and at least one where something is wanted of what is inside."""
        goal = self._goals.get(name)
        if goal is not None:
            return max(goal.fewest, min(goal.most if goal.most is not None else goal.fewest, goal.fewest + 1))
        fewest = int(any(path.startswith(f"{name}/") for path in self._goals))
        named = [path.removeprefix(f"{name}[") for path in self._goals if path.startswith(f"{name}[")]
        return max([super().repeats(name, most), fewest, *(int(path.partition("]")[0]) for path in named)])

    def draw(self, walk: FormWalk, item: AskedItem, limits: AnswerLimits, offered: tuple[str, ...]) -> str | None:
        """First what the goal wants, one way after another, then what chance gives."""
        if self._goal is None:
            return super().draw(walk, item, limits, offered)
        if self._aims is None:
            self._aims = self._aimed(walk, item, limits, offered, self._goal)
        aimed = next(self._aims, None)
        return super().draw(walk, item, limits, offered) if aimed is None else aimed

    def _aimed(
        self, walk: FormWalk, item: AskedItem, limits: AnswerLimits, offered: tuple[str, ...], goal: Goal
    ) -> Iterator[str]:
        if item.type == "select_multiple":
            yield from self._sets(offered, goal)
        elif item.is_select:
            fitting = [value for value in offered if _fits(value, goal)]
            yield from self.chance.sample(fitting, len(fitting))
        elif goal.equal is not None:
            yield goal.equal
        elif item.type in _NUMBERS and (goal.low is not None or goal.high is not None):
            yield from self._numbers(walk, item, limits, goal)
        elif item.type in DAYS and (goal.low is not None or goal.high is not None):
            yield from self._days(walk, item, limits, goal)

    def _sets(self, offered: tuple[str, ...], goal: Goal) -> Iterator[str]:
        if goal.equal is not None and set(goal.equal.split()) <= set(offered):
            yield goal.equal
        free = [value for value in offered if value not in goal.exclude and value not in goal.include]
        wanted = max(goal.fewest, len(goal.include), 1)
        for size in range(wanted, wanted + 3):
            for _ in range(6):
                extra = self.chance.sample(free, min(len(free), size - len(goal.include)))
                taken = goal.include | set(extra)
                if taken and (goal.most is None or len(taken) <= goal.most):
                    yield " ".join(value for value in offered if value in taken)

    def _days(self, walk: FormWalk, item: AskedItem, limits: AnswerLimits, goal: Goal) -> Iterator[str]:
        """Days in the middle of what is wanted and well inside it, for how far today is from there was only guessed; its ends."""
        low, high = _both(allowed(walk, item, limits), goal)
        if low is not None and high is not None:
            days = [(low + high) / 2, low, high]
        elif low is not None:
            days = [low + _WELL_INSIDE, low]
        else:
            days = [high - _WELL_INSIDE, high] if high is not None else []
        time = f"T{self._time(walk, item, limits)}" if item.type == "dateTime" else ""
        yield from (f"{day_of(day).isoformat()}{time}" for day in days)

    def _numbers(self, walk: FormWalk, item: AskedItem, limits: AnswerLimits, goal: Goal) -> Iterator[str]:
        low, high = _both(allowed(walk, item, limits), goal)
        ends = [bound for bound in (low, high) if bound is not None]
        if item.type == "decimal":
            between = sum(ends) / 2 if len(ends) == 2 else ends[0] + (0.01 if low is not None else -0.01)
            yield from (f"{number:.10f}".rstrip("0").rstrip(".") for number in (between, *ends))
        else:
            middle = [sum(ends) / 2] if len(ends) == 2 else []
            yield from (str(math.floor(number)) for number in (*middle, *ends))


def _both(within: Range, goal: Goal) -> tuple[float | None, float | None]:
    """What the form allows and the goal wants."""
    low = max((bound for bound in (within.low, goal.low) if bound is not None), default=None)
    high = min((bound for bound in (within.high, goal.high) if bound is not None), default=None)
    return low, high


def _fits(value: str, goal: Goal) -> bool:
    if value in goal.exclude or (goal.equal is not None and value != goal.equal) or not goal.include <= {value}:
        return False
    if goal.low is None and goal.high is None:
        return True
    number = number_of(value)
    return not math.isnan(number) and (goal.low is None or number >= goal.low) and (goal.high is None or number <= goal.high)
