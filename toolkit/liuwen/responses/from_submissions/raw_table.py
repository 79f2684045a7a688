"""Gathered rows before they are typed: texts as they came, kept as Arrow columns so that many of them need little memory."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from liuwen.responses.memory import release_memory
from liuwen.responses.plan import Table

NOT_ASKED = None
"""In a raw cell: the question was not asked."""
ASKED_BLANK = ""
"""In a raw cell: the question was asked and left blank."""
UNSURE = "\0"
"""In a raw cell: no answer, and the source cannot tell whether the question was asked."""

Cell = str | None
Cells = Any  # a pyarrow.ChunkedArray of texts: the cells of one column
_ROWS_OF_A_CHUNK = 512
_RELEASED_TOGETHER = 8
"""Columns after which free memory is given back."""


def cells_of(cells: Iterable[Cell]) -> Cells:
    """Cells as a column."""
    return pa.chunked_array([pa.array(cells if isinstance(cells, list | tuple) else list(cells), pa.string())])


@dataclass(slots=True)
class RawTable:
    """Rows as they come, one cell a column of the plan, each with its submission and its place under it."""

    table: Table
    submissions: list[int] = field(default_factory=list)
    """Which submission each row belongs to, by the order they were read in."""
    keys: list[str] = field(default_factory=list)
    """The row's own place below its submission: "member[1]/illness[2]", "" for the submission itself."""
    parents: list[str] = field(default_factory=list)
    _chunks: list[list[Any]] = field(default_factory=list)
    _waiting: list[Sequence[Cell]] = field(default_factory=list)
    """The newest rows, not yet in columns."""

    @classmethod
    def of_columns(
        cls, table: Table, columns: Iterable[Any], submissions: list[int], keys: list[str], parents: list[str]
    ) -> "RawTable":
        """The rows whose cells are given column by column, as Arrow arrays."""
        chunk = list(columns)
        return cls(table, submissions, keys, parents, [chunk] if submissions else [])

    def __len__(self) -> int:
        return len(self.submissions)

    def blank_row(self) -> list[Cell]:
        """A row in which nothing was asked."""
        return [NOT_ASKED] * len(self.table.columns)

    def add(self, row: Sequence[Cell], submission: int, key: str, parent: str) -> None:
        """Take in a row, which may still be filled until the next one is taken in."""
        if len(self._waiting) >= _ROWS_OF_A_CHUNK:
            self._pack()
        self._waiting.append(row)
        self.submissions.append(submission)
        self.keys.append(key)
        self.parents.append(parent)

    def extend(self, other: "RawTable", first: int) -> None:
        """Take in rows that were gathered elsewhere; their submissions are numbered from `first`."""
        self._pack()
        other._pack()
        self._chunks += other._chunks
        self.submissions += [first + submission for submission in other.submissions]
        self.keys += other.keys
        self.parents += other.parents

    def add_columns(self, columns: list[Any], submissions: list[int], keys: list[str], parents: list[str]) -> None:
        """Take in rows whose cells are given column by column."""
        self._pack()
        if submissions:
            self._chunks.append(columns)
        self.submissions += submissions
        self.keys += keys
        self.parents += parents

    def taken_out(self) -> "RawTable":
        """The rows so far, in a table of their own; none are left here."""
        self._pack()
        rows = RawTable(self.table, self.submissions, self.keys, self.parents, self._chunks)
        self.submissions, self.keys, self.parents, self._chunks = [], [], [], []
        return rows

    def compact(self) -> None:
        """Give each column memory of its own: what was read together shares some, which is free only when all of it is."""
        self._pack()
        if self._chunks:
            self._chunks = [[pa.concat_arrays(chunks) for chunks in zip(*self._chunks, strict=True)]]

    def of(self, numbers: Mapping[int, int]) -> "RawTable":
        """The rows of some submissions, each under the number that it is given there."""
        rows = [row for row, submission in enumerate(self.submissions) if submission in numbers]
        moved = [numbers[self.submissions[row]] for row in rows]
        if len(rows) < len(self):
            return self.reordered(rows, moved)
        self._pack()
        return RawTable(self.table, moved, self.keys, self.parents, self._chunks)

    def columns(self) -> list[Cells]:
        """The cells, column by column."""
        self._pack()
        return [_joined(chunks) for chunks in zip(*self._chunks, strict=True)] or [
            pa.chunked_array([], pa.string()) for _ in self.table.columns
        ]

    def drained(self) -> Iterator[Cells]:
        """The cells, column by column; the memory of each is free once the next is asked for."""
        columns = self.columns()[::-1]
        self._chunks.clear()
        while columns:
            if len(columns) % _RELEASED_TOGETHER == 0:
                release_memory()
            yield columns.pop()

    def rows(self) -> list[list[Cell]]:
        """The cells, row by row."""
        columns = [column.cast(pa.string()).to_pylist() for column in self.columns()]
        return [list(row) for row in zip(*columns, strict=True)] if columns else [[] for _ in self.submissions]

    def reordered(self, rows: Sequence[int], submissions: list[int]) -> "RawTable":
        """Some of the rows, in another order and under other submissions."""
        chunk = [column.take(pa.array(rows, pa.int64())).combine_chunks() for column in self.columns()]
        keys, parents = [self.keys[row] for row in rows], [self.parents[row] for row in rows]
        return RawTable(self.table, submissions, keys, parents, [chunk] if rows else [])

    def _pack(self) -> None:
        if self._waiting:
            self._chunks.append([pa.array(cells, pa.string()) for cells in zip(*self._waiting, strict=True)])
            self._waiting = []


def _joined(chunks: Sequence[Any]) -> Cells:
    """One column; a lone chunk may be a dictionary of its texts."""
    return pa.chunked_array(chunks if len(chunks) == 1 else [chunk.cast(pa.string()) for chunk in chunks])


def without_spaces(cells: Any) -> Any:
    """The cells, those with nothing but white space blank."""
    blank = pc.utf8_is_space(cells)
    return pc.if_else(blank, ASKED_BLANK, cells) if pc.any(blank).as_py() else cells


class Scope:
    """What may stand below one node: a column's number, a group's scope, or that of the table that opens there."""

    __slots__ = ("below", "table")

    def __init__(self, table: RawTable) -> None:
        self.table = table
        self.below: dict[str, int | Scope] = {}


KNOWN = -1
"""In a scope: a node that is read elsewhere."""
