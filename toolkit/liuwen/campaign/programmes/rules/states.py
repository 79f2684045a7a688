"""Every state of a ledger is reached by some step, and left by some step unless nobody need leave it."""

from collections.abc import Iterator

from liuwen.campaign.faults import Path, suggestion
from liuwen.campaign.schema import LedgerRule, Programme
from liuwen.messages import Sentence

NEVER_REACHED = Sentence(
    zh="状态“{state}”没有步骤能到：没有哪个步骤的 to 是它。{suggestion}",
    en='No step reaches the state "{state}": it is the to of none. {suggestion}',
)
NEVER_LEFT = Sentence(
    zh="状态“{state}”没有步骤能离开。请写一个步骤，或把它写进 ends。",
    en='No step leaves the state "{state}". Write one, or name it in ends.',
)


def states_are_reached_and_left(programme: Programme) -> Iterator[tuple[Path, Sentence]]:
    """Each ledger; `void` takes a step back and leaves no state."""
    for ledger in programme.ledgers:
        path = ("ledgers", ledger.id)
        reached = reached_states(ledger)
        for at, state in _used(ledger):
            if state not in reached:
                yield path + at, NEVER_REACHED.filled(state=state, suggestion=suggestion(state, tuple(sorted(reached))))
        left = {state for step in ledger.steps if not step.undoes and (step.to or step.closes) for state in step.from_}
        for state in sorted(reached - left - set(ledger.ends)):
            yield (*path, "steps", _reaching(ledger, state)), NEVER_LEFT.filled(state=state)


def reached_states(ledger: LedgerRule) -> set[str]:
    """The states that some step reaches: those it goes to, and `closed` where one closes."""
    reached = {step.to for step in ledger.steps if step.to}
    return reached | ({"closed"} if any(step.closes for step in ledger.steps) else set())


def _reaching(ledger: LedgerRule, state: str) -> str:
    return next((step.id for step in ledger.steps if step.to == state or (state == "closed" and step.closes)), "")


def _used(ledger: LedgerRule) -> Iterator[tuple[Path, str]]:
    """Each state that is named where it must be a state, once a place."""
    for key in ("open_states", "ends"):
        yield from (((key,), state) for state in getattr(ledger, key))
    if ledger.waiting_state:
        yield ("waiting_state",), ledger.waiting_state
    for step in ledger.steps:
        yield from ((("steps", step.id, "from"), state) for state in step.from_)
        yield from ((("steps", step.id, "closes"), state) for state in step.closes)
