"""The tables that a table is part of, from the whole down to the table itself: each with fewer columns, or coarser places.

Which groups they have and along which lines these add up depends on the groups alone, so that it is found once for all tables
of the same groups; and what may be shown of the groups depends on those asked alone, whatever they answered.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from liuwen.analysis.disclosure import Protection, protected_cells, protected_groups
from liuwen.analysis.lines import beginnings
from liuwen.analysis.plain_texts import plain_texts
from liuwen.analysis.states import HIDDEN, YES, Counts, States

if TYPE_CHECKING:
    from liuwen.analysis.linked import LinkedTable

Mask = NDArray[np.bool_]
_Name = tuple[tuple[str, ...], int]
"""The columns that are crossed with places, and how deep the places go."""


@dataclass(frozen=True, eq=False)
class Level:
    """The groups of one of these tables, in an order of their own: a level is protected alike in every table it is part of.

    Attributes:
        code: The group that each of the finest groups is part of.
        first: The first of the finest groups of each group.
        wider: The levels that this one adds up to.
        lines: For each of these, the group there that each group here is part of; without any, the one total.
    """

    code: Counts
    first: Counts
    wider: tuple[_Name, ...]
    lines: tuple[Counts, ...]

    @property
    def is_finest(self) -> bool:
        """Whether its groups are the finest ones."""
        return len(self.first) == len(self.code)

    @cached_property
    def digest(self) -> bytes:
        """What tells its lines from those of any other level."""
        return _digest((len(self.lines),), self.lines)

    @cached_property
    def _order(self) -> Counts:
        return np.argsort(self.code, kind="stable")

    @cached_property
    def _starts(self) -> Counts:
        return beginnings(self.code[self._order])

    def summed(self, figures: Counts) -> Counts:
        """Figures of the finest groups, a row each, summed over its own."""
        return np.asarray(np.add.reduceat(figures[self._order], self._starts, axis=0), dtype=np.int64)


@dataclass(frozen=True, eq=False)
class NestedLevels:
    """The levels of a table, each protected with what the wider ones hide."""

    table: "LinkedTable"
    minimum: int

    def groups(self) -> States:
        """What may be shown of each of the finest groups."""
        levels = self._levels
        finest = next(reversed(levels))
        return np.asarray(self._shown_groups()[finest][1][levels[finest].code])

    def finest(self) -> Protection:
        """What may be shown of the table itself."""
        levels, shown, cells = self._levels, self._shown_groups(), dict[_Name, States]()
        for names in self._steps:
            cells |= self._cells(names, shown, cells)
        finest = next(reversed(levels))
        code = levels[finest].code
        return Protection(shown[finest][1][code], cells[finest][code])

    def places_above(self) -> Counts:
        """The place above its own that each of the finest groups lies in."""
        return self._levels[(), len(self.table.above.columns)].code

    @property
    def _steps(self) -> list[list[_Name]]:
        """The levels, those together that do not add up to each other: they are audited at once."""
        steps: dict[int, list[_Name]] = {}
        for crossed, depth in self._levels:
            steps.setdefault(len(crossed) + depth, []).append((crossed, depth))
        return list(steps.values())

    @property
    def _levels(self) -> dict[_Name, Level]:
        """All levels, the wider ones first, the table itself last."""
        if "levels" not in self.table.known:
            self.table.known["levels"] = dict(self._made_levels())
        found: dict[_Name, Level] = self.table.known["levels"]
        return found

    def _made_levels(self) -> Iterator[tuple[_Name, Level]]:
        table, columns = self.table, _coded_columns(self.table)
        crossing = sorted(column for column in table.groups.columns if column not in table.places)
        chain = [*table.above.columns, *table.places]
        codes: dict[_Name, Counts] = {}
        for size in range(len(crossing) + 1):
            for crossed in combinations(crossing, size):
                for depth in range(len(chain) + 1):
                    name = crossed, depth
                    code = codes[name] = _numbered([columns[column] for column in (*chain[:depth], *crossed)], len(table.groups))
                    first = np.unique(code, return_index=True)[1]
                    lines = tuple(codes[wider][first] for wider in _wider(name)) or (np.zeros(len(first), dtype=np.int64),)
                    yield name, Level(code, first, _wider(name), lines)

    def _shown_groups(self) -> dict[_Name, tuple[Counts, States]]:
        """Of each level those asked, and what may be shown of its groups."""
        table, bases = self.table, self.table.bases
        told = (table.asked, table.sealed, table.in_all, None if bases is None else bases.counts)
        key = "shown groups", self.minimum, *(b"" if each is None else each.tobytes() for each in told)
        if key not in table.known:
            asked = {name: level.summed(table.asked) for name, level in self._levels.items()}
            sealed = self._sealed(asked)
            found: dict[_Name, States] = {}
            for names in self._steps:
                found |= self._groups(names, asked, sealed, found)
            table.known[key] = {name: (asked[name], found[name]) for name in self._levels}
        shown: dict[_Name, tuple[Counts, States]] = table.known[key]
        return shown

    def _sealed(self, asked: Mapping[_Name, Counts]) -> dict[_Name, Mask]:
        """The groups of each level that are hidden whole, or whose base is too near to that of another question."""
        table, levels = self.table, self._levels
        sealed = {name: np.zeros(len(own), dtype=bool) for name, own in asked.items()}
        if table.bases is not None:
            in_all = table.in_all
            pairs = [(levels[name], own if in_all is None else levels[name].summed(in_all)) for name, own in asked.items()]
            sealed = dict(zip(asked, table.bases.conflicting(pairs, self.minimum), strict=True))
        if table.sealed is not None:
            for name, level in levels.items():
                sealed[name] = sealed[name] | (level.is_finest & table.sealed[level.first])
        return sealed

    def _groups(
        self,
        names: Sequence[_Name],
        asked: Mapping[_Name, Counts],
        sealed: Mapping[_Name, Mask],
        wider: Mapping[_Name, States],
    ) -> dict[_Name, States]:
        """What may be shown of the groups of some levels."""
        parts, audits = [], self.table.audits
        for name in names:
            level, own, shut = self._levels[name], asked[name], sealed[name]
            for above, line in zip(level.wider, level.lines, strict=False):
                shut = shut | ((wider[above] != YES)[line] & (own > 0))
            parts.append((_digest((self.minimum, level.digest), (own, shut)), level, own, shut))
        new = [part for part in parts if part[0] not in audits]
        if new:
            levels = [part[1] for part in new]
            own, shut = (np.concatenate([part[at] for part in new]) for at in (2, 3))
            whole = np.concatenate([np.full_like(part[2], part[2].sum()) for part in new])
            states = protected_groups(own, _lines_together(levels), self.minimum, shut, whole)
            audits.update(zip((part[0] for part in new), _parted(states, levels), strict=True))
        return {name: audits[part[0]] for name, part in zip(names, parts, strict=True)}

    def _cells(
        self, names: Sequence[_Name], shown: Mapping[_Name, tuple[Counts, States]], wider: Mapping[_Name, States]
    ) -> dict[_Name, States]:
        """What may be shown of the cells of some levels."""
        table, parts = self.table, []
        alone = () if table.alone is None else (table.alone,)
        for name in names:
            level, (asked, groups) = self._levels[name], shown[name]
            counts = level.summed(table.counts)
            besides = self._besides(level, counts, wider)
            told = self.minimum, table.one_each, table.alone is None, table.strict, level.digest, counts.shape
            key = _digest(told, (asked, counts, besides, groups, *alone))
            parts.append((key, level, asked, counts, groups, besides))
        new = [part for part in parts if part[0] not in table.audits]
        if new:
            levels = [part[1] for part in new]
            asked, counts, groups, besides = (np.concatenate([part[at] for part in new]) for at in range(2, 6))
            cells = protected_cells(
                asked,
                counts,
                groups,
                _lines_together(levels),
                self.minimum,
                besides=besides,
                one_each=table.one_each,
                alone=table.alone,
                strict=table.strict,
            )
            table.audits.update(zip((part[0] for part in new), _parted(cells, levels), strict=True))
        return {name: table.audits[part[0]] for name, part in zip(names, parts, strict=True)}

    def _besides(self, level: Level, counts: Counts, wider: Mapping[_Name, States]) -> Mask:
        """The cells that are hidden because wider ones are, or too few households stand behind them."""
        besides = np.zeros(counts.shape, dtype=bool)
        for above, line in zip(level.wider, level.lines, strict=False):
            besides |= (wider[above] == HIDDEN)[line]
        if level.is_finest and self.table.few is not None:
            besides |= self.table.few[level.first]
        return besides


def _lines_together(levels: Sequence[Level]) -> list[Counts]:
    """The lines of several levels, one after the other; a level with fewer ways of adding up has its last one again."""
    ways = max(len(level.lines) for level in levels)
    found = []
    for way in range(ways):
        own = [level.lines[min(way, len(level.lines) - 1)] for level in levels]
        begins = np.cumsum([0, *(int(line.max()) + 1 for line in own[:-1])])
        found.append(np.concatenate([line + begin for line, begin in zip(own, begins, strict=True)]))
    return found


def _parted(states: States, levels: Sequence[Level]) -> list[States]:
    """The states of each of several levels."""
    return np.split(states, np.cumsum([len(level.first) for level in levels[:-1]]))


def _digest(told: tuple[object, ...], arrays: Sequence[NDArray[Any]]) -> bytes:
    return hashlib.sha256(repr(told).encode() + b"".join(each.tobytes() for each in arrays)).digest()


def _wider(level: _Name) -> tuple[_Name, ...]:
    crossed, depth = level
    coarser = [(crossed, depth - 1)] if depth else []
    return (*coarser, *((tuple(column for column in crossed if column != left), depth) for left in crossed))


def _coded_columns(table: "LinkedTable") -> dict[str, tuple[Counts, int]]:
    """Each column of the groups and of the places above as numbers in the order of its values; and how many there are."""
    return {str(name): _in_order(plain_texts(part[name])) for part in (table.above, table.groups) for name in part}


def _in_order(texts: Sequence[str]) -> tuple[Counts, int]:
    place = {text: number for number, text in enumerate(sorted(set(texts)))}
    return np.array([place[text] for text in texts], dtype=np.int64), max(len(place), 1)


def _numbered(columns: Sequence[tuple[Counts, int]], size: int) -> Counts:
    """The number of the combination of values of each group."""
    number = np.zeros(size, dtype=np.int64)
    for codes, values in columns:
        number = np.unique(number * values + codes, return_inverse=True)[1].reshape(-1)
    return np.asarray(number, dtype=np.int64)
