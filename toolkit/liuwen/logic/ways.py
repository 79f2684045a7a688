"""Ways to bring something about, one after another, and how they combine."""

from collections.abc import Iterator

from liuwen.logic.goals import Conflict, Goal, joined

MOST = 40
"""How many ways are kept."""
LOOKED_AT = 1500
"""How many are looked at before giving up, closed ones included."""

Way = dict[str, Goal] | Conflict | None
"""Goals that bring it about; or a way that is closed, and why; or None for one that cannot be worked out."""
Ways = Iterator[Way]


def bounded(ways: Ways) -> list[Way]:
    """The first ways, no two alike; None at the end says that there were more."""
    found: list[Way] = []
    closed: set[str] = set()
    open_ways = 0
    for number, way in enumerate(ways):
        if number == LOOKED_AT or open_ways == MOST:
            return [*found, None]
        if isinstance(way, Conflict):
            if way.sentence.en in closed:
                continue
            closed.add(way.sentence.en)
        elif way in found:
            continue
        open_ways += isinstance(way, dict)
        found.append(way)
    return found


def placed(way: Way, repeat: str, position: int) -> Way:
    """The goals for questions inside a repeat, said of its instance at `position` (from 1) alone."""
    if not isinstance(way, dict):
        return way
    inside = f"{repeat}/"
    return {
        f"{repeat}[{position}]/{path.removeprefix(inside)}" if path.startswith(inside) else path: goal
        for path, goal in way.items()
    }


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
