"""The rows of `Responses.unknown`, in their order, where they are found part by part."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from liuwen.responses.assemble import UNKNOWN_COLUMNS, UnknownRow
from liuwen.responses.from_submissions.packed import stream_of
from liuwen.responses.plan import TablePlan

Place = tuple[int, ...]
"""Where rows stand: what the form does not know, then table by table, column by column, reason by reason."""
_STRAYS: Place = (0,)
_REASONS = ("choice", "type", "timezone")


class UnknownRows:
    """Rows on disk, a file a column and reason.

    Args:
        folder: A private folder.
        plan: The tables of the form.
    """

    def __init__(self, folder: Path, plan: TablePlan) -> None:
        self._folder = folder
        self._apart: list[UnknownRow] = []
        self._counts: dict[Place, dict[str, Counter[str]]] = {}
        self._tables = {name: number for number, name in enumerate(plan.tables)}
        self._columns = {column.path: place for table in plan.tables.values() for place, column in enumerate(table.columns)}

    def add_strays(self, rows: Iterable[UnknownRow]) -> None:
        """Add what the form does not know; of unlinked sections it comes last, in the order of its content."""
        linked: list[UnknownRow] = []
        for row in rows:
            (self._apart if row[1] is None else linked).append(row)
        self._add(_STRAYS, linked)

    def add_cells(self, rows: Iterable[UnknownRow]) -> None:
        """Add cells that their columns do not hold."""
        found: dict[Place, list[UnknownRow]] = {}
        for row in rows:
            place: Place = (2, self._tables[row[0]], self._columns.get(row[2], -1), _REASONS.index(row[4]))
            found.setdefault(place, []).append(row)
        for place, some in found.items():
            self._add(place, some)

    def _add(self, place: Place, rows: Sequence[UnknownRow]) -> None:
        if rows:
            by_reason = self._counts.setdefault(place, {})
            for row in rows:
                by_reason.setdefault(row[4], Counter())[row[2]] += 1
            with self._file(place).open("ab") as file:
                file.write(stream_of(_table(rows)))

    def _file(self, place: Place) -> Path:
        return self._folder / f"unknown-{'-'.join(map(str, place))}.rows"

    def odd(self) -> dict[str, Counter[str]]:
        """Of each reason, how often each field has a value, in order of appearance."""
        self._settle()
        found: dict[str, Counter[str]] = {}
        for place in sorted(self._counts):
            for reason, fields in self._counts[place].items():
                found.setdefault(reason, Counter()).update(fields)
        return found

    def tables(self, *, raw: bool) -> Iterator[Any]:
        """The rows as Arrow tables; those without a key only if `raw`."""
        self._settle()
        yield _table([])
        for place in sorted(self._counts):
            with self._file(place).open("rb") as stream:
                while stream.read(1):
                    stream.seek(-1, 1)
                    rows = pa.ipc.open_stream(stream).read_all()
                    yield rows if raw else rows.filter(rows["key"].is_valid())

    def _settle(self) -> None:
        self._add((1,), sorted(self._apart, key=lambda row: row[2:]))
        self._apart = []


def _table(rows: Sequence[UnknownRow]) -> Any:
    return pa.Table.from_pandas(pd.DataFrame(rows, columns=list(UNKNOWN_COLUMNS), dtype="string"), preserve_index=False)
