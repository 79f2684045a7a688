"""What must hold for a step to be taken; each guard gives the id of its reason, or "" where it holds."""

from collections.abc import Mapping

from liuwen.campaign.ledgers.matter import Matter
from liuwen.campaign.ledgers.preparation import GivenStep
from liuwen.campaign.posts import Posts
from liuwen.campaign.schema import LedgerRule, StepRule


class Guards:
    """The guards of one ledger."""

    def __init__(self, rule: LedgerRule, posts: Posts) -> None:
        self._rule = rule
        self._posts = posts
        self._not_who = {step.id: "not_" + "_or_".join(step.by) for step in rule.steps}

    def refusal(self, step: StepRule, given: GivenStep, matter: Matter, matters: Mapping[str, Matter]) -> str:
        """Why this step cannot be taken from the matter's state; "" where it can. The first guard that fails speaks."""
        if matter.state not in step.from_:
            return f"not_from_{matter.state}"
        if not self._may(step, given, matter):
            return self._not_who[step.id]
        return given.refused or self._of_clock(step, given, matter) or self._of_others(step, given, matter, matters)

    def may_bear(self, step: StepRule, given: GivenStep, matter: Matter) -> str:
        """Why this step cannot create the matter; "" if it can."""
        return (self._not_who[step.id] if not self._may(step, given, matter) else "") or given.refused

    def _may(self, step: StepRule, given: GivenStep, matter: Matter) -> bool:
        if not self._posts.given or "anyone" in step.by:
            return True
        if not given.by:
            return False
        for word in step.by:  # noqa: SIM110 - `any` with a generator took twice as long, for every step of every matter
            if self._is(word, given, matter):
                return True
        return False

    def _is(self, word: str, given: GivenStep, matter: Matter) -> bool:
        if word == "responsible":
            return given.by == self._posts.responsible(matter.village, matter.first_visitor, given.day)
        if word == "handler":
            return given.by == matter.handler
        if word == "desk":
            return self._posts.holds(given.by, self._rule.desk, given.day, matter.village)
        tiers = self._rule.tiers
        above = tiers[matter.tier + 1].office if matter.tier + 1 < len(tiers) else ()
        return self._posts.holds(given.by, above, given.day, matter.village)

    def _of_clock(self, step: StepRule, given: GivenStep, matter: Matter) -> str:
        if step.times and matter.taken.get(step.id, 0) >= step.times:
            return "too_many_times"
        if step.before_deadline and matter.deadline is not None and given.day > matter.deadline:
            return "after_the_deadline"
        climbs = step.tier or (step.to and step.to == self._rule.waiting_state)
        return "no_higher_tier" if climbs and matter.tier + 1 >= len(self._rule.tiers) else ""

    def _of_others(self, step: StepRule, given: GivenStep, matter: Matter, matters: Mapping[str, Matter]) -> str:
        if "applicant" in step.needs:
            if given.applicant and given.applicant not in matter.applicants:
                return "not_an_applicant"
            if not given.applicant and len(matter.awaiting) > 1:
                return "which_applicant"
        if step.to in self._rule.ends and matter.joined:
            return "has_joined_applicants"
        return self._of_target(step, given, matters.get(given.of)) if step.refers else ""

    def _of_target(self, step: StepRule, given: GivenStep, target: Matter | None) -> str:
        if given.of == given.matter:
            return "into_itself"
        if target is None:
            return "no_such_matter"
        if target.state == step.to:
            return "into_a_duplicate"
        return "into_a_finished_one" if target.state in self._rule.ends else ""
