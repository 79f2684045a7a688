"""Why answers hang together: villages and households lean one way or another, and choices attract those that lean their way.

Each village and each household has a vector of leanings; each choice of each question has a weight on every leaning, taken
from a hash of its name, so that the same form leans the same way on every machine. A hardship leaning and a contentment
leaning are recognised by the words that questionnaires use. It is a latent-factor model in its simplest form, meant to give
analyses something to find, not to resemble any place.
"""

import hashlib
import math
import random
import re
from functools import lru_cache
from typing import NamedTuple

from liuwen.form.vocabulary import AGREEMENT

LEANINGS = 5
HARDSHIP, CONTENTMENT = 0, 1

_HARD = re.compile(
    r"hardship|poor|allowance|guarantee|alone|left_behind|disab|ill|debt|disaster|loss|death|accident|medical|care|money"
)
_WELL = re.compile(r"producer|prosper|business|rich|wage|trade|skills|training|large")
_SCALE = (
    (0, re.compile(r"neutral|neither|^middle|^fair$|(^|_)same$|^average|so_so|unchanged|no_change|medium")),
    (2, re.compile(r"very_?(good|satisf|happy|high|easy|safe|important)|strongly_agree|excellent|^all$")),
    (-2, re.compile(r"very_?(poor|bad|dissatisf|unhappy|low|hard|difficult)|strongly_disagree|terrible")),
    (-1, re.compile(r"dissatisf|unsatisf|disagree|^poor|^bad|worse|fairly_(poor|bad)|difficult|^low|seldom|rarely")),
    (0, re.compile(r"sometimes|^some$")),
    (1, re.compile(r"satisf|agree|^good|better|fairly_good|often|^high|easy")),
)
_RARE = re.compile(
    r"^(dont_?know|do_not_know|dk|unknown|unsure|not_sure|refused?|rather_not.*|prefer_not.*|pnta|no_answer|na|98|99|88|77|-9[89])$",
    re.I,
)
_OTHER = re.compile(r"^(other|others|other_specify|oth|96)$", re.I)
_NONE = re.compile(r"^(none|nothing|nobody|no_?one|ordinary|none_of.*|0)$", re.I)
_YES = re.compile(r"^(yes|y|1|true|agree|ready|oui|si|是|同意)$", re.I)
_AT_THE_DOOR = re.compile(r"^visit_result$")


class Attraction(NamedTuple):
    """How a choice draws: `pull` for everyone, `weights` by leaning; `step` is its place on a scale from -2 to 2, if any."""

    pull: float
    weights: tuple[float, ...]
    step: int | None
    rare: bool
    none: bool


def village_leanings(seed: int, place: str) -> tuple[float, ...]:
    """How the people of a place lean, by its name; standard normal."""
    return _normals(f"{seed}|{place}")


def household_leanings(village: tuple[float, ...], own: random.Random) -> tuple[float, ...]:
    """How a household leans: half its village, half itself; variance one."""
    return tuple(0.7 * shared + 0.714 * own.gauss(0, 1) for shared in village)


def person_leanings(household: tuple[float, ...], who: str) -> tuple[float, ...]:
    """How one member or matter of a household leans: a third its household's, the rest its own; variance one."""
    return tuple(0.55 * shared + 0.835 * own for shared, own in zip(household, _normals(who), strict=True))


@lru_cache(maxsize=65536)
def attraction(question: str, value: str) -> Attraction:
    """How the choice `value` of `question` draws."""
    weights = list(_normals(f"{question}|{value}"))
    telling = 1.4 if _HARD.search(value) else -1.0 if _WELL.search(value) else None
    weights = [weight * (0.4 if telling else 0.8) for weight in weights]
    weights[HARDSHIP] = telling or weights[HARDSHIP] * 0.4
    weights[CONTENTMENT] *= 0.2
    pull = -1.1 + 0.5 * _normals(f"pull|{question}|{value}")[0]
    rare, none = bool(_RARE.match(value)), bool(_NONE.match(value))
    if rare or _OTHER.match(value):
        pull, weights = -3.3, [weight * 0.2 for weight in weights]
    if AGREEMENT.search(question) or _AT_THE_DOOR.match(question):
        pull, weights = (3.0 if _YES.match(value) else 0.0), [0.0] * LEANINGS
    return Attraction(pull, tuple(weights), _step(value) if not rare else None, rare, none)


@lru_cache(maxsize=4096)
def attractions(question: str, values: tuple[str, ...]) -> tuple[Attraction, ...]:
    """How each of several choices draws."""
    return tuple(attraction(question, value) for value in values)


@lru_cache(maxsize=4096)
def is_scale(values: tuple[str, ...]) -> bool:
    """Whether choices are the steps of a scale: three or more of them say where they stand, or they count 1, 2, 3, …"""
    steps = {_step(value) for value in values if not _RARE.match(value)}
    if len(steps - {None}) >= 3:
        return True
    numbers = [int(value) for value in values if value.isdecimal() and not _RARE.match(value)]
    return 3 <= len(numbers) == len(set(numbers)) <= 11 and sorted(numbers) == list(
        range(min(numbers), min(numbers) + len(numbers))
    )


@lru_cache(maxsize=65536)
def scale_position(values: tuple[str, ...], value: str) -> float:
    """Where a step stands, from -2 (worst) to 2 (best)."""
    step = _step(value)
    if step is not None:
        return step
    numbers = [int(each) for each in values if each.isdecimal() and not _RARE.match(each)]
    if not value.isdecimal() or len(numbers) < 2:
        return 0.0
    return 4 * (int(value) - min(numbers)) / (max(numbers) - min(numbers)) - 2


def is_other(value: str) -> bool:
    """Whether a choice stands for what the list does not name."""
    return bool(_OTHER.match(value))


def _step(value: str) -> int | None:
    lowered = value.lower()
    return next((step for step, words in _SCALE if words.search(lowered)), None)


@lru_cache(maxsize=65536)
def _normals(name: str) -> tuple[float, ...]:
    """As many standard normals as there are leanings, from a hash of the name (Box and Muller 1958)."""
    digest = hashlib.blake2b(name.encode(), digest_size=8 * LEANINGS).digest()
    uniform = [(int.from_bytes(digest[4 * i : 4 * i + 4], "big") + 0.5) / 2**32 for i in range(2 * LEANINGS)]
    return tuple(math.sqrt(-2 * math.log(uniform[2 * i])) * math.cos(2 * math.pi * uniform[2 * i + 1]) for i in range(LEANINGS))
