"""Sets of texts, as regular expressions and tests of a text describe them, and texts drawn from them.

A set is asked for what may follow a character: its derivative (Brzozowski 1964, J. ACM 11, 481-494). So sets are joined, cut with
each other and turned round without building an automaton first.
"""

from dataclasses import dataclass
from functools import lru_cache

LETTERS = "abcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"
_OTHERS = "éèñüçÀÖßАЯаяあアلعم中村甲乙丙一龥 \t"
UNIVERSE = frozenset([*map(chr, range(0x20, 0x7F)), *_OTHERS])
"""The characters that texts are made of; a pattern may name others, which are added for it."""


@dataclass(frozen=True, slots=True)
class Characters:
    """Every text of one character among these."""

    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sequence:
    """A text of the first set, followed by one of the second."""

    first: "TextSet"
    then: "TextSet"


@dataclass(frozen=True, slots=True)
class Either:
    """The texts of any of the sets."""

    sets: frozenset["TextSet"]


@dataclass(frozen=True, slots=True)
class Both:
    """The texts that all of the sets have."""

    sets: frozenset["TextSet"]


@dataclass(frozen=True, slots=True)
class Not:
    """The texts that the set does not have."""

    of: "TextSet"


@dataclass(frozen=True, slots=True)
class Repeated:
    """Between `fewest` and `most` texts of the set in a row; `most` is None for no upper limit."""

    of: "TextSet"
    fewest: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Blank:
    """The empty text alone."""


TextSet = Characters | Sequence | Either | Both | Not | Repeated | Blank

BLANK = Blank()
NOTHING = Characters(frozenset())


def literal(text: str) -> TextSet:
    """One text."""
    made: TextSet = BLANK
    for character in reversed(text):
        made = sequence(Characters(frozenset({character})), made)
    return made


def sequence(first: TextSet, then: TextSet) -> TextSet:
    """A sequence, simplified."""
    if NOTHING in {first, then}:
        return NOTHING
    return then if first == BLANK else first if then == BLANK else Sequence(first, then)


def either(*sets: TextSet) -> TextSet:
    """A union, simplified: without twins and empty sets."""
    flat = {inside for each in sets for inside in (each.sets if isinstance(each, Either) else (each,))} - {NOTHING}
    if ANYTHING in flat:
        return ANYTHING
    return NOTHING if not flat else flat.pop() if len(flat) == 1 else Either(frozenset(flat))


def both(*sets: TextSet) -> TextSet:
    """An intersection, simplified."""
    flat = {inside for each in sets for inside in (each.sets if isinstance(each, Both) else (each,))} - {ANYTHING}
    if NOTHING in flat:
        return NOTHING
    return ANYTHING if not flat else flat.pop() if len(flat) == 1 else Both(frozenset(flat))


def without(texts: TextSet) -> TextSet:
    """A complement, simplified."""
    if isinstance(texts, Not):
        return texts.of
    return ANYTHING if texts == NOTHING else NOTHING if texts == ANYTHING else Not(texts)


def repeated(texts: TextSet, fewest: int, most: int | None) -> TextSet:
    """A repetition, simplified."""
    if most == 0 or texts == BLANK:
        return BLANK
    if texts == NOTHING:
        return BLANK if fewest == 0 else NOTHING
    return texts if (fewest, most) == (1, 1) else Repeated(texts, fewest, most)


ANYTHING: TextSet = Not(NOTHING)


NOT_BLANK: TextSet = Not(BLANK)


def is_among(texts: TextSet, text: str) -> bool:
    """Whether a text is one of them.

    >>> is_among(both(literal("ab"), ANYTHING), "ab"), is_among(NOTHING, "")
    (True, False)
    """
    for character in text:
        texts = after(texts, character)
    return has_blank(texts)


@lru_cache(maxsize=200_000)
def has_blank(texts: TextSet) -> bool:  # noqa: PLR0911 - a case a kind of set
    """Whether the empty text is among them."""
    match texts:
        case Blank():
            return True
        case Sequence(first=first, then=then):
            return has_blank(first) and has_blank(then)
        case Either(sets=sets):
            return any(map(has_blank, sets))
        case Both(sets=sets):
            return all(map(has_blank, sets))
        case Not(of=of):
            return not has_blank(of)
        case Repeated(of=of, fewest=fewest):
            return fewest == 0 or has_blank(of)
        case _:
            return False


@lru_cache(maxsize=200_000)
def after(texts: TextSet, character: str) -> TextSet:  # noqa: PLR0911 - a case a kind of set
    """What may follow a character: the rest of every text that begins with it."""
    match texts:
        case Characters(members=members):
            return BLANK if character in members else NOTHING
        case Sequence(first=first, then=then):
            rest = sequence(after(first, character), then)
            return either(rest, after(then, character)) if has_blank(first) else rest
        case Either(sets=sets):
            return either(*(after(each, character) for each in sets))
        case Both(sets=sets):
            return both(*(after(each, character) for each in sets))
        case Not(of=of):
            return without(after(of, character))
        case Repeated(of=of, fewest=fewest, most=most):
            rest = repeated(of, max(0, fewest - 1), None if most is None else most - 1)
            return sequence(after(of, character), rest)
        case _:
            return NOTHING
