"""A Parquet file that is written part by part."""

from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

_ROWS = 16_384
"""Of a row group: few enough for memory, and enough for a file of few groups."""


class ParquetOutput:
    """A file whose parts are added in order; at least one, which may be empty.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: list[Any] = []
        self._file: pq.ParquetWriter | None = None

    def add(self, part: Any) -> None:
        """Add an Arrow table; all have the same columns."""
        self._waiting.append(part)
        if sum(len(each) for each in self._waiting) >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        rows = pa.concat_tables(self._waiting)
        if self._file is None:
            self._file = pq.ParquetWriter(self._path, rows.schema)
        if len(rows) or len(self._waiting) == 1:
            self._file.write_table(rows)
        self._waiting = []

    def __enter__(self) -> "ParquetOutput":
        return self

    def __exit__(self, fault: type[BaseException] | None, _: BaseException | None, trace: TracebackType | None) -> None:
        if self._waiting and fault is None:
            self._flush()
        if self._file is not None:
            self._file.close()
