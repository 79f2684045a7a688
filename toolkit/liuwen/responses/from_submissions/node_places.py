"""What each node of some plain documents is to the form: a column, a group, a row of a repeat, or nothing known."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd

from liuwen.responses.from_submissions.raw_table import KNOWN, RawTable, Scope
from liuwen.responses.from_submissions.tag_arrays import Nodes, Numbers, OddDocuments

_META = ("meta",)


class Means(IntEnum):
    """What a node means."""

    ODD = 0
    """Only the parser can tell."""
    COLUMN = 1
    GROUP = 2
    ROW = 3
    UNKNOWN = 4
    IS_READ = 5


_LEAVES = np.array([means in {Means.COLUMN, Means.UNKNOWN, Means.IS_READ} for means in Means])


@dataclass(frozen=True, slots=True)
class NodePlace:
    """A place where nodes stand, reached by one path in one layout.

    Attributes:
        means: What a node there means.
        path: The names that lead there.
        table: The table that its answer, or what stands below it, belongs to.
        number: The number of its column in that table.
        scope: What stands below it.
    """

    means: Means
    path: tuple[str, ...] = ()
    table: RawTable | None = None
    number: int = 0
    scope: Scope | None = None


class NodePlaces:
    """All places that were met, numbered."""

    def __init__(self) -> None:
        self.all = [NodePlace(Means.ODD)]
        self._tops: dict[int, int] = {}
        self._below: dict[tuple[int, str], int] = {}

    def top(self, scope: Scope) -> int:
        """The number of a root's place."""
        if id(scope) not in self._tops:
            self._tops[id(scope)] = self._kept(NodePlace(Means.ROW, (), scope.table, scope=scope))
        return self._tops[id(scope)]

    def below(self, above: int, name: str) -> int:
        """The number of the place of a node below another."""
        if (above, name) not in self._below:
            self._below[above, name] = self._kept(_place(self.all[above], name))
        return self._below[above, name]

    def _kept(self, place: NodePlace) -> int:
        self.all.append(place)
        return len(self.all) - 1

    def means(self) -> Numbers:
        """What each means."""
        return np.array([place.means for place in self.all], np.int8)


def _place(above: NodePlace, name: str) -> NodePlace:
    if above.scope is None:
        return NodePlace(Means.ODD)
    path, step = (*above.path, name), above.scope.below.get(name)
    if isinstance(step, Scope):
        means = Means.GROUP if step.table is above.table else Means.ROW
        return NodePlace(means, path, step.table, scope=step)
    if step is None or step == KNOWN:
        return NodePlace(Means.UNKNOWN if step is None else Means.IS_READ, path, above.table)
    return NodePlace(Means.COLUMN, path, above.table, step)


@dataclass(frozen=True, slots=True)
class PlacedNodes:
    """Where nodes stand.

    Attributes:
        place: The number of each node's place.
        row: The row that each node lies in: first one a document, then those that nodes open, in document order.
        opening: The nodes that open a row.
    """

    place: Numbers
    row: Numbers
    opening: Numbers


def placed(nodes: Nodes, places: NodePlaces, tops: Sequence[int]) -> PlacedNodes:
    """Find the place of each node; `tops` are the places of the documents' roots.

    Raises `OddDocuments` where only the parser can tell.
    """
    levels = _by_level(nodes)
    place, above = _places(nodes, places, np.array(tops, np.int64), levels)
    means = places.means()[place]
    is_meta = np.array([each.path == _META for each in places.all])[place]
    twice = np.bincount(nodes.document[is_meta], minlength=nodes.documents) > 1
    odd = (means == Means.ODD) | (_LEAVES[means] & ~nodes.is_leaf) | twice[nodes.document]
    odd[_repeated_groups(nodes, place, above, means)] = True
    if odd.any():
        raise OddDocuments(np.unique(nodes.document[odd]))
    opening = np.flatnonzero(means == Means.ROW)
    return PlacedNodes(place, _rows(nodes, above, opening, levels), opening)


def _repeated_groups(nodes: Nodes, place: Numbers, above: Numbers, means: Numbers) -> Numbers:
    """Groups that stand more than once in one node."""
    groups = np.flatnonzero((means == Means.GROUP) & ~nodes.is_leaf)
    inside = np.where(nodes.level[groups] == 1, nodes.document[groups], nodes.documents + above[groups])
    _, which, counts = np.unique(place[groups] * (nodes.documents + len(nodes)) + inside, return_inverse=True, return_counts=True)
    return groups[counts[which] > 1]


def _places(nodes: Nodes, places: NodePlaces, tops: Numbers, levels: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
    """The place of each node, and the node above it."""
    place, above = np.zeros(len(nodes), np.int64), np.zeros(len(nodes), np.int64)
    upper = None
    for here in levels:
        if upper is None:
            beneath = tops[nodes.document[here]]
        else:
            above[here] = upper[np.searchsorted(upper, here) - 1]
            beneath = place[above[here]]
        steps, different = pd.factorize(beneath * len(nodes.names) + nodes.name[here])
        found = [places.below(*_step(key, nodes.names)) for key in different.tolist()]
        place[here] = np.array(found, np.int64)[steps]
        upper = here
    return place, above


def _step(key: int, names: tuple[str, ...]) -> tuple[int, str]:
    place, name = divmod(key, len(names))
    return place, names[name]


def _by_level(nodes: Nodes) -> list[Numbers]:
    deepest = int(nodes.level.max()) if len(nodes) else 0
    return [np.flatnonzero(nodes.level == level) for level in range(1, deepest + 1)]


def _rows(nodes: Nodes, above: Numbers, opening: Numbers, levels: Sequence[Numbers]) -> Numbers:
    """The row that each node lies in."""
    opened = np.full(len(nodes), -1)
    opened[opening] = nodes.documents + np.arange(len(opening))
    row, inside = nodes.document.copy(), np.zeros(len(nodes), np.int64)
    for level, here in enumerate(levels):
        if level:
            row[here] = inside[above[here]]
        inside[here] = np.where(opened[here] < 0, row[here], opened[here])
    return row
