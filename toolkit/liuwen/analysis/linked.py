"""One protection over everything that the same answers show: places within places, parts of the whole, bases of follow-ups.

The tables that can be asked for are linked: a town is the sum of its villages, a whole is the sum of its kinds. So a table is
protected from the coarsest place down. Where a place hides a figure, all places within it hide it; where it shows one, the
places within it are a line that adds up to it. A filter or a second grouping is protected within each place and along the
places, and hidden wherever the table without it hides. Of a question that everybody answers once, choices too rare for the
whole to show are pooled, because the others would give them away.

Bases are figures too. Two questions whose bases in a place differ by fewer than the minimum would say how many were asked one
and not the other, so that only one of the two is shown: that of the base which more questions share.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.disclosure import Protection, protect
from liuwen.analysis.shared_bases import SharedBases, summed
from liuwen.analysis.states import Shown, own_states

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]
_Level = tuple[tuple[str, ...], int]


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
    known: dict[Any, Any] = field(default_factory=dict)
    audits: dict[bytes, Protection] = field(default_factory=dict)

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

    def lines(self) -> list[Counts]:
        """The groups of each coarser place; all groups if there is no coarser place."""
        if not len(self.above.columns):
            return [np.arange(len(self.groups))]
        if "lines" not in self.known:
            parents = self.above.groupby(list(self.above.columns), dropna=False, sort=False).ngroup().to_numpy()
            self.known["lines"] = [np.flatnonzero(parents == parent) for parent in np.unique(parents)]
        found: list[Counts] = self.known["lines"]
        return found

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

    def _audited(self, minimum: int) -> Protection:
        pooled = self._rare(minimum)
        if not pooled.any():
            return _Levels(self, minimum).finest()
        kept = ~pooled
        pool = self.counts[:, pooled].sum(axis=1)[:, np.newaxis]
        few = None if self.few is None else np.column_stack([self.few[:, kept], self.few[:, pooled].any(axis=1)])
        found = _Levels(replace(self, counts=np.column_stack([self.counts[:, kept], pool]), few=few), minimum).finest()
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


@dataclass(frozen=True, eq=False)
class _Levels:
    """The tables from the whole down to the one asked for, each protected with what the wider ones hide."""

    table: LinkedTable
    minimum: int

    @property
    def _codes(self) -> dict[str, tuple[Counts, int]]:
        """Each column of the groups and of the places above as numbers in the order of its values; and how many there are."""
        if "codes" not in self.table.known:
            parts = self.table.above, self.table.groups
            columns = {str(name): part[name].to_numpy(dtype=object, na_value="") for part in parts for name in part}
            numbered = {name: pd.factorize(values, sort=True) for name, values in columns.items()}
            self.table.known["codes"] = {
                name: (np.asarray(codes, dtype=np.int64), max(len(values), 1)) for name, (codes, values) in numbered.items()
            }
        found: dict[str, tuple[Counts, int]] = self.table.known["codes"]
        return found

    def finest(self) -> Protection:
        table = self.table
        crossing = sorted(column for column in table.groups.columns if column not in table.places)
        chain = [*table.above.columns, *table.places]
        known: dict[_Level, Protection] = {}
        codes: dict[_Level, Counts] = {}
        for size in range(len(crossing) + 1):
            for crossed in combinations(crossing, size):
                for depth in range(len(chain) + 1):
                    codes[crossed, depth] = self._numbered([*chain[:depth], *crossed])
                    known[crossed, depth] = self._protected((crossed, depth), known, codes)
        last: _Level = (tuple(crossing), len(chain))
        return Protection(known[last].groups[codes[last]], known[last].cells[codes[last]])

    def _numbered(self, columns: list[str]) -> Counts:
        """The groups of a level in an order of their own, so that a level is protected alike in every table it is part of."""
        key = "numbers", tuple(columns)
        if key not in self.table.known:
            number = np.zeros(len(self.table.asked), dtype=np.int64)
            for column in columns:
                codes, size = self._codes[column]
                number = np.unique(number * size + codes, return_inverse=True)[1].reshape(-1)
            self.table.known[key] = np.asarray(number, dtype=np.int64)
        found: Counts = self.table.known[key]
        return found

    def _protected(self, level: _Level, known: dict[_Level, Protection], codes: dict[_Level, Counts]) -> Protection:
        table, code = self.table, codes[level]
        first = np.unique(code, return_index=True)[1]
        asked, counts = summed(table.asked[:, np.newaxis], code)[:, 0], summed(table.counts, code)
        lines, sealed, besides = [], self._conflicting(code, asked), np.zeros(counts.shape, dtype=bool)
        for wider in _wider(level):
            above = codes[wider][first]
            lines.append(above)
            sealed |= (known[wider].groups != Shown.YES)[above] & (asked > 0)
            besides |= (known[wider].cells == Shown.HIDDEN)[above]
        if len(first) == len(code):
            besides |= False if table.few is None else table.few[first]
            sealed |= False if table.sealed is None else table.sealed[first]
        lines = lines or [np.zeros(len(first), dtype=np.int64)]
        arrays = (asked, counts, besides, sealed, *lines, *(() if table.alone is None else (table.alone,)))
        told = self.minimum, table.one_each, table.alone is None, table.strict, len(lines), counts.shape
        key = hashlib.sha256(repr(told).encode() + b"".join(each.tobytes() for each in arrays)).digest()
        if key not in table.audits:
            table.audits[key] = protect(
                asked,
                counts,
                minimum=self.minimum,
                lines=lines,
                besides=besides,
                sealed=sealed,
                one_each=table.one_each,
                alone=table.alone,
                strict=table.strict,
            )
        return table.audits[key]

    def _conflicting(self, code: Counts, asked: Counts) -> Mask:
        """Where the base is not shown because another question's, shared by more, is too near."""
        if self.table.bases is None:
            return np.zeros(len(asked), dtype=bool)
        return self.table.bases.conflicting(code, asked, self.minimum)


def _wider(level: _Level) -> list[_Level]:
    crossed, depth = level
    coarser = [(crossed, depth - 1)] if depth else []
    return coarser + [(tuple(column for column in crossed if column != left), depth) for left in crossed]
