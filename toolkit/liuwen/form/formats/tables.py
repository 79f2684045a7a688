"""Reads forms from pyxform's CSV, in which the first column names the sheet, and from pandas frames."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from liuwen.errors import ReadError
from liuwen.form.sheets import Sheet
from liuwen.messages import Sentence

if TYPE_CHECKING:
    import pandas as pd

BROKEN_CSV = Sentence(
    zh="这份 CSV 在第 {line} 行附近读不出来：有的单元格太长，或引号不成对。请在 Excel 中打开后另存。",
    en="This CSV cannot be read near line {line}: a cell is too long, or quotation marks do not match. Open "
    "it in Excel and save it again.",
)


def read_csv(text: str) -> list[Sheet]:
    r"""The sheets in a CSV whose first column names the sheet; each name has its own row above its header.

    >>> read_csv("survey\n,type,name\n,text,village\n")[0].header
    ('type', 'name')
    """
    tables: dict[str, list[list[str]]] = {}
    table: list[list[str]] | None = None
    for row in filter(None, csv_rows(text)):
        name, content = row[0].strip(), [cell.strip() for cell in row[1:]]
        if name:
            table = tables.setdefault(name, [])
        if table is not None and any(content):
            table.append(content)
        elif table and not name:
            table.append([])
    return [Sheet.of(name, rows[0] if rows else [], rows[1:]) for name, rows in tables.items()]


def csv_rows(text: str, delimiter: str = ",") -> Iterator[list[str]]:
    """The rows of a CSV, blank ones as []; raises `ReadError` if a cell is longer than Python's limit (128 KB)."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error as fault:
        raise ReadError(BROKEN_CSV.filled(line=reader.line_num)) from fault


def read_frames(frames: "Mapping[str, pd.DataFrame]") -> list[Sheet]:
    """One sheet per frame: the columns are the header, missing values are blank cells."""
    return [_sheet_of(str(name), frame) for name, frame in frames.items()]


def _sheet_of(name: str, frame: "pd.DataFrame") -> Sheet:
    rows = [[_frame_text(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    return Sheet.of(name, [_frame_text(column) for column in frame.columns], rows)


def _frame_text(value: Any) -> str:
    """A value as pyxform would read it from a workbook."""
    import pandas as pd

    if isinstance(value, str):
        return value
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
