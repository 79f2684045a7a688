"""Stretches of days: the days on which something held, as disjoint stretches in order, both ends included."""

from collections.abc import Iterable

Stretch = tuple[int, int]
Stretches = tuple[Stretch, ...]


def united(stretches: Iterable[Stretch]) -> Stretches:
    """All days of these stretches, each once; a stretch that ends before it begins has none.

    >>> united([(5, 9), (1, 3), (4, 4), (20, 19)])
    ((1, 9),)
    """
    ordered = sorted(stretches)
    if len(ordered) == 1 and ordered[0][0] <= ordered[0][1]:
        return (ordered[0],)
    found: list[Stretch] = []
    for begins, ends in ordered:
        if ends < begins:
            continue
        if found and begins <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return tuple(found)


def shared(one: Stretches, other: Stretches) -> Stretches:
    """The days that both have.

    >>> shared(((1, 9),), ((3, 4), (8, 12)))
    ((3, 4), (8, 9))
    """
    met = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return tuple(sorted((begins, ends) for begins, ends in met if begins <= ends))


def less(one: Stretches, other: Stretches) -> Stretches:
    """The days of the first that the second has not.

    >>> less(((1, 9),), ((3, 4), (8, 12)))
    ((1, 2), (5, 7))
    """
    left = list(one)
    for begins, ends in other:
        left = [part for stretch in left for part in _cut(stretch, begins, ends)]
    return tuple(left)


def within(stretches: Stretches, begins: int, ends: int) -> Stretches:
    """The days from `begins` to `ends`."""
    return shared(stretches, ((begins, ends),)) if begins <= ends else ()


def length(stretches: Stretches) -> int:
    """How many days they have."""
    return sum(ends - begins + 1 for begins, ends in stretches)


def holds(stretches: Stretches, day: int) -> bool:
    """Whether the day is among them."""
    return any(begins <= day <= ends for begins, ends in stretches)


def _cut(stretch: Stretch, begins: int, ends: int) -> list[Stretch]:
    first, last = stretch
    parts = [(first, min(last, begins - 1)), (max(first, ends + 1), last)]
    return [part for part in parts if part[0] <= part[1]]
