"""What is shown of a figure, and what a reader can infer from that alone."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
States = NDArray[np.int8]


class Shown(IntEnum):
    """Whether a figure may be shown, and if not, what is shown instead."""

    YES = 0
    FEW = 1
    NEARLY_ALL = 2
    HIDDEN = 3


YES, FEW, NEARLY_ALL, HIDDEN = (np.int8(state) for state in Shown)  # numpy compares these faster than an enumeration


def own_states(values: Counts, most: Counts, minimum: int, *, strict: bool = False) -> States:
    """What each figure may show of itself: whether some but few of `most` stand behind it, or some but few do not.

    Where `strict`, nobody and everybody are few as well, and no word is shown: "nobody" and "all" tell every one's answer.

    >>> [Shown(state).name for state in own_states(np.array([0, 2, 12, 30]), np.array([30, 30, 30, 30]), 5)]
    ['YES', 'FEW', 'YES', 'YES']
    >>> [Shown(state).name for state in own_states(np.array([0, 2, 12, 30]), np.array([30, 30, 30, 30]), 5, strict=True)]
    ['HIDDEN', 'HIDDEN', 'YES', 'HIDDEN']
    """
    if strict:
        return np.where((most > 0) & ((values < minimum) | (most - values < minimum)), HIDDEN, YES)
    some = (values > 0) & (values < most)
    few, nearly_all = some & (values < minimum), some & (most - values < minimum)
    said = np.where(few, FEW, np.where(nearly_all, NEARLY_ALL, YES))
    cramped = most < 2 * minimum - 1
    return np.where(cramped & (few | nearly_all), HIDDEN, said)


def stated_bounds(values: Counts, most: Counts, said: States, minimum: int) -> tuple[Counts, Counts]:
    """The lower and upper bound of each figure that a reader can infer from its own cell alone."""
    few, nearly_all, hidden = said == FEW, said == NEARLY_ALL, said == HIDDEN
    low = np.where(few, 1, np.where(nearly_all, most - minimum + 1, np.where(hidden, 0, values)))
    high = np.where(few, minimum - 1, np.where(nearly_all, most - 1, np.where(hidden, most, values)))
    return low, high
