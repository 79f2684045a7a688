"""Nonresponse: don't know, would rather not say, does not concern me, blank; counted separately, in or out of the base."""

import re
from collections.abc import Mapping
from typing import Literal

from liuwen.analysis.tally import UNANSWERED
from liuwen.errors import AnswerError
from liuwen.messages import Sentence

Base = Literal["asked", "answered", "stated"]

BLANK, DONT_KNOW, REFUSED, NOT_CONCERNED = "blank", "dont_know", "refused", "not_concerned"
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
_NAMES = {
    DONT_KNOW: re.compile(r"^(dk|dnk|don_?t_?know|do_?not_?know|not_?sure|unsure|unknown|-?(98|998))$", re.IGNORECASE),
    REFUSED: re.compile(
        r"^(pnta|pns|prefer_?not.*|(would_?)?rather_?not.*|refus\w*|decline\w*|no_?answer|-?(99|999))$", re.IGNORECASE
    ),
    NOT_CONCERNED: re.compile(r"^(no_?contact|not_?applicable|n_?a|-?(97|997))$", re.IGNORECASE),
}
_LABELS = {
    DONT_KNOW: re.compile(r"^(不知道|不清楚|说不清|说不清楚|不好说|don.?t know|do not know|not sure)\W*$", re.IGNORECASE),
    REFUSED: re.compile(r"^(不愿说|不愿意?回答|不想说|拒答|拒绝回答|(would )?(rather|prefer) not.*|refused?.*)$", re.IGNORECASE),
    NOT_CONCERNED: re.compile(r"^(不适用|没打过交道.*|not applicable|does not concern me)\W*$", re.IGNORECASE),
}


def nonresponse(name: str, labels: tuple[str, ...] = ()) -> str:
    """Which kind of no answer a choice is: "blank", "dont_know", "refused", "not_concerned"; "" for an answer.

    >>> nonresponse("dont_know"), nonresponse("x9", ("不愿说",)), nonresponse("no", ("不知道",)), nonresponse("good")
    ('dont_know', 'refused', '', '')
    """
    if name == UNANSWERED:
        return BLANK
    by_name = next((kind for kind, words in _NAMES.items() if words.match(name)), "")
    if by_name or name.lower() in {"yes", "no"}:
        return by_name
    return next((kind for kind, words in _LABELS.items() if any(words.match(label.strip()) for label in labels)), "")


def left_out(base: str, choices: Mapping[str, str]) -> frozenset[str]:
    """The choices that a base leaves out; raises `AnswerError` for an unknown base."""
    if base not in BASES:
        raise AnswerError(UNKNOWN_BASE.filled(base=base))
    return frozenset(name for name, label in choices.items() if nonresponse(name, (label,)) in BASES[base])
