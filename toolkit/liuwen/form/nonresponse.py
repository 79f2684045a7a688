"""Choices that give no answer: don't know, would rather not say, does not concern me."""

import re

DONT_KNOW, REFUSED, NOT_CONCERNED = "dont_know", "refused", "not_concerned"

_TO_SAY = r"([ _]?to)?([ _]?(say|tell|answer|respond|disclose|share|comment)\b.*)?"
_NAMES = {
    DONT_KNOW: re.compile(r"^(dk|dnk|don_?t_?know|do_?not_?know|not_?sure|unsure|-?(98|998))$", re.IGNORECASE),
    REFUSED: re.compile(
        rf"^(pnta|pns|rns|((would_?)?rather|prefer)_?not{_TO_SAY}|refus|refusal|refused?{_TO_SAY}|declined?_to_(say|answer|respond)"
        r"|no_?answer|no_?response|-?(99|999))$",
        re.IGNORECASE,
    ),
    NOT_CONCERNED: re.compile(r"^(no_?contact|not_?applicable|n_?a|-?(97|997))$", re.IGNORECASE),
}
_LABELS = {
    DONT_KNOW: re.compile(
        r"^((不知道|不清楚|说不清楚?|不好说)[\W或]*)+$"
        r"|^((i )?don.?t know|does ?n.?t know|do not know|not sure|unsure|unknown|ne sai[st] pas|no s[eé]|no sabe)"
        r"(\W+(or )?(not sure|can.?t (say|remember)|refused?|no (answer|response)|no responde))?\W*$",
        re.IGNORECASE,
    ),
    REFUSED: re.compile(
        r"^(不愿意?(说|回答)|不想(说|回答)|拒答|拒绝(回答)?)\W*$"
        rf"|^((would )?(rather|prefer) not{_TO_SAY}|refused?{_TO_SAY}|refus(e|é)?( de répondre)?|refusal|no (answer|response)"
        r"|no responde|pas de réponse)\W*$",
        re.IGNORECASE,
    ),
    NOT_CONCERNED: re.compile(r"^(不适用|没打过交道.*|not applicable|does not concern me)\W*$", re.IGNORECASE),
}


def nonresponse(name: str, labels: tuple[str, ...] = ()) -> str:
    """Which kind of no answer a choice is: "dont_know", "refused", "not_concerned"; "" for an answer.

    Only the whole name or label counts: "不愿搬迁" (unwilling to move) is an answer.

    >>> nonresponse("dont_know"), nonresponse("x9", ("不愿说",)), nonresponse("no", ("不知道",)), nonresponse("x", ("不愿搬迁",))
    ('dont_know', 'refused', '', '')
    >>> nonresponse("unknown", ("Unknown",)), nonresponse("unknown", ("People do not know of it",)), nonresponse("declined")
    ('dont_know', '', '')
    """
    by_name = next((kind for kind, words in _NAMES.items() if words.match(name)), "")
    if by_name or name.lower() in {"yes", "no"}:
        return by_name
    return next((kind for kind, words in _LABELS.items() if any(words.match(label.strip()) for label in labels)), "")
