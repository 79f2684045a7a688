"""Tables whose cells add up to the base of each group: groups that are shown whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liuwen.analysis.lines import Lines, merged
from liuwen.analysis.states import HIDDEN, YES, Counts, States, own_states

Mask = NDArray[np.bool_]


def closed_rows(
    asked: Counts, counts: Counts, cells: States, *, sealed: Mask, lines: Sequence[Counts], minimum: int, strict: bool = False
) -> States:
    """Where cells of a group add up to its base: groups that are shown whole or not at all, and what that asks of others.

    A group with a cell that may not be shown is closed: all its cells are hidden without any bounds. Of the closed
    groups of a line an outsider knows the bases and, from the total, the sum of each choice; the bounds of each cell are then
    those of Fréchet, and exact. Groups are closed, the smallest first, until they leave room enough.
    """
    table = _ClosedTable(asked, counts, sealed, minimum, strict)
    closed = (cells != YES).any(axis=1) | sealed
    changed = bool(closed.any())
    while changed:
        changed = False
        for line_of in lines:
            changed |= table.close_more(closed, line_of)
    return np.where(closed[:, np.newaxis], HIDDEN, cells).astype(np.int8)


@dataclass(frozen=True, eq=False)
class _ClosedTable:
    asked: Counts
    counts: Counts
    sealed: Mask
    minimum: int
    strict: bool

    def close_more(self, closed: Mask, line_of: Counts) -> bool:
        """Close more groups in the lines of one way of adding up, in place; whether any was closed."""
        rows, changed = np.flatnonzero((np.bincount(line_of, closed) > 0)[line_of]), False
        while len(rows):
            lines = Lines.of(line_of, rows)
            failing = self._given_away(closed, lines)
            open_ones = np.where(closed[lines.rows], np.iinfo(np.int64).max, self.asked[lines.rows])
            closed[lines.rows[lines.least(open_ones)[1][failing]]] = True
            changed |= bool(failing.any())
            rows = lines.rows[failing[lines.numbers]]
        return changed

    def _given_away(self, closed: Mask, lines: Lines) -> Mask:
        """The lines whose closed groups can be computed, and where another could still be closed."""
        shut = closed[lines.rows]
        total, whole = lines.sums(self.counts[lines.rows]), lines.sums(self.asked[lines.rows])
        shown = own_states(total, whole[:, np.newaxis], self.minimum, strict=self.strict) == YES
        possible = lines.any(shut) & lines.any(~shut) & shown.all(axis=1)
        found = np.zeros(len(lines.starts), dtype=bool)
        rows = lines.rows[shut & possible[lines.numbers]]
        if len(rows):
            numbers = lines.numbers[shut & possible[lines.numbers]]
            found[np.unique(numbers)] = self._can_be_computed(Lines(rows, np.flatnonzero(np.diff(numbers, prepend=-1))))
        return found

    def _can_be_computed(self, lines: Lines) -> Mask:
        """Of lines of closed groups."""
        counts, bases, sealed = self.counts[lines.rows], self.asked[lines.rows], self.sealed[lines.rows]
        if sealed.any():
            lines, _, (counts, bases) = merged(lines, sealed, (counts, bases))
        sums, base = lines.sums(counts), lines.sums(bases)[:, np.newaxis]
        few = ((sums > 0) & (sums < self.minimum)) | ((sums < base) & (base - sums < self.minimum))
        own, own_sums, own_base = bases[:, np.newaxis], sums[lines.numbers], base[lines.numbers]
        room = np.minimum(own, own_sums) - np.maximum(0, own + own_sums - own_base)
        sensitive = own_states(counts, own, self.minimum, strict=self.strict) != YES
        return np.asarray(few.any(axis=1) | lines.any(sensitive & (room < self.minimum - 2)).any(axis=1))
