"""An export as grids of cells: the sheets of a workbook, CSV files, data frames, JSON records."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from liuwen.errors import ReadError
from liuwen.form.formats.tables import csv_rows
from liuwen.messages import Sentence
from liuwen.responses.archive import exists, read_entry, zip_names
from liuwen.responses.from_exports.records import grids_of_records
from liuwen.responses.from_exports.wide import is_wide, unfolded

MOST_BYTES = 2 * 1024**3
"""Of one unpacked CSV."""

_SCALARS = (str, int, float, dt.date, dt.time, dt.timedelta, type(None))
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

_NOT_A_WORKBOOK = Sentence(
    zh="{name} 不是可读的工作簿：已损坏、被加密或被截断（{detail}）。",
    en="{name} cannot be read as a workbook: it is damaged, encrypted or incomplete ({detail}).",
)
_UNREADABLE = Sentence(zh="{name} 打不开：{detail}。", en="{name} cannot be opened: {detail}.")
_IN = Sentence(zh="{name}：{fault}", en="{name}: {fault}")
_CUT_SHORT = Sentence(zh="{name} 不完整，可能被截断。", en="{name} is incomplete, probably truncated.")
_NOT_JSON = Sentence(
    zh="{name} 不是完整的 JSON：{detail}",
    en="{name} is not complete JSON: {detail}",
)
_NO_RECORDS = Sentence(
    zh="{name} 的 JSON 中没有答卷列表。",
    en="The JSON in {name} contains no list of submissions.",
)
_EMPTY = Sentence(zh="{name} 是空的。", en="{name} is empty.")


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet of answers: its name, its header and its rows of cells as they come."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def is_tabular(source: object) -> bool:
    """Whether a source is a workbook, CSV, JSON or frames rather than submission XML."""
    if isinstance(source, pd.DataFrame):
        return True
    if isinstance(source, Mapping):
        return bool(source) and all(isinstance(value, pd.DataFrame) for value in source.values())
    path = Path(source) if isinstance(source, str) or hasattr(source, "__fspath__") else None
    if path is None or not exists(path):
        return False
    if path.is_dir():
        return not any(path.rglob("*.xml")) and any(path.glob("*.csv"))
    return _is_tabular_file(path)


def read_grids(source: object) -> list[Grid]:
    """The grids of an export; raises `ReadError` where it cannot be read."""
    return [sheet for grid in _grids_as_they_stand(source) for sheet in _unfolded(grid)]


def _unfolded(grid: Grid) -> list[Grid]:
    if not is_wide(grid.header):
        return [grid]
    return [_grid(name or grid.name, rows) for name, rows in unfolded(grid.header, grid.rows).items()]


def _grids_as_they_stand(source: object) -> list[Grid]:
    if isinstance(source, pd.DataFrame):
        return [_of_frame("", source)]
    if isinstance(source, Mapping):
        return [_of_frame(str(name), frame) for name, frame in source.items()]
    path = Path(str(source))
    if path.is_dir():
        return [_of_csv(file.stem, _content(file)) for file in sorted(path.glob("*.csv"))]
    data = _content(path)
    if not data.strip():
        raise ReadError(_EMPTY.filled(name=path.name))
    return _of_file(path, data)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise ReadError(_UNREADABLE.filled(name=file.name, detail=fault.strerror or fault)) from fault


def _of_file(path: Path, data: bytes) -> list[Grid]:
    names = zip_names(path)
    if data.startswith(_OLE):
        return _of_old_workbook(path.name, data)
    if _is_workbook(names):
        return _of_workbook(path.name, data)
    if names is not None:
        return list(_of_zip(path, names))
    if data.startswith(_ZIP):
        raise ReadError(_CUT_SHORT.filled(name=path.name))
    return _of_json(path.name, data) if data.lstrip()[:1] in {b"{", b"["} else [_of_csv(path.stem, data)]


def _is_tabular_file(path: Path) -> bool:
    try:
        with path.open("rb") as opened:
            start = opened.read(512)
    except OSError as fault:
        raise ReadError(_UNREADABLE.filled(name=path.name, detail=fault.strerror or fault)) from fault
    if start.startswith(_ZIP):
        names = zip_names(path)
        return names is None or _is_workbook(names) or (_holds(names, ".csv") and not _holds(names, ".xml"))
    if not start.strip():
        return path.suffix.lower() not in {".xml", ".zip"}
    return not start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and path.suffix.lower() != ".xml"


def _is_workbook(names: list[str] | None) -> bool:
    return any(name.startswith("xl/") for name in names or ())


def _holds(names: list[str], ending: str) -> bool:
    return any(name.lower().endswith(ending) for name in names)


def _of_workbook(name: str, data: bytes) -> list[Grid]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(sheet, book.get_sheet_by_name(sheet).to_python()) for sheet in book.sheet_names]
    except CalamineError as fault:
        raise ReadError(_NOT_A_WORKBOOK.filled(name=name, detail=fault)) from fault
    return [_grid(sheet, rows) for sheet, rows in sheets if rows]


def _of_old_workbook(name: str, data: bytes) -> list[Grid]:
    from liuwen.form.formats.xls import read_xls_values

    try:
        return [_grid(sheet, rows) for sheet, rows in read_xls_values(data) if rows]
    except ReadError as fault:
        raise ReadError(_IN.filled(name=name, fault=fault.sentence)) from fault


def _of_zip(path: Path, names: list[str]) -> Iterator[Grid]:
    with zipfile.ZipFile(path) as archive:
        for name in names:
            if name.lower().endswith(".csv"):
                data = read_entry(archive, name, MOST_BYTES)
                if data is None:
                    raise ReadError(_CUT_SHORT.filled(name=name))
                yield _of_csv(Path(name).stem, data)


def _of_csv(name: str, data: bytes) -> Grid:
    text = _decoded(data)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return _grid(name, list(csv_rows(text, delimiter)))
    except ReadError as fault:
        raise ReadError(_IN.filled(name=name, fault=fault.sentence)) from fault


def _decoded(data: bytes) -> str:
    """The text of a CSV: UTF-8, or what Excel writes in China where it is not."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _of_json(name: str, data: bytes) -> list[Grid]:
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as fault:
        raise ReadError(_NOT_JSON.filled(name=name, detail=fault)) from fault
    records = told.get("value", told.get("results")) if isinstance(told, dict) else told
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise ReadError(_NO_RECORDS.filled(name=name))
    return [_grid(grid, rows) for grid, rows in grids_of_records(records).items()]


def _of_frame(name: str, frame: pd.DataFrame) -> Grid:
    cells = frame.astype(object).where(frame.notna(), None)
    return _grid(name, [list(frame.columns), *cells.itertuples(index=False, name=None)])


def _grid(name: str, rows: "list[Any]") -> Grid:
    header, *body = rows or [[]]
    width = len(header)
    even = (tuple(_plain(cell) for cell in row[:width]) + ("",) * (width - len(row)) for row in body)
    return Grid(
        name,
        tuple(_plain(str(head)) for head in header),
        tuple(row for row in even if any(cell not in {"", None} for cell in row)),
    )


def _plain(cell: Any) -> Any:
    """A cell as a scalar; half of a pair of surrogates, which JSON may escape, is no character and becomes "?"."""
    if isinstance(cell, _SCALARS) and not isinstance(cell, str):
        return cell
    text = str(cell)
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
