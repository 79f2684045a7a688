"""Similarity of two texts, and of two wordings."""

from difflib import SequenceMatcher
from functools import lru_cache

from liuwen.form.elements import Wording


@lru_cache(maxsize=65536)
def likeness(one: str, other: str) -> float:
    """Similarity from 0 (nothing in common) to 1 (equal except for case and spaces): Ratcliff and Obershelp's measure, as in
    difflib.
    """
    one, other = (" ".join(text.split()).casefold() for text in (one, other))
    if one == other:
        return 1.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > 0.4 and matcher.quick_ratio() > 0.4 else 0.0


def wording_likeness(one: Wording | None, other: Wording | None) -> float:
    """The greatest similarity over the languages of both wordings, else of their first texts; 0 if one wording is missing."""
    if not one or not other:
        return 0.0
    shared = [language for language in one.texts if language in other.texts]
    pairs = [(one.texts[language], other.texts[language]) for language in shared]
    return max(likeness(*pair) for pair in pairs or [(one.in_language(), other.in_language())])
