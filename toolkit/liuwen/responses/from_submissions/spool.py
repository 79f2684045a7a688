"""Parts of a reading on disk, for more submissions than memory holds."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa

from liuwen.responses.from_submissions.intake import Part
from liuwen.responses.from_submissions.pack import Pack
from liuwen.responses.from_submissions.packed import packed, stream_of, unpacked
from liuwen.responses.from_submissions.raw_table import RawTable
from liuwen.responses.plan import Table
from liuwen.responses.submission_header import SubmissionHeader
from liuwen.responses.unlinked import content_order, fingerprint

_BUCKETS = 64


class Spool:
    """Parts of a reading, in the order in which they were read.

    Args:
        folder: A private folder; what is written there may be deleted when the reading ends.
        tables: The tables of the plan.
    """

    def __init__(self, folder: Path, tables: Mapping[str, Table]) -> None:
        self._folder, self._tables = folder, tables
        self._count = 0

    def add(self, part: Part) -> None:
        """Keep a part."""
        told = {
            "headers": [[h.instance_id, h.form_version, h.submitted_at, h.sent_by, dict(h.server)] for h in part.headers],
            "audit": part.audit,
        }
        (self._folder / f"{self._count}.pack").write_bytes(packed(part.pack))
        (self._folder / f"{self._count}.json").write_text(json.dumps(told), encoding="utf-8")
        self._count += 1

    def parts(self) -> Iterator[Part]:
        """The parts; one without submissions if there are none."""
        for number in range(self._count):
            told = json.loads((self._folder / f"{number}.json").read_text(encoding="utf-8"))
            headers = [SubmissionHeader(*header) for header in told["headers"]]
            yield Part(headers, unpacked((self._folder / f"{number}.pack").read_bytes(), self._tables), told["audit"])
        if not self._count:
            yield Part([], Pack({name: RawTable(table) for name, table in self._tables.items()}), [])


class ShuffledRows:
    """The rows of an unlinked section in the order of their content, whatever the order of the submissions.

    They are kept in files by the beginning of their fingerprints, so that one file at a time is put in order.

    Args:
        folder: A private folder.
        table: The section.
    """

    def __init__(self, folder: Path, table: Table) -> None:
        self._table = table
        self._files = [folder / f"{table.name.replace('/', '.')}-{number}.rows" for number in range(_BUCKETS)]

    def add(self, rows: RawTable) -> None:
        """Take in some rows; those that were asked nothing are left out."""
        found: dict[int, list[int]] = defaultdict(list)
        for row, cells in enumerate(rows.rows()):
            if any(cell is not None for cell in cells):
                found[fingerprint(cells)[0] * _BUCKETS // 256].append(row)
        names = [str(number) for number in range(len(self._table.columns))]
        for bucket, places in found.items():
            with self._files[bucket].open("ab") as file:
                file.write(stream_of(pa.table(rows.reordered(places, places).columns(), names=names)))

    def parts(self) -> Iterator[RawTable]:
        """The rows in order; at least one part."""
        for file in self._files:
            if file.exists():
                yield self._in_order(file)
        if not any(file.exists() for file in self._files):
            yield RawTable(self._table)

    def _in_order(self, file: Path) -> RawTable:
        rows = RawTable(self._table)
        with file.open("rb") as stream:
            while stream.read(1):
                stream.seek(-1, 1)
                columns = pa.ipc.open_stream(stream).read_all().combine_chunks().columns
                count = len(columns[0])
                rows.add_columns([column.combine_chunks() for column in columns], [0] * count, [""] * count, [""] * count)
        order = content_order(rows, list(range(len(rows))))
        return rows.reordered(order, [0] * len(order))
