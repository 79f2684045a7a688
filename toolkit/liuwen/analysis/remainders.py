"""What the cells of one group tell of each other, where several answers may be chosen but some stand alone.

Of those asked, each gave no answer, an answer that stands alone (none, don't know, would rather not say), or one or more others.
So with *any* = those who gave another answer:

- asked = any + the answers that stand alone + the blanks;
- each other answer was given by at most *any*, and all of them together at least *any* times.

Asked 30, road 20, none 8 leave 2 who did not answer or named something else only: a figure that no cell shows. In each
group cells are hidden until neither a hidden cell nor such a remainder can be computed from those shown.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from liuwen.analysis.states import FEW, HIDDEN, NEARLY_ALL, YES, Counts, States, stated_bounds

Mask = NDArray[np.bool_]

_FAR = 10**12


@dataclass(frozen=True, eq=False)
class _Rows:
    """Some groups: their cells, and which choices stand alone."""

    asked: Counts
    counts: Counts
    cells: States
    alone: Mask
    minimum: int

    def of(self, rows: Mask | Counts) -> "_Rows":
        """Some of them."""
        return replace(self, asked=self.asked[rows], counts=self.counts[rows], cells=self.cells[rows])

    @property
    def stated(self) -> tuple[Counts, Counts]:
        """The bounds that each cell tells of itself."""
        return stated_bounds(self.counts, np.broadcast_to(self.asked, self.counts.shape), self.cells, self.minimum)

    def bounds(self) -> tuple[Counts, Counts]:
        """The lower and upper bound of each cell that its group tells."""
        low, high = self.stated
        at_least, at_most = self._any(low, high)
        low_alone, high_alone = (self._sum(each, self.alone) for each in (low, high))
        high_others = self._sum(high, ~self.alone)
        floor = np.where(self.alone, self.asked - at_most - (high_alone - high), at_least - (high_others - high))
        ceiling = np.where(self.alone, self.asked - at_least - (low_alone - low), at_most)
        return np.maximum(low, floor), np.minimum(high, ceiling)

    def _any(self, low: Counts, high: Counts) -> tuple[Counts, Counts]:
        """The fewest and the most who gave an answer that does not stand alone."""
        fewest = np.where(self.alone, 0, low).max(axis=1, keepdims=True, initial=0)
        at_least = np.maximum(fewest, self.asked - self._sum(high, self.alone))
        return at_least, np.minimum(self._sum(high, ~self.alone), self.asked - self._sum(low, self.alone))

    def _sum(self, figures: Counts, columns: Mask) -> Counts:
        return np.asarray(np.where(columns, figures, 0).sum(axis=1, keepdims=True), dtype=np.int64)

    def narrowed(self) -> Mask:
        """The groups with a hidden cell whose bounds are narrower than its own words allow."""
        (low, high), (own_low, own_high) = self.bounds(), self.stated
        worded = (self.cells == FEW) | (self.cells == NEARLY_ALL)
        narrow = worded & ((low > own_low) | (high < own_high))
        small = self._few(self.counts) | self._few(self.asked - self.counts)
        pinned = (self.cells == HIDDEN) & small & (high - low < self.minimum - 2)
        return np.asarray((narrow | pinned).any(axis=1))

    def remainder_told(self) -> Mask:
        """The groups of which a remainder that points at somebody can be computed: those asked less some answers shown."""
        shown = self.cells == YES
        held = self._sum(self.counts, self.alone) - self._sum(np.where(shown, self.counts, 0), self.alone)
        given = np.maximum(self.asked - self._sum(self.counts, self.alone), 0)
        beside = np.maximum(given - self.counts, 0) + held
        told = self._few(beside) & shown & ~self.alone
        return np.asarray(told.any(axis=1) | self._few(given + held)[:, 0])

    def _few(self, figures: Counts) -> Mask:
        return np.asarray((figures > 0) & (figures < self.minimum))

    def hidden_more(self, narrow: Mask) -> States:
        """The cells with one more hidden in each group; first the words where they are too `narrow`."""
        cells = self.cells.copy()
        worded = ((cells == FEW) | (cells == NEARLY_ALL)) & narrow[:, np.newaxis]
        cells[worded] = HIDDEN
        free = (cells == YES) & (self.counts > 0)
        cost = np.where(free, self.counts + np.where(self.alone, 0, _FAR), 2 * _FAR)
        at = cost.argmin(axis=1)
        rows = np.flatnonzero(~worded.any(axis=1) & free.any(axis=1))
        cells[rows, at[rows]] = HIDDEN
        return cells


def without_remainders(asked: Counts, counts: Counts, cells: States, alone: Mask, minimum: int) -> tuple[States, Counts]:
    """The cells with more of them hidden, and how many at most each can be by what its group shows.

    Args:
        asked: Those asked, per group.
        counts: Those who chose it, per group and choice.
        cells: What may be shown so far.
        alone: Which choices stand alone; "asked and not answered" is one.
        minimum: The smallest number that may be shown.

    Returns:
        The states, and the largest value of each cell.

    Example:
        >>> road_none_blank = np.array([[20, 8, 2]])
        >>> cells, most = without_remainders(np.array([30]), road_none_blank, np.array([[0, 0, 1]], dtype=np.int8),
        ...     np.array([False, True, True]), 5)
        >>> cells.tolist()
        [[0, 3, 3]]
    """
    rows = _Rows(asked[:, np.newaxis], counts, cells, alone, minimum)
    failing = np.flatnonzero((cells != HIDDEN).any(axis=1) & (asked > 0))
    while len(failing):
        some = rows.of(failing)
        narrow = some.narrowed()
        told = narrow | some.remainder_told()
        failing, some = failing[told], some.of(told)
        more = some.hidden_more(narrow[told])
        changed = (more != some.cells).any(axis=1)
        cells = rows.cells.copy()
        cells[failing] = more
        rows, failing = replace(rows, cells=cells), failing[changed]
    return rows.cells, rows.bounds()[1]
