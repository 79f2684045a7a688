"""One protection over everything that the same answers show: places within places, parts of the whole, bases of follow-ups.

The tables that can be asked for are linked: a town is the sum of its villages, a whole is the sum of its kinds. So a table is
protected from the coarsest place down. Where a place hides a figure, all places within it hide it; where it shows one, the
places within it are a line that adds up to it. A filter or a second grouping is protected within each place and along the
places, and hidden wherever the table without it hides. Of a question that everybody answers once, choices too rare for the
whole to show are pooled, because the others would give them away.

Bases are figures too. Two questions whose bases in a place differ by fewer than the minimum would say how many were asked one
and not the other, so that only one of the two is shown: that of the base which more questions share.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.disclosure import Protection
from liuwen.analysis.nested_levels import NestedLevels
from liuwen.analysis.shared_bases import SharedBases
from liuwen.analysis.states import Shown, States, own_states

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class LinkedTable:
    """Groups × choices, and how they hang together with the other tables of the same answers.

    Attributes:
        groups: The groups, a row each.
        asked: Those asked, per group.
        counts: Those that chose it, per group and choice.
        above: The coarser places of each group that are not among its own columns, the coarsest first.
        places: The columns of `groups` that are places, the coarsest first.
        one_each: Whether everybody gave one answer, so that the cells of a group add up to its base.
        few: Cells behind which stand fewer households than the minimum, however large their counts.
        sealed: Groups to hide whole.
        alone: Where several answers could be chosen, which choices stand alone (none, don't know, no answer); else None.
        strict: Whether nobody and everybody are hidden too.
        least: The smallest number that this question allows to be shown, if larger than the `minimum` asked for.
        always: The smallest number that anybody may be shown, whatever `minimum` is asked for.
        bases: The number asked each question; None if unknown.
        in_all: Those asked, including those that the table leaves out for now; None if it leaves out nobody.
        known: What was computed of the groups alone, also by other tables of the same groups.
        audits: What may be shown of each table that was audited, by its content: many tables have their wider levels in common.
    """

    groups: pd.DataFrame
    asked: Counts
    counts: Counts
    above: pd.DataFrame
    places: Sequence[str] = ()
    one_each: bool = False
    few: Mask | None = None
    sealed: Mask | None = None
    alone: Mask | None = None
    strict: bool = False
    least: int = 1
    always: int = 1
    bases: SharedBases | None = None
    in_all: Counts | None = None
    known: dict[Any, Any] = field(default_factory=dict)
    audits: dict[bytes, States] = field(default_factory=dict)

    @cached_property
    def _protections(self) -> dict[int, Protection]:
        return {}

    @cached_property
    def _with_more(self) -> "dict[bytes, LinkedTable]":
        return {}

    def beside(self, more: Counts) -> "LinkedTable":
        """The same with the columns of `more` after the choices."""
        key = more.tobytes()
        if key not in self._with_more:
            none = np.zeros(more.shape, dtype=bool)
            few = None if self.few is None else np.column_stack([self.few, none])
            alone = None if self.alone is None else np.append(self.alone, none[0])
            self._with_more[key] = replace(self, counts=np.column_stack([self.counts, more]), few=few, alone=alone)
        return self._with_more[key]

    @property
    def line_of(self) -> Counts:
        """The number of the coarser place of each group; one for all groups if there is no coarser place."""
        return NestedLevels(self, 1).places_above()

    def protected(self, minimum: int) -> Protection:
        """What may be shown of it, given all tables that are linked with it.

        >>> groups = pd.DataFrame({"village": ["a", "b", "c", "d"]})
        >>> towns = pd.DataFrame({"town": ["north", "north", "south", "south"]})
        >>> wanting = np.array([[2], [12], [14], [15]])
        >>> found = LinkedTable(groups, np.full(4, 30), wanting, towns, ["village"]).protected(5)
        >>> [Shown(state).name for state in found.cells[:, 0]]
        ['FEW', 'HIDDEN', 'YES', 'YES']
        """
        minimum = max(minimum, self.always)
        if not len(self.groups) or minimum <= 1:
            return Protection(np.zeros(len(self.asked), dtype=np.int8), np.zeros(self.counts.shape, dtype=np.int8))
        minimum = max(minimum, self.least)
        if minimum not in self._protections:
            self._protections[minimum] = self._audited(minimum)
        return self._protections[minimum]

    def shown_groups(self, minimum: int) -> States:
        """What may be shown of its groups, for which nobody's answers matter: that part of `protected` alone."""
        minimum = max(minimum, self.always)
        if not len(self.groups) or minimum <= 1:
            return np.zeros(len(self.asked), dtype=np.int8)
        return NestedLevels(self, max(minimum, self.least)).groups()

    def _audited(self, minimum: int) -> Protection:
        pooled = self._rare(minimum)
        if not pooled.any():
            return NestedLevels(self, minimum).finest()
        kept = ~pooled
        pool = self.counts[:, pooled].sum(axis=1)[:, np.newaxis]
        few = None if self.few is None else np.column_stack([self.few[:, kept], self.few[:, pooled].any(axis=1)])
        found = NestedLevels(replace(self, counts=np.column_stack([self.counts[:, kept], pool]), few=few), minimum).finest()
        cells = np.full(self.counts.shape, Shown.HIDDEN, dtype=np.int8)
        cells[:, kept] = found.cells[:, :-1]
        return Protection(found.groups, cells)

    def _rare(self, minimum: int) -> Mask:
        """The choices that the whole may not show, with as many others as their sum needs to be shown."""
        total, whole = self.counts.sum(axis=0), self.asked.sum()
        rare = self.one_each & (own_states(total, np.full_like(total, whole), minimum, strict=self.strict) != Shown.YES)
        while rare.any() and not rare.all() and (0 < total[rare].sum() < minimum or 0 < whole - total[rare].sum() < minimum):
            others = np.where(rare | (total == 0), np.iinfo(np.int64).max, total)
            if others.min() == np.iinfo(np.int64).max:
                break
            rare = rare | (np.arange(len(total)) == others.argmin())
        return np.asarray(rare, dtype=bool)
