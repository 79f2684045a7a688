"""Nonresponse: don't know, would rather not say, does not concern me, blank; counted separately, in or out of the base."""

from collections.abc import Mapping
from typing import Literal

from liuwen.analysis.tally import UNANSWERED
from liuwen.errors import AnswerError
from liuwen.form import nonresponse as choices
from liuwen.form.nonresponse import DONT_KNOW, NOT_CONCERNED, REFUSED
from liuwen.messages import Sentence

Base = Literal["asked", "answered", "stated"]

BLANK = "blank"
BASES: Mapping[str, tuple[str, ...]] = {
    "asked": (),
    "answered": (BLANK,),
    "stated": (BLANK, DONT_KNOW, REFUSED, NOT_CONCERNED),
}
"""What each base leaves out."""
UNKNOWN_BASE = Sentence(
    zh='base={base!r} 不认识；可写 "asked"（问到的）、"answered"（作答的）或 "stated"（除去不知道、不愿说、不适用和空白）。',
    en='base={base!r} is unknown; use "asked", "answered" (without blanks) or "stated" (without don\'t know, refused, not '
    "concerned and blanks).",
)


def nonresponse(name: str, labels: tuple[str, ...] = ()) -> str:
    """Which kind of no answer a choice is: "blank", "dont_know", "refused", "not_concerned"; "" for an answer.

    >>> nonresponse(UNANSWERED), nonresponse("dont_know"), nonresponse("good")
    ('blank', 'dont_know', '')
    """
    return BLANK if name == UNANSWERED else choices.nonresponse(name, labels)


def left_out(base: str, choices: Mapping[str, str]) -> frozenset[str]:
    """The choices that a base leaves out; raises `AnswerError` for an unknown base."""
    if base not in BASES:
        raise AnswerError(UNKNOWN_BASE.filled(base=base))
    return frozenset(name for name, label in choices.items() if nonresponse(name, (label,)) in BASES[base])
