"""Many plain submissions at once: their rows, as columns."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import Any

import numpy as np
import pyarrow as pa

from liuwen.responses.from_submissions.instance import Identity, identity_of
from liuwen.responses.from_submissions.node_places import Means, NodePlaces, PlacedNodes, placed
from liuwen.responses.from_submissions.plain_xml import PlainXml, plain_xml
from liuwen.responses.from_submissions.raw_table import RawTable, Scope, without_spaces
from liuwen.responses.from_submissions.tag_arrays import Nodes, Numbers, OddDocuments, nodes_of
from liuwen.responses.versions import plain_version

ScopeOf = Callable[[str], Scope]
"""What may stand in the submissions of a version."""


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """A value that the form does not know: its document, table, row key, path and text."""

    document: int
    table: RawTable
    key: str
    path: str
    value: str


@dataclass(frozen=True, slots=True)
class BatchRows:
    """The rows of one table.

    Attributes:
        table: The table.
        documents: The document of each row.
        keys: Its place below its submission.
        parents: That of the row it belongs to.
        columns: Its cells, column by column.
    """

    table: RawTable
    documents: Numbers
    keys: list[str]
    parents: list[str]
    columns: list[Any]


@dataclass(frozen=True, slots=True)
class PlainBatch:
    """Submissions that were read at once.

    Attributes:
        given: Which of those given they are.
        documents: Each with its root.
        meta: What stands in the `meta` of each.
        rows: Their rows, a table each.
        unknown: What the form does not know, in document order.
    """

    given: list[int]
    documents: list[PlainXml]
    meta: list[dict[str, str]]
    rows: list[BatchRows]
    unknown: list[UnknownValue] = field(default_factory=list)

    def who(self, number: int) -> Identity:
        """Who a document says it is."""
        return identity_of(self.documents[number].root, self.meta[number])


def plain_batch(given: Sequence[bytes], scope_of: ScopeOf) -> PlainBatch | None:
    """Those of some submissions that are plain; None if none is, so that the parser has to read all."""
    plain = {number: document for number, xml in enumerate(given) if (document := plain_xml(xml)) is not None}
    while plain:
        try:
            return _read(list(plain), list(plain.values()), scope_of)
        except OddDocuments as odd:
            plain = {number: each for place, (number, each) in enumerate(plain.items()) if place not in odd.which}
    return None


def _read(given: list[int], documents: list[PlainXml], scope_of: ScopeOf) -> PlainBatch:
    places = NodePlaces()
    nodes = nodes_of([document.body for document in documents])
    tops = [places.top(scope_of(plain_version(document.root.get("version") or ""))) for document in documents]
    where = placed(nodes, places, tops)
    keys, parents = _keys(nodes, where, places)
    rows = list(_tables(nodes, where, places, tops, keys, parents))
    return PlainBatch(given, documents, _meta(nodes, where, places), rows, list(_unknown(nodes, where, places, keys)))


def _keys(nodes: Nodes, where: PlacedNodes, places: NodePlaces) -> tuple[list[str], list[str]]:
    """The key of each row, and that of its parent."""
    keys, parents = [""] * nodes.documents, [""] * nodes.documents
    counts: Counter[tuple[int, str]] = Counter()
    for above, place in zip(where.row[where.opening].tolist(), where.place[where.opening].tolist(), strict=True):
        name = _table(places, place).table.name
        counts[above, name] += 1
        parents.append(keys[above])
        keys.append(intern(f"{keys[above]}/{name}[{counts[above, name]}]".lstrip("/")))  # the same in every submission
    return keys, parents


def _table(places: NodePlaces, place: int) -> RawTable:
    table = places.all[place].table
    assert table is not None, "every place that opens a row has a table"
    return table


def _tables(  # noqa: PLR0917 - all that is known of the nodes
    nodes: Nodes, where: PlacedNodes, places: NodePlaces, tops: Sequence[int], keys: list[str], parents: list[str]
) -> Iterator[BatchRows]:
    tables = list({id(each.table): each.table for each in places.all if each.table is not None}.values())
    numbers = {id(table): number for number, table in enumerate(tables)}
    table_of = np.array([numbers.get(id(each.table), -1) for each in places.all])
    row_tables = table_of[np.concatenate([np.array(tops, np.int64), where.place[where.opening]])]
    document = np.concatenate([np.arange(nodes.documents), nodes.document[where.opening]])
    is_cell = np.flatnonzero(places.means()[where.place] == Means.COLUMN)
    cell_tables = table_of[where.place[is_cell]]
    column_of = np.array([each.number for each in places.all])
    for number, table in enumerate(tables):
        rows = np.flatnonzero(row_tables == number)
        if len(rows):
            cells = is_cell[cell_tables == number]
            grid = _grid(nodes, where.row[cells], column_of[where.place[cells]], cells, rows, len(table.table.columns))
            columns = _columns(nodes.pieces, grid)
            told = [keys[row] for row in rows.tolist()], [parents[row] for row in rows.tolist()]
            yield BatchRows(table, document[rows], *told, columns)


def _grid(  # noqa: PLR0917 - the cells of one table
    nodes: Nodes, row: Numbers, column: Numbers, cells: Numbers, rows: Numbers, columns: int
) -> Numbers:
    """The number of the text in each cell, column by column; -1 for no text."""
    at = column * len(rows) + np.searchsorted(rows, row)
    twice = np.bincount(at, minlength=1) > 1
    if twice.any():
        raise OddDocuments(np.unique(nodes.document[cells[twice[at]]]))
    grid = np.full(columns * len(rows), -1)
    grid[at] = nodes.text[cells]
    return grid.reshape(columns, len(rows))


def _columns(pieces: Any, grid: Numbers) -> list[Any]:
    """The cells, column by column; all are taken from the documents at once."""
    texts, rows = grid.ravel(), grid.shape[1]
    cells = without_spaces(pieces.take(pa.array(texts, mask=texts < 0)).view(pa.string()))
    return [cells.slice(column * rows, rows) for column in range(len(grid))]


def _meta(nodes: Nodes, where: PlacedNodes, places: NodePlaces) -> list[dict[str, str]]:
    in_meta = np.array([len(each.path) == 2 and each.path[0] == "meta" for each in places.all])
    found = np.flatnonzero(in_meta[where.place] & nodes.is_leaf)
    told: list[dict[str, str]] = [{} for _ in range(nodes.documents)]
    for document, place, text in _texts(nodes, where, found):
        told[document].setdefault(places.all[place].path[1], text.strip())
    return told


def _unknown(nodes: Nodes, where: PlacedNodes, places: NodePlaces, keys: list[str]) -> Iterator[UnknownValue]:
    found = np.flatnonzero(places.means()[where.place] == Means.UNKNOWN)
    for (document, place, text), row in zip(_texts(nodes, where, found), where.row[found].tolist(), strict=True):
        if text and not text.isspace():
            yield UnknownValue(document, _table(places, place), keys[row], "/".join(places.all[place].path), text)


def _texts(nodes: Nodes, where: PlacedNodes, found: Numbers) -> Iterator[tuple[int, int, str]]:
    """Document, place and text of some leaves."""
    texts = nodes.pieces.take(pa.array(nodes.text[found])).view(pa.string()).to_pylist()
    return zip(nodes.document[found].tolist(), where.place[found].tolist(), texts, strict=True)
