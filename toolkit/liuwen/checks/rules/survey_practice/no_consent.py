"""A form that never asks whether one may ask."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note
from liuwen.messages import Sentence

NO_CONSENT = Sentence(
    zh="没有一道题征求同意：请在最前面说明来意，问是否愿意，并记录下来。",
    en="no question asks for consent; say at the beginning what this is for, ask whether the person agrees, "
    "and record the answer.",
)
FEWEST = 5


def no_consent(facts: Facts) -> Iterator[Fault]:
    """Forms of a few questions, such as registers, are left alone."""
    if len(facts.asked) >= FEWEST and facts.consent is None:
        yield note(facts.place("survey"), NO_CONSENT)
