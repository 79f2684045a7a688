"""The fold: steps in order, one after the other, each taken or refused with a reason."""

import re
from dataclasses import dataclass

from liuwen.campaign.calendars import WorkCalendar
from liuwen.campaign.events import BETWEEN_HOUSEHOLDS
from liuwen.campaign.ledgers.guards import Guards
from liuwen.campaign.ledgers.households import Households
from liuwen.campaign.ledgers.matter import Matter
from liuwen.campaign.ledgers.preparation import GivenStep
from liuwen.campaign.posts import Posts
from liuwen.campaign.schema import LedgerRule, StepRule

TAKEN = ""
NOBODY_NAMED = frozenset({"", "anonymous", "匿名"})
_BETWEEN = re.compile(BETWEEN_HOUSEHOLDS)


@dataclass(frozen=True)
class Folded:
    """What came of the steps: each matter, and for each step why it was refused ("" where taken) and the state after it."""

    matters: dict[str, Matter]
    why: list[str]
    states: list[str]
    raised: int
    """How many matters entered the ledger, counted as they did."""


class Fold:
    """One fold, up to the end of a day; make it, give it the steps in order, and take what came of them."""

    def __init__(self, rule: LedgerRule, posts: Posts, calendar: WorkCalendar, households: Households) -> None:
        self._rule = rule
        self._calendar = calendar
        self._households = households
        self._guards = Guards(rule, posts)
        self._closing = frozenset(state for step in rule.steps for state in step.closes)
        self._matters: dict[str, Matter] = {}
        self._raised = 0

    def run(self, steps: list[GivenStep], on: int) -> Folded:
        """Take the steps, which all take effect by `on`, and strike off what waits for nobody by then."""
        why: list[str] = []
        states: list[str] = []
        for given in steps:
            why.append(self._take(given))
            matter = self._matters.get(given.matter)
            states.append(matter.state if matter else "")
        for matter in self._matters.values():
            self._strike_off(matter, on + 1)
        return Folded(self._matters, why, states, self._raised)

    def _take(self, given: GivenStep) -> str:
        step = self._rule.steps[given.step]
        matter = self._matters.get(given.matter)
        if step.undoes:
            return self._tell(matter, given, given.refused if matter else "not_raised_yet")
        if step.bears:
            return self._bear(step, given, matter)
        if matter is None:
            return "not_raised_yet"
        applicant = self._households.now(given.applicant)
        given = given if applicant == given.applicant else given._replace(applicant=applicant)
        self._strike_off(matter, given.day)
        if step.refers and given.of in self._matters:
            self._strike_off(self._matters[given.of], given.day)
        refusal = self._guards.refusal(step, given, matter, self._matters)
        if not refusal:
            self._change(step, given, matter)
        return self._tell(matter, given, refusal)

    def _tell(self, matter: Matter | None, given: GivenStep, refusal: str) -> str:
        """Count on the matter what came of the step."""
        if matter is None:
            return refusal
        if refusal:
            matter.exceptions += 1
        else:
            matter.late += given.late
            matter.updated, matter.last_step = max(matter.updated, given.day), given.event
        return refusal

    def _bear(self, step: StepRule, given: GivenStep, matter: Matter | None) -> str:
        if matter is not None:
            return self._tell(matter, given, "already_raised")
        born = Matter(given.matter, given.day, len(self._rule.tiers))
        born.village, born.title, born.topic, born.first_visitor = given.village, given.title, given.topic, given.by
        if refusal := self._guards.may_bear(step, given, born):
            return refusal
        self._matters[given.matter] = born
        named = [self._households.now(one) for one in _BETWEEN.split(given.applicant) if one not in NOBODY_NAMED]
        born.applicants = list(dict.fromkeys(named))
        born.anonymous = 0 if named else 1
        born.state, born.last_note = step.to, given.note
        if step.enters:
            self._enter(born, given)
        return self._tell(born, given, TAKEN)

    def _enter(self, matter: Matter, given: GivenStep) -> None:
        self._raised += 1
        matter.entered, matter.raised, matter.tier_since = True, given.day, given.day
        matter.deadline = matter.first_deadline = matter.promised = self._deadline(given, matter)

    def _deadline(self, given: GivenStep, matter: Matter) -> int:
        """The date that was named, else the tier's days; rolled to a working day."""
        if given.deadline is not None:
            return self._calendar.rolled(given.deadline)
        tier = self._rule.tiers[matter.tier]
        return self._calendar.rolled(self._calendar.after(given.day, tier.days, workdays=tier.workdays))

    def _change(self, step: StepRule, given: GivenStep, matter: Matter) -> None:
        """Everything that a step does to its matter."""
        matter.taken[step.id] = matter.taken.get(step.id, 0) + 1
        if given.note:
            matter.last_note = given.note
        if "class" in step.needs and given.topic:
            matter.topic = given.topic
        matter.refusals += step.refuses
        if step.tier:
            self._climb(given, matter)
        if step.moves_deadline:
            matter.set_deadline(given.day, self._deadline(given, matter))
        if step.restarts:
            self._restart(given, matter)
        if step.ends:
            _end(step, given, matter)
        if step.refers:
            self._join(given, matter)
        if step.to:
            self._move_to(step, given, matter)
        if "applicant" in step.needs:
            self._answer(step, given, matter)

    def _climb(self, given: GivenStep, matter: Matter) -> None:
        matter.stop_clock(given.day)
        matter.tier, matter.tier_since = matter.tier + 1, given.day
        matter.handler = given.handler or given.by
        matter.set_deadline(given.day, self._deadline(given, matter))

    def _restart(self, given: GivenStep, matter: Matter) -> None:
        matter.round += 1
        matter.answered, matter.ended, matter.ended_as, matter.closed, matter.finished = {}, None, "", None, False
        matter.taken = {}
        if not matter.entered:
            self._enter(matter, given)
        else:
            matter.tier_since = given.day
            matter.deadline = matter.promised = self._deadline(given, matter)

    def _join(self, given: GivenStep, matter: Matter) -> None:
        """The applicants join the other matter for good; if that was struck off it comes back until they are answered."""
        target = self._matters[given.of]
        newcomers = [one for one in matter.applicants if one not in target.applicants]
        target.applicants += newcomers
        target.anonymous += matter.anonymous
        target.joined.append(matter.id)
        matter.joined_to = target.id
        if target.state == "closed" and (newcomers or matter.anonymous):
            target.state, target.closed, target.since = target.ended_as, None, given.day

    def _move_to(self, step: StepRule, given: GivenStep, matter: Matter) -> None:
        matter.waiting_since = given.day if step.to == self._rule.waiting_state else None
        matter.state, matter.since = step.to, given.day
        if step.to in self._rule.ends:
            matter.stop_clock(given.day)

    def _answer(self, step: StepRule, given: GivenStep, matter: Matter) -> None:
        named = given.applicant or next(iter(matter.awaiting), "")
        if named:
            matter.answered[named] = given.satisfied or matter.answered.get(named, "")
        if matter.state in step.closes and not matter.awaiting:
            matter.since = max(matter.since, given.day)
            if not matter.anonymous:
                matter.close(given.day)

    def _strike_off(self, matter: Matter, before: int) -> None:
        """A matter that is done and waits for no answer is struck off on the next list day, if that was before `before`."""
        if matter.state in self._closing and not matter.awaiting:
            day = self._calendar.list_day(matter.since)
            if day < before:
                matter.close(day)


def _end(step: StepRule, given: GivenStep, matter: Matter) -> None:
    passed = any(day is not None and given.day > day for day in (matter.promised, matter.deadline))
    matter.broken = matter.broken or passed
    matter.ended, matter.ended_as, matter.finished = given.day, step.to, True
    matter.stop_clock(given.day)
