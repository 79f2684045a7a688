"""The number asked each question of a form, by group: which of these bases may be shown together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from liuwen.analysis.states import Counts

if TYPE_CHECKING:
    from liuwen.analysis.nested_levels import Level

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class SharedBases:
    """The number asked, per group and question, the base that most questions share first."""

    counts: Counts
    known: dict[tuple[object, ...], Counts] = field(default_factory=dict)
    """Which bases are shown of any groups, by what all of theirs are."""

    @cached_property
    def _different(self) -> Counts:
        """The bases without those that are equal in every group to an earlier one."""
        first = {column.tobytes(): number for number, column in reversed(list(enumerate(self.counts.T)))}
        return self.counts[:, sorted(first.values())]

    @cached_property
    def _aligned(self) -> "dict[bytes, SharedBases]":
        return {}

    def aligned(self, at: Counts) -> "SharedBases":
        """Those of other groups, which stand `at` these places; -1 where nobody was asked anything."""
        known = self._aligned
        if at.tobytes() not in known:
            counts = np.where((at >= 0)[:, np.newaxis], self.counts[at], 0).astype(np.int64)
            known[at.tobytes()] = SharedBases(counts, self.known)
        return known[at.tobytes()]

    def conflicting(self, levels: Sequence[tuple["Level", Counts]], minimum: int) -> list[Mask]:
        """Of several levels, with those asked of their groups: where another question's base, shared by more, is too near."""
        bases = [level.summed(self._different) for level, _ in levels]
        together = np.concatenate(bases)
        key = together.tobytes(), together.shape, minimum
        if key not in self.known:
            self.known[key] = _shown_bases(together, minimum)
        asked = np.concatenate([own for _, own in levels])
        conflict = (self.known[key] != asked[:, np.newaxis]).all(axis=1) & (asked > 0)
        return np.split(conflict, np.cumsum([len(own) for _, own in levels[:-1]]))


def _shown_bases(bases: Counts, minimum: int) -> Counts:
    """The bases that are shown: in place of one too near to an earlier one, the first."""
    levels = np.empty_like(bases)
    for number, column in enumerate(bases.T):
        apart = np.abs(levels[:, :number] - column[:, np.newaxis])
        near = ((apart > 0) & (apart < minimum)).any(axis=1)
        levels[:, number] = np.where(near, levels[:, 0], column)
    return levels
