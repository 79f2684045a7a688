"""Complementary suppression: more cells are hidden until no line of a table gives a hidden figure away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuwen.analysis.lines import Lines, beginnings, merged
from liuwen.analysis.states import FEW, HIDDEN, NEARLY_ALL, YES, Counts, States, own_states, stated_bounds

Mask = NDArray[np.bool_]
_NEVER = np.int64(2**62)
"""A bound that nothing passes."""


@dataclass(frozen=True, eq=False)
class OpenTable:
    """Groups × figures that need not add up across a group.

    Attributes:
        values: The figures.
        most: How many each could be at most.
        sealed: Groups that are hidden whole.
        roomy: Groups that have others beside them in every line.
        minimum: The smallest number that may be shown.
        bases: Whether the figures are bases: they are few or not, never nearly all.
        limits: How many at most each figure can be by what its group shows.
        strict: Whether nobody and everybody are hidden too.
    """

    values: Counts
    most: Counts
    sealed: Mask
    roomy: Mask
    minimum: int
    bases: bool = False
    limits: Counts | None = None
    strict: bool = False

    def covered(self, states: States, lines: Sequence[Counts]) -> States:
        """The states with more figures hidden, until no line gives one away; `lines` has the line of each group, each way."""
        if (states == YES).all():
            return states.copy()
        ways, sums, size = [], list[_Figures](), len(states)
        for line_of in lines:
            way, added = self._way(line_of, size)
            ways.append(way)
            sums.append(added)
            size += len(added.values)
        cells = _Cells.of(self, states, sums)
        changed = True
        while changed:
            changed = False
            for way in ways:
                changed |= way.cover(cells)
        return cells.states[: len(states)]

    def _way(self, line_of: Counts, size: int) -> "tuple[_Way, _Figures]":
        """One way of adding up; and the sums of the groups that are hidden whole, which stand from `size` on among the cells."""
        lines = Lines.of(line_of, np.arange(len(line_of)))
        rows, values, most = lines.rows, self.values[lines.rows], self.most[lines.rows]
        total, whole = lines.sums(values), most[lines.starts] if self.bases else lines.sums(most)
        said = self._total_states(total, whole)
        low, high = stated_bounds(total, whole, said, self.minimum)
        if not self.sealed.any():
            return _Way(rows, lines.numbers, lines.starts, low, high, said == YES), _Figures(values[:0], most[:0])
        lines, sums, (rows, values, most) = merged(lines, self.sealed[rows], (rows, values, most))
        rows[sums] = np.arange(size, size + int(sums.sum()))
        return _Way(rows, lines.numbers, lines.starts, low, high, said == YES), _Figures(values[sums], most[sums])

    def _total_states(self, total: Counts, whole: Counts) -> States:
        if self.bases:
            return np.where((total > 0) & (total < self.minimum), FEW, YES).astype(np.int8)
        states = own_states(total, whole, self.minimum, strict=self.strict)
        return np.where(whole < self.minimum, HIDDEN, states).astype(np.int8)


@dataclass(frozen=True, eq=False)
class _Figures:
    """The sums of groups that are hidden whole, since subtraction gives no more than that; and how many each could be."""

    values: Counts
    most: Counts


@dataclass(frozen=True, eq=False)
class _Cells:
    """The state of all cells, updated while more are hidden; after the groups' own cells come the sums of hidden groups.

    Attributes:
        states: What is shown of each.
        low: The lowest that each can be by its own cell.
        high: The highest.
        floor: Above this an outsider must not get with the lower bound of a cell that says "few" or "nearly all".
        ceiling: Below this not with its upper bound.
        room: How far apart the bounds of a cell that says nothing must be.
        free: How far apart they must be once it says nothing.
        most: How high each could be if it were hidden.
        cost: What hiding each would lose; infinite where there is nothing to hide.
    """

    states: States
    low: Counts
    high: Counts
    floor: Counts
    ceiling: Counts
    room: Counts
    free: Counts
    most: Counts
    cost: NDArray[np.float64]

    @classmethod
    def of(cls, table: OpenTable, states: States, sums: Sequence[_Figures]) -> "_Cells":
        minimum, own = table.minimum, len(states)
        values, most = (np.concatenate([one, *more]) for one, more in (
            (table.values, [each.values for each in sums]), (table.most, [each.most for each in sums])
        ))  # fmt: skip
        limits = most.copy()
        if table.limits is not None:
            limits[:own] = table.limits
        said = np.full(values.shape, HIDDEN, dtype=np.int8)
        said[:own] = states
        must_say = own_states(values, most, minimum, strict=table.strict)
        must_say[:own] = states
        low, high = stated_bounds(values, most, said, minimum)
        worded = (must_say == FEW) | (must_say == NEARLY_ALL)
        floor, ceiling = stated_bounds(values, most, must_say, minimum)
        free = np.minimum(minimum - 2, np.minimum(most, limits))
        cost = np.full(values.shape, np.inf)
        cost[:own] = _cost(table, states)
        return cls(
            said,
            low,
            high if table.limits is None else np.minimum(high, limits),
            np.where(worded, floor, _NEVER),
            np.where(worded, ceiling, -_NEVER),
            np.where(must_say == HIDDEN, free, -_NEVER),
            free,
            np.minimum(most, limits),
            cost,
        )

    def hide(self, rows: Counts, columns: Counts) -> None:
        """Hide more of them, without any word."""
        at = rows, columns
        self.states[at] = HIDDEN
        self.low[at], self.high[at] = 0, self.most[at]
        self.floor[at], self.ceiling[at], self.room[at] = _NEVER, -_NEVER, self.free[at]
        self.cost[at] = np.inf


def _cost(table: OpenTable, states: States) -> NDArray[np.float64]:
    values = table.values.astype(np.float64)
    far = np.where(table.roomy, 0.0, 1e12)[:, np.newaxis]
    small = np.where(values < table.minimum, np.inf if table.bases else 1e9 - values, values)
    return np.where(states == YES, small + far, np.inf)


@dataclass(frozen=True, eq=False)
class _Way:
    """One way of adding up: the cells of each line, and what its total tells.

    Attributes:
        rows: The rows of cells, line by line.
        numbers: The line of each.
        starts: Where each line begins.
        low: The lowest that the total of each line can be, by what is shown of it.
        high: The highest.
        shown: Whether the total is shown.
    """

    rows: Counts
    numbers: Counts
    starts: Counts
    low: Counts
    high: Counts
    shown: Mask

    def cover(self, cells: _Cells) -> bool:
        """Hide more until no line gives a cell away; whether anything was hidden."""
        part, changed = self._of(self._any((cells.states[self.rows] != YES).any(axis=1))), False
        while len(part.rows):
            more = part._hide_one(cells)
            changed |= bool(more.any())
            part = part._of(more)
        return changed

    def _of(self, lines: Mask) -> "_Way":
        """Some of its lines."""
        if lines.all():
            return self
        kept = lines[self.numbers]
        numbers = (np.cumsum(lines) - 1)[self.numbers[kept]]
        return _Way(self.rows[kept], numbers, beginnings(numbers), self.low[lines], self.high[lines], self.shown[lines])

    def _hide_one(self, cells: _Cells) -> Mask:
        """Hide one more figure in each column of each line that gives something away; the lines where any was hidden."""
        failing = self._given_away(cells)
        if not failing.any():
            return np.zeros(len(failing), dtype=bool)
        said, cost = cells.states[self.rows], cells.cost[self.rows]
        cheapest, first = Lines(self.rows, self.starts).least(cost)
        worded = (said == FEW) | (said == NEARLY_ALL)
        coverable = failing & np.isfinite(cheapest) & (self.shown | ~self._any(worded))
        wordless = worded & (failing & ~coverable)[self.numbers]
        numbers, columns = np.nonzero(coverable)
        cells.hide(self.rows[first[numbers, columns]], columns)
        rows, columns = np.nonzero(wordless)
        cells.hide(self.rows[rows], columns)
        return np.asarray(coverable.any(axis=1) | self._any(wordless).any(axis=1))

    def _given_away(self, cells: _Cells) -> Mask:
        """Where the bounds that an outsider can compute are narrower than those published, lines × columns."""
        low, high = cells.low[self.rows], cells.high[self.rows]
        floor = np.maximum(low, (self.low - self._sums(high))[self.numbers] + high)
        ceiling = np.minimum(high, (self.high - self._sums(low))[self.numbers] + low)
        narrowed = (floor > cells.floor[self.rows]) | (ceiling < cells.ceiling[self.rows])
        return self._any(narrowed | (ceiling - floor < cells.room[self.rows]))

    def _sums(self, figures: Counts) -> Counts:
        return np.asarray(np.add.reduceat(figures, self.starts, axis=0))

    def _any(self, mask: NDArray[Any]) -> Mask:
        return np.asarray(np.logical_or.reduceat(mask, self.starts, axis=0))
