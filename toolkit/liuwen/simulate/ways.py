"""Ways to bring something about, one after another, and how they combine."""

from collections.abc import Iterator

from liuwen.simulate.goals import Conflict, Goal, joined

MOST = 60
"""How many ways are looked at before giving up."""

Way = dict[str, Goal] | Conflict | None
"""Goals that bring it about; or a way that is closed, and why; or None for one that cannot be worked out."""
Ways = Iterator[Way]


def bounded(ways: Ways) -> list[Way]:
    """The first ways; None at the end says that there were more."""
    found: list[Way] = []
    for way in ways:
        if len(found) == MOST:
            return [*found, None]
        found.append(way)
    return found


def combined(sides: list[list[Way]]) -> Ways:
    """Every way to take one of each side at once."""
    if not sides:
        yield {}
        return
    for first in sides[0]:
        if isinstance(first, Conflict):
            yield first
            continue
        for rest in combined(sides[1:]):
            if first is None or rest is None:
                # The part that was understood is still worth trying, but it proves nothing.
                known = first if rest is None else rest
                yield from [known, None] if isinstance(known, dict) and known else [None]
            elif isinstance(rest, Conflict):
                yield rest
            else:
                try:
                    yield joined(first, rest)
                except Conflict as closed:
                    yield closed
