"""The short ways of visitors in a hurry: fewer members, *none* where it can be ticked, everything good, never *other*.

Each saves a page of the form: a member left out saves ten questions, *none* the follow-ups, a good mark the reasons, and what
*other* means need not be typed.
"""

from math import ceil

from liuwen.simulation.leanings import attraction, is_other

TICKS_NONE = 0.6
"""How often *none* is ticked where it is among the choices."""
GOOD = 1.0
"""The step that every scale gets, from -2 (worst) to 2 (best)."""
KEPT = 0.6
"""The part of the household that is written down."""


def without_other(offered: tuple[str, ...]) -> tuple[str, ...]:
    """The choices but *other*, unless there is nothing else.

    >>> without_other(("road", "water", "other"))
    ('road', 'water')
    """
    return tuple(value for value in offered if not is_other(value)) or offered


def nones(question: str, offered: tuple[str, ...]) -> tuple[str, ...]:
    """The choices that say that there is nothing to tell."""
    return tuple(value for value in offered if attraction(question, value).none)


def fewer(people: int) -> int:
    """How many of the people of a household are written down.

    >>> [fewer(people) for people in (0, 1, 2, 3, 4, 5)]
    [0, 1, 2, 2, 3, 3]
    """
    return ceil(KEPT * people)
