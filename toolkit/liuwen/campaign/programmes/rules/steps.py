"""Somebody may take each step, and what a step refers to exists."""

from collections.abc import Iterator

from liuwen.campaign.faults import Path, suggestion
from liuwen.campaign.schema import LedgerRule, Programme, StepRule
from liuwen.messages import Sentence

WHO = ("anyone", "responsible", "handler", "next_tier", "desk")
NO_STEPS = Sentence(
    zh='台账没有 steps（步骤）。请 extends = ["ledger"]。', en='The ledger has no steps. Write extends = ["ledger"].'
)
NOBODY = Sentence(zh="步骤“{step}”没有人能做：{why}。", en='Nobody may take the step "{step}": {why}.')
NO_BY = Sentence(zh="没有写 by", en="it has no by")
NO_DESK = Sentence(zh="by 里只有 desk，而台账的 desk 是空的", en="its by is desk alone, and the ledger's desk is empty")
NO_NEXT_TIER = Sentence(zh="by 里只有 next_tier，而台账只有一级", en="its by is next_tier alone, and the ledger has one tier")
UNKNOWN_WHO = Sentence(zh="by 里的“{word}”不认识。{suggestion}", en='Unknown word "{word}" in by. {suggestion}')
NO_TARGET = Sentence(
    zh="步骤“{step}”没有写 to：登记后是什么状态？", en='The step "{step}" bears a matter and has no to: in which state?'
)
NO_APPLICANT = Sentence(
    zh='needs 里有 applicant，但台账没有写 `named = {{ applicant = "题名" }}`。',
    en='It needs the applicant, but the ledger does not say named = {{ applicant = "question" }}.',
)
UNKNOWN_STEP = Sentence(zh="没有步骤“{word}”。{suggestion}", en='There is no step "{word}". {suggestion}')


def steps_can_be_taken(programme: Programme) -> Iterator[tuple[Path, Sentence]]:
    """Each step of each ledger."""
    for ledger in programme.ledgers:
        path = ("ledgers", ledger.id)
        if not ledger.steps:
            yield path, NO_STEPS
        known = tuple(step.id for step in ledger.steps)
        for word in ledger.never_moved:
            if word not in known:
                yield (*path, "never_moved"), UNKNOWN_STEP.filled(word=word, suggestion=suggestion(word, known))
        for step in ledger.steps:
            yield from (((*path, "steps", step.id, *at), said) for at, said in _of_step(step, ledger))


def _of_step(step: StepRule, ledger: LedgerRule) -> Iterator[tuple[Path, Sentence]]:
    for word in step.by:
        if word not in WHO:
            yield ("by",), UNKNOWN_WHO.filled(word=word, suggestion=suggestion(word, WHO))
    if why := _nobody(step, ledger):
        yield ("by",), NOBODY.filled(step=step.id, why=why)
    if step.bears and not step.to:
        yield (), NO_TARGET.filled(step=step.id)
    if "applicant" in step.needs and "applicant" not in ledger.named:
        yield ("needs",), NO_APPLICANT.filled()


def _nobody(step: StepRule, ledger: LedgerRule) -> Sentence | None:
    if not step.by:
        return NO_BY
    able = set(step.by) & set(WHO)
    if not ledger.desk:
        able.discard("desk")
    if len(ledger.tiers) < 2:
        able.discard("next_tier")
    if able or not set(step.by) <= set(WHO):
        return None
    return NO_DESK if "desk" in step.by else NO_NEXT_TIER
