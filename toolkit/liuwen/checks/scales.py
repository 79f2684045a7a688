"""Recognises the points of a rating scale by their words: how strong, and in which direction."""

import re
from functools import lru_cache

_STEMS = {
    "satisfied": (r"satisf|满意", r"dissatisf|unsatisf|not (at all )?satisf|不(太|很|大)?满意"),
    "agree": (r"\bagree|同意|赞成", r"disagree|do(es)? not agree|不(太|很)?同意|反对|不赞成"),
    "good": (
        r"\b(good|well|excellent)\b|很好|较好|^好$|非常好|比较好",
        r"\b(bad|poor|badly|poorly)\b|not (at all |very |so |too )?(good|well)|差|不(太|大|怎么|算)?好",
    ),
    "likely": (r"\blikely|可能", r"unlikely|not likely|不(太|大)?可能"),
    "easy": (r"\beasy|容易|方便", r"\bdifficult|\bhard\b|困难|不(太|大|怎么)?(方便|容易)"),
    "safe": (r"\bsafe\b|安全", r"\bunsafe|not safe|不(太|大|怎么)?安全"),
    "better": (r"\bbetter|improved|变好|好转|改善", r"\bworse|worsened|变差|变坏|恶化"),
    "fair": (r"\bfair(ly treated)?\b|公平|公正", r"\bunfair|not fair|不(太|大|怎么)?公[平正]"),
}
_STRONG = re.compile(
    r"\b(very|strongly|completely|extremely|excellent|totally|fully|much|highly)\b|非常|十分|完全|很|极|强烈|特别", re.IGNORECASE
)
_WEAK = re.compile(
    r"\b(somewhat|rather|fairly|slightly|quite|a little|partly|mostly|a bit)\b|比较|较|基本|有点|有些|略|还算|不太|不大|不怎么",
    re.IGNORECASE,
)
_MIDDLE = re.compile(
    r"\b(neither|neutral|average|undecided|the same|about the same|so[- ]so|no change|middling|not good,? not bad)\b"
    r"|一般|中立|中等|说不上|谈不上|无所谓|没变化|差不多|尚可|马马虎虎|各一半|既不.+也不|不[^，、]{1,4}[，、]?(也)?(不|算不上)",
    re.IGNORECASE,
)


@lru_cache(maxsize=16384)
def point(label: str) -> tuple[str, float] | None:
    """The scale and the place on it of one answer: ("satisfied", -3.0) for "very dissatisfied"; "" names the middle of any.

    >>> point("Very satisfied"), point("不太满意"), point("neither"), point("a well")
    (('satisfied', 3.0), ('satisfied', -1.0), ('', 0.0), ('good', 2.0))
    """
    text = " ".join(label.replace("_", " ").split()).lower()
    if _MIDDLE.search(text):
        return "", 0.0
    for scale, (positive, negative) in _STEMS.items():
        for pattern, sign in ((negative, -1.0), (positive, 1.0)):
            if re.search(pattern, text):
                degree = 1.0 if _WEAK.search(text) else 3.0 if _STRONG.search(text) else 2.0
                return scale, sign * degree
    return None


def scale_of(labels: "tuple[str, ...]") -> list[float] | None:
    """The positions of a list's answers on one scale, without unrecognised ones; None if the list is not a scale.

    A scale has at least three recognised answers of one kind, and at most two others (such as "don't know").
    """
    points = [point(label) for label in labels if len(label) <= 40]
    kinds = {found[0] for found in points if found and found[0]}
    known = [found[1] for found in points if found]
    if len(kinds) != 1 or len(known) < 3 or len(labels) - len(known) > 2 or not any(value for value in known):
        return None
    return known
