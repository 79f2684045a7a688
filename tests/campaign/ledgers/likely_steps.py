"""Steps as they follow each other in a town, so that random logs get far: which are likely from a state, and where they lead."""

from ..slow_town import STEPS

LIKELY = {
    "": "raise raise raise raise settle",
    "open": "apply apply apply note done done explain extend extend duplicate duplicate withdraw sort sort void",
    "applied": "accept accept accept accept refuse note done void",
    "done": "answer answer answer answer reopen sort void",
    "explained": "answer answer answer reopen void",
    "closed": "answer reopen reopen duplicate",
    "settled": "reopen",
    "duplicate": "note answer",
    "withdrawn": "reopen note",
}
LEADS_TO = {
    "raise": "open",
    "settle": "settled",
    "apply": "applied",
    "accept": "open",
    "refuse": "open",
    "done": "done",
    "explain": "explained",
    "answer": "closed",
    "withdraw": "withdrawn",
    "duplicate": "duplicate",
    "reopen": "open",
    "void": "open",
}


def likely_steps(state: str, times: int) -> list[str]:
    """The likely steps, so many times, and every other once."""
    return LIKELY[state].split() * times + STEPS


def state_after(step: str, state: str) -> str:
    """The state after the step, were it taken."""
    return LEADS_TO.get(step, state)
