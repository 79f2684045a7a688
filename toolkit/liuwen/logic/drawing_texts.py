"""A text drawn from a set of texts, or the proof that there is none."""

import random
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from liuwen.logic.text_sets import (
    DIGITS,
    LETTERS,
    NOTHING,
    UNIVERSE,
    Both,
    Characters,
    Either,
    Not,
    Repeated,
    Sequence,
    TextSet,
    after,
    has_blank,
)

_MOST_STATES = 6_000
_USUAL = frozenset(LETTERS + LETTERS.upper() + DIGITS)


class TooManyError(Exception):
    """The set has too many states to be searched through."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The states of a set that lead to an end: what characters lead from each to which, and how far the nearest end is."""

    start: TextSet
    steps: Mapping[TextSet, tuple[tuple[str, TextSet], ...]]
    distance: Mapping[TextSet, int]


def draw(texts: TextSet, chance: random.Random) -> str | None:
    """Draw a text from the set; None if the set is empty. Raises `TooManyError` if that cannot be decided.

    >>> from liuwen.logic.text_sets import literal, either
    >>> draw(either(literal("ab"), literal("cd")), random.Random(1)) in {"ab", "cd"}
    True
    """
    walk = walk_of(texts)
    if walk.start not in walk.distance:
        return None
    state, made = walk.start, ""
    goal = len(made) + walk.distance[state] + chance.choice((0, 0, 1, 2, 3, 5))
    while not (has_blank(state) and (len(made) >= goal or not walk.steps[state])):
        left = max(walk.distance[state], goal - len(made))
        open_steps = [step for step in walk.steps[state] if walk.distance[step[1]] < left] or [
            min(walk.steps[state], key=lambda step: walk.distance[step[1]])
        ]
        weights = [sum(6 if each in _USUAL else 1 for each in characters) for characters, _ in open_steps]
        characters, state = chance.choices(open_steps, weights)[0]
        usual = "".join(each for each in characters if each in _USUAL)
        made += chance.choice(usual or characters)
    return made


def is_empty(texts: TextSet) -> bool:
    """Whether a set has no text. Raises `TooManyError` if that cannot be decided.

    >>> from liuwen.logic.text_sets import both, literal
    >>> is_empty(both(literal("a"), literal("b")))
    True
    """
    walk = walk_of(texts)
    return walk.start not in walk.distance


@lru_cache(maxsize=512)
def walk_of(texts: TextSet) -> Walk:
    """The states of a set, forwards from its start, and the distance of each to an end, backwards."""
    classes = _classes(texts)
    steps: dict[TextSet, tuple[tuple[str, TextSet], ...]] = {}
    before: dict[TextSet, list[TextSet]] = {}
    waiting = [texts]
    while waiting:
        state = waiting.pop()
        if state in steps:
            continue
        if len(steps) >= _MOST_STATES:
            raise TooManyError
        gathered: dict[TextSet, str] = {}
        for members in classes:
            following = after(state, members[0])
            if following != NOTHING:
                gathered[following] = gathered.get(following, "") + members
        steps[state] = tuple((members, following) for following, members in gathered.items())
        for following in gathered:
            before.setdefault(following, []).append(state)
            waiting.append(following)
    distance = _distances([state for state in steps if has_blank(state)], before)
    alive = {state: tuple(step for step in onward if step[1] in distance) for state, onward in steps.items() if state in distance}
    return Walk(texts, alive, distance)


def _distances(ends: list[TextSet], before: Mapping[TextSet, list[TextSet]]) -> dict[TextSet, int]:
    distance = dict.fromkeys(ends, 0)
    waiting = deque(ends)
    while waiting:
        state = waiting.popleft()
        for earlier in before.get(state, ()):
            if earlier not in distance:
                distance[earlier] = distance[state] + 1
                waiting.append(earlier)
    return distance


def _classes(texts: TextSet) -> list[str]:
    """The characters, gathered by the sets of characters they are in: those of one class are never told apart."""
    sets = list(_character_sets(texts))
    alphabet = UNIVERSE.union(*(members for members in sets if len(members) < len(UNIVERSE))) if sets else UNIVERSE
    classes: dict[tuple[bool, ...], str] = {}
    for character in sorted(alphabet):
        key = tuple(character in members for members in sets)
        classes[key] = classes.get(key, "") + character
    return list(classes.values())


def _character_sets(texts: TextSet) -> set[frozenset[str]]:
    found: set[frozenset[str]] = set()
    seen: set[TextSet] = set()
    waiting = [texts]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        match current:
            case Characters(members=members):
                found.add(members)
            case Sequence(first=first, then=then):
                waiting += [first, then]
            case Either(sets=sets) | Both(sets=sets):
                waiting += sets
            case Not(of=of) | Repeated(of=of):
                waiting.append(of)
            case _:
                pass
    return found
