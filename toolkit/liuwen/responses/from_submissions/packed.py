"""Packs as bytes: Arrow's own format, compressed, one stream a table."""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from liuwen.responses.from_submissions.pack import EntityRow, Pack, Stray
from liuwen.responses.from_submissions.raw_table import RawTable
from liuwen.responses.plan import Table

_OPTIONS = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
_PLACES = ("submissions", "keys", "parents")


def stream_of(table: Any) -> bytes:
    """An Arrow table as bytes."""
    made = pa.BufferOutputStream()
    with pa.ipc.new_stream(made, table.schema, options=_OPTIONS) as stream:
        stream.write_table(table)
    return bytes(made.getvalue())


def table_of(stream: bytes) -> Any:
    """The Arrow table of some bytes."""
    return pa.ipc.open_stream(stream).read_all()


def packed(pack: Pack) -> bytes:
    """A pack as bytes."""
    streams = [stream_of(_rows(table)) for table in pack.tables.values()]
    told = {
        "strays": [[number, *_told(stray)] for number, stray in pack.strays],
        "entities": [[each.submission, each.table, each.key, each.attributes, each.label] for each in pack.entities],
    }
    parts = [*streams, json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")]
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def unpacked(content: bytes, tables: Mapping[str, Table]) -> Pack:
    """The pack of some bytes, of a plan with these tables."""
    *streams, said = _parts(content)
    told = json.loads(said.decode("utf-8", "surrogatepass"))
    rows = {name: _raw_table(table, table_of(stream)) for (name, table), stream in zip(tables.items(), streams, strict=True)}
    strays = [(number, Stray(*stray)) for number, *stray in told["strays"]]
    return Pack(rows, strays, [EntityRow(*entity) for entity in told["entities"]])


def _told(stray: Stray) -> Sequence[object]:
    return stray.submission, stray.table, stray.key, stray.field, stray.value, stray.reason


def _rows(table: RawTable) -> Any:
    places = [pa.array(table.submissions, pa.int64()), pa.array(table.keys, pa.string()), pa.array(table.parents, pa.string())]
    names = [*_PLACES, *(str(number) for number in range(len(table.table.columns)))]
    return pa.table([*places, *table.columns()], names=names).combine_chunks()


def _raw_table(table: Table, rows: Any) -> RawTable:
    places = [rows.column(name).to_pylist() for name in _PLACES]
    columns = [column.combine_chunks() for column in rows.columns[len(_PLACES) :]]
    return RawTable.of_columns(table, columns, *places)


def _parts(content: bytes) -> Iterator[bytes]:
    stream = io.BytesIO(content)
    while size := stream.read(8):
        yield stream.read(int.from_bytes(size, "big"))
