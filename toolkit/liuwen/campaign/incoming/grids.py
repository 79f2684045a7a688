"""A spreadsheet as grids of cells: the sheets of a workbook with merged cells filled, CSV, pasted text, data frames."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from liuwen.errors import ReadError
from liuwen.messages import Sentence

NOT_FOUND = Sentence(zh="没有文件 {file}。请检查路径。", en="There is no file {file}. Check the path.")
NOT_A_WORKBOOK = Sentence(
    zh="{file} 打不开：已损坏或有密码（{detail}）。请在表格软件里打开，另存为 .xlsx 后再试。",
    en="{file} cannot be opened: damaged, or protected by a password ({detail}). Open it and save it again as .xlsx.",
)
EMPTY = Sentence(zh="{file} 是空的。", en="{file} is empty.")
PASTED = Sentence(zh="粘贴的文字", en="the pasted text")
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class SheetGrid:
    """One sheet: its name, its rows of cells as they stand, and the number of its first row as the spreadsheet counts."""

    name: str
    rows: tuple[tuple[Any, ...], ...]
    first_row: int = 1
    widened: frozenset[tuple[int, int]] = frozenset()
    """Cells (row, column, from 0) that a cell merged over several columns was copied into."""


def sheet_grids(source: object) -> list[SheetGrid]:
    """The grids of a spreadsheet: a path (.xlsx, .xls, .csv, .txt), pasted text, a frame, or frames by name."""
    if isinstance(source, pd.DataFrame):
        return [_of_frame("", source)]
    if isinstance(source, Mapping):
        return [_of_frame(str(name), frame) for name, frame in source.items()]
    if isinstance(source, str) and ("\n" in source or "\t" in source):
        return [_of_text("", source)]
    file = Path(str(source))
    if not file.is_file():
        raise ReadError(NOT_FOUND.filled(file=file))
    data = file.read_bytes()
    if not data.strip():
        raise ReadError(EMPTY.filled(file=file.name))
    return _of_workbook(file.name, data) if data.startswith(WORKBOOKS) else [_of_text(file.stem, _decoded(data))]


def _of_workbook(name: str, data: bytes) -> list[SheetGrid]:
    from python_calamine import CalamineError, CalamineWorkbook

    grids: list[SheetGrid] = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet in book.sheet_names:
            found = book.get_sheet_by_name(sheet)
            rows = [list(row) for row in found.to_python(skip_empty_area=False)]
            widened = _filled(rows, found.merged_cell_ranges or [])
            grids.append(SheetGrid(sheet, tuple(map(tuple, rows)), 1, widened))
    except CalamineError as fault:
        raise ReadError(NOT_A_WORKBOOK.filled(file=name, detail=fault)) from fault
    if not any(grid.rows for grid in grids):
        raise ReadError(EMPTY.filled(file=name))
    return [grid for grid in grids if grid.rows]


def _filled(rows: list[list[Any]], merged: "list[tuple[tuple[int, int], tuple[int, int]]]") -> frozenset[tuple[int, int]]:
    """Give each cell of a merged range what its first cell says; which cells of a wide range were given something."""
    widened = set()
    for (top, left), (bottom, right) in merged:
        said = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        for row in range(top, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, len(rows[row]))):
                rows[row][column] = said
                if column > left:
                    widened.add((row, column))
    return frozenset(widened)


def _of_text(name: str, text: str) -> SheetGrid:
    first = text.strip("\n").partition("\n")[0]
    delimiter = max("\t,;，", key=lambda mark: (first.count(mark), mark == "\t"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = tuple(tuple(row) for row in reader)
    if not any(any(cell.strip() for cell in row) for row in rows):
        raise ReadError(EMPTY.filled(file=name or PASTED))
    return SheetGrid(name, rows)


def _decoded(data: bytes) -> str:
    """UTF-8, or what spreadsheets write in China where it is not."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.decode("gb18030", errors="replace")


def _of_frame(name: str, frame: pd.DataFrame) -> SheetGrid:
    cells = frame.astype(object).where(frame.notna(), "")
    rows = (tuple(map(str, frame.columns)), *cells.itertuples(index=False, name=None))
    return SheetGrid(name, rows, first_row=0)
