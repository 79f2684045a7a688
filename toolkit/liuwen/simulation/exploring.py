"""Inside the worker: interviews made to find out what of a form they reach."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from liuwen.engine.formwalk import AskedItem, FormWalk
from liuwen.errors import AnswerError
from liuwen.logic.days import day_of
from liuwen.logic.goals import Goals
from liuwen.logic.limits import XFormRules, facts_of
from liuwen.logic.offers import ANY
from liuwen.simulation.filling import Filler, Job, phone_of
from liuwen.simulation.open_range import Range, allowed, moments
from liuwen.simulation.purposeful import Purposeful
from liuwen.simulation.visits import visit_of

Reached = Counter[tuple[str, str, str]]
"""How often each (kind, path, outcome) came about; kinds and outcomes as in `targets`."""

_PASSES = 3
_REMEMBERED = 25


class Watched(NamedTuple):
    """Which paths have conditions, and which are repeats."""

    conditional: frozenset[str]
    repeats: frozenset[str]


class Aim(NamedTuple):
    """One interview to be made: its number, from which its chance comes, and what it is to bring about."""

    number: int
    goals: Goals


class Explored(NamedTuple):
    """What came about in some interviews, and of each question the first interviews that asked it."""

    reached: Reached
    asked_in: dict[str, list[Aim]]


def explore(job: Job, watched: Watched, aims: list[Aim]) -> Explored:
    """One interview for each aim; what came about in them."""
    walk = FormWalk(job.xml, job.media, phone=phone_of(job.plan, aims[0].number))
    explorer = _Explorer(walk, facts_of(job.xml), job, watched)
    for aim in aims:
        explorer.attempt(aim)
    walk.close()
    return Explored(explorer.reached, explorer.asked_in)


class _Explorer(Filler):
    def __init__(self, walk: FormWalk, facts: XFormRules, job: Job, watched: Watched) -> None:
        super().__init__(walk, facts, job)
        self._watched = watched
        self.reached: Reached = Counter()
        self.asked_in: dict[str, list[Aim]] = {}
        self._aim = Aim(0, {})

    def attempt(self, aim: Aim) -> None:
        self._aim = aim
        self._left_blank = set()
        self.walk.begin(phone_of(self._job.plan, aim.number))
        respondent = Purposeful(self._job.plan, visit_of(self._job.plan, aim.number), aim.goals)
        said: dict[str, str] = {}
        try:
            self.go(respondent, said)
            for _ in range(_PASSES - 1):  # a later answer may have opened an earlier question
                before = len(said)
                self.walk.rewind()
                self.go(respondent, said, only_blank=True)
                if len(said) == before:
                    break
        except AnswerError:
            pass  # a required question that these goals leave without an answer: what was reached before it counts
        self._survey(self.walk.definition.getMainInstance().getRoot(), "")

    # -- what came about ----------------------------------------------------------------------------------------------

    def note(self, item: AskedItem, prompt: Any, text: str | None) -> None:
        self.reached["question", item.path, "asked"] += 1
        known = self.asked_in.setdefault(item.path, [])
        if len(known) < _REMEMBERED and self._aim not in known[-1:]:
            known.append(self._aim)
        if item.is_select and text:
            self.reached["choice", item.path, ANY] += 1
            for value in [text] if item.type == "select_one" else text.split():
                self.reached["choice", item.path, value] += 1
        if item.path in self._facts.limits and not prompt.isReadOnly():
            self._try_constraint(item, prompt, text)

    def _try_constraint(self, item: AskedItem, prompt: Any, text: str | None) -> None:
        if text:
            self.reached["constraint", item.path, "accepted"] += 1
        if not self.reached["constraint", item.path, "refused"]:
            self.reached["constraint", item.path, "refused"] += any(
                self.walk.forbids(item, wrong) for wrong in self._probes(item, prompt)
            )

    def _probes(self, item: AskedItem, prompt: Any) -> Iterator[str]:
        """Answers likely to be against a constraint: just past its bounds, far off, of another shape, all choices at once."""
        if item.is_select:
            offered = self.walk.choice_values(item, prompt)
            if item.type != "select_one":
                yield " ".join(offered)
                yield from (f"{one} {offered[-1]}" for one in offered[:-1])
            yield from offered
            return
        limits = self._facts.of(item.path)
        if item.type in {"date", "time", "dateTime"}:
            yield from moments(self.walk, item, limits)
        within = allowed(self.walk, item, limits)
        if item.type in {"date", "dateTime"}:
            yield from _days_beyond(within, "T12:00:00.000+08:00" if item.type == "dateTime" else "")
        elif item.type in {"integer", "decimal", "range"}:
            ends = [bound for bound in (within.low, within.high) if bound is not None]
            yield from (str(round(number)) for bound in ends for number in (bound - 1, bound + 1))
            yield from ("-1", "0", "1", "7", "1000000000", "-1000000000")
        elif item.type == "time":
            yield from ("00:00:00.000+08:00", "12:00:00.000+08:00", "23:59:00.000+08:00")
        else:
            yield from ("#", "甲", "0", "a", "x" * 300, "1" * 40)

    def _survey(self, node: Any, path: str) -> None:
        counts: Counter[str] = Counter()
        for position in range(int(node.getNumChildren())):
            child = node.getChildAt(position)
            if int(child.getMult()) < 0:
                continue
            here = f"{path}/{child.getName()}".strip("/")
            relevant = bool(child.isRelevant())
            if here in self._watched.conditional:
                self.reached["relevance", here, "true" if relevant else "false"] += 1
            if relevant:
                counts[here] += 1
                if child.getNumChildren():
                    self._survey(child, here)
        for repeat in self._watched.repeats:
            if repeat.rpartition("/")[0] == path:
                count = counts[repeat]
                self.reached["repeat", repeat, str(count) if count < 2 else "2+"] += 1


def _days_beyond(within: Range, suffix: str) -> Iterator[str]:
    for bound, step in ((within.low, -1), (within.high, 1)):
        if bound is not None:
            yield day_of(int(bound) + step).isoformat() + suffix
    yield from (f"{day}{suffix}" for day in ("1900-01-01", "2100-01-01"))
