"""Complementary suppression: more cells are hidden until no line of a table gives a hidden figure away."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liuwen.analysis.lines import Lines, merged
from liuwen.analysis.states import FEW, HIDDEN, NEARLY_ALL, YES, Counts, States, own_states, stated_bounds

Mask = NDArray[np.bool_]


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
        states = states.copy()
        changed = bool((states != YES).any())  # where every figure is shown none is given away
        while changed:
            changed = False
            for line_of in lines:
                changed |= self._cover(states, line_of)
        return states

    def _cover(self, states: States, line_of: Counts) -> bool:
        """Hide more in the lines of one way of adding up; whether anything was hidden."""
        touched = np.bincount(line_of, (states != YES).any(axis=1)) > 0
        rows, changed = np.flatnonzero(touched[line_of]), False
        while len(rows):
            lines = Lines.of(line_of, rows)
            more = self._hide_one(states, lines)
            changed |= bool(more.any())
            rows = lines.rows[more[lines.numbers]]
        return changed

    def _hide_one(self, states: States, lines: Lines) -> Mask:
        """Hide one more figure in each column of each line that gives something away; the lines where any was hidden."""
        failing, total_shown = self._given_away(states, lines)
        if not failing.any():
            return np.zeros(len(failing), dtype=bool)
        said = states[lines.rows]
        cheapest, first = lines.least(self._cost(said, lines.rows))
        worded = (said == FEW) | (said == NEARLY_ALL)
        coverable = failing & np.isfinite(cheapest) & (total_shown | ~lines.any(worded))
        numbers, columns = np.nonzero(coverable)
        wordless = worded & (failing & ~coverable)[lines.numbers]
        states[lines.rows[first[numbers, columns]], columns] = HIDDEN
        rows, columns = np.nonzero(wordless)
        states[lines.rows[rows], columns] = HIDDEN
        return np.asarray(coverable.any(axis=1) | lines.any(wordless).any(axis=1))

    def _cost(self, said: States, rows: Counts) -> NDArray[np.float64]:
        """What hiding each figure would lose; infinite where there is nothing to hide."""
        values = self.values[rows].astype(np.float64)
        far = np.where(self.roomy[rows], 0.0, 1e12)[:, np.newaxis]
        small = np.where(values < self.minimum, np.inf if self.bases else 1e9 - values, values)
        return np.where(said == YES, small + far, np.inf)

    def _given_away(self, states: States, lines: Lines) -> tuple[Mask, Mask]:
        """Where the bounds that an outsider can compute are narrower than those published; and which totals are shown.

        Both are lines × columns.
        """
        said = states[lines.rows]
        values, most, limits = (each[lines.rows] for each in (self.values, self.most, self._limits))
        sealed = self.sealed[lines.rows]
        if sealed.any():
            limits = np.where(sealed[:, np.newaxis], most, limits)
            lines, sealed, (said, values, most, limits) = merged(lines, sealed, (said, values, most, limits))
            said = np.where(sealed[:, np.newaxis], HIDDEN, said)
        low, high = stated_bounds(values, most, said, self.minimum)
        own_high = high if self.limits is None else np.minimum(high, limits)
        total = lines.sums(values)
        whole = most[lines.starts] if self.bases else lines.sums(most)
        total_said = self._total_states(total, whole)
        total_low, total_high = stated_bounds(total, whole, total_said, self.minimum)
        others_high, others_low = lines.sums(own_high)[lines.numbers] - own_high, lines.sums(low)[lines.numbers] - low
        floor = np.maximum(low, total_low[lines.numbers] - others_high)
        ceiling = np.minimum(own_high, total_high[lines.numbers] - others_low)
        must_say = said
        if sealed.any():
            must_say = np.where(sealed[:, np.newaxis], own_states(values, most, self.minimum, strict=self.strict), said)
        wanted_low, wanted_high = stated_bounds(values, most, must_say, self.minimum)
        narrowed = (floor > wanted_low) | (ceiling < wanted_high)
        pinned = ceiling - floor < np.minimum(self.minimum - 2, np.minimum(most, limits))
        worded = (must_say == FEW) | (must_say == NEARLY_ALL)
        return lines.any((worded & narrowed) | ((must_say == HIDDEN) & pinned)), total_said == YES

    @property
    def _limits(self) -> Counts:
        return self.most if self.limits is None else self.limits

    def _total_states(self, total: Counts, whole: Counts) -> States:
        if self.bases:
            return np.where((total > 0) & (total < self.minimum), FEW, YES).astype(np.int8)
        states = own_states(total, whole, self.minimum, strict=self.strict)
        return np.where(whole < self.minimum, HIDDEN, states).astype(np.int8)
