"""The number asked each question of a form, by group: which of these bases may be shown together."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from liuwen.analysis.states import Counts

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class SharedBases:
    """The number asked, per group and question, the base that most questions share first."""

    counts: Counts

    @cached_property
    def _levels(self) -> dict[tuple[bytes, int], Counts]:
        return {}

    @cached_property
    def _aligned(self) -> "dict[bytes, SharedBases]":
        return {}

    def aligned(self, at: Counts) -> "SharedBases":
        """Those of other groups, which stand `at` these places; -1 where nobody was asked anything."""
        known = self._aligned
        if at.tobytes() not in known:
            known[at.tobytes()] = SharedBases(np.where((at >= 0)[:, np.newaxis], self.counts[at], 0).astype(np.int64))
        return known[at.tobytes()]

    def conflicting(self, code: Counts, asked: Counts, minimum: int) -> Mask:
        """Where the base is not shown because another question's, shared by more, is too near.

        `code` puts the groups together, `asked` are those asked of the groups made so.
        """
        key = code.tobytes(), minimum
        if key not in self._levels:
            self._levels[key] = _levels(summed(self.counts, code), minimum)
        return np.asarray((self._levels[key] != asked[:, np.newaxis]).all(axis=1) & (asked > 0))


def _levels(bases: Counts, minimum: int) -> Counts:
    """The bases that are shown: in place of one too near to an earlier one, the first."""
    levels = np.empty_like(bases)
    for number, column in enumerate(bases.T):
        apart = np.abs(levels[:, :number] - column[:, np.newaxis])
        near = ((apart > 0) & (apart < minimum)).any(axis=1)
        levels[:, number] = np.where(near, levels[:, 0], column)
    return levels


def summed(columns: Counts, code: Counts) -> Counts:
    """The columns summed over the rows with the same code.

    >>> summed(np.array([[1], [2], [4]]), np.array([0, 1, 0])).tolist()
    [[5], [2]]
    """
    order = np.argsort(code, kind="stable")
    starts = np.concatenate([[0], np.flatnonzero(np.diff(code[order])) + 1])
    return np.asarray(np.add.reduceat(columns[order], starts, axis=0), dtype=np.int64)
