"""Responses as a workbook: a sheet a table, the codebook, and what the file is."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from liuwen.messages import Sentence
from liuwen.responses.exports.shown import remarks, shown_tables
from liuwen.responses.labels import label_of, labelled
from liuwen.responses.plan import MAIN

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses

ABOUT, CODEBOOK = "about", "codebook"
_SHEET_NAME = 31
_LONGEST_CELL = 32_767
_KEYS, _KEY_WIDTH = {"instance_id", "key", "parent_key"}, 44
"""Wide enough for `uuid:` and 36 signs."""
_EXACT = 10**15
"""Excel holds fifteen digits; longer numbers are written as text."""


def write_workbook(responses: "Responses", path: Path, language: str | None, timezone: str, *, raw: bool) -> Path:
    """Write the workbook; with labels where a language is given."""
    sheets: dict[str, pd.DataFrame] = {}
    for name, table in shown_tables(responses, raw=raw).items():
        shown = table if language is None else _labelled(responses, language, name)
        sheets[_sheet_name(name, sheets)] = _local(shown, timezone)
    sheets[CODEBOOK] = responses.codebook(language or "")
    return write_sheets(path, sheets, remarks(responses, timezone, raw=raw))


def write_sheets(path: Path, sheets: Mapping[str, pd.DataFrame], about: Sequence[Sentence]) -> Path:
    """Write tables as sheets of a workbook, and a last one that says what it is; no text is taken for a formula."""
    import xlsxwriter

    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(str(path), safe) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        formats = {name: book.add_format({"num_format": name}) for name in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss")}
        for name, frame in sheets.items():
            _write(book.add_worksheet(name), frame, bold, formats)
        last = book.add_worksheet(ABOUT)
        last.set_column(0, 0, 110)
        for row, sentence in enumerate(about):
            last.write_string(row, 0, sentence.in_language("zh"), bold)
            last.write_string(row, 1, sentence.in_language("en"), bold)
    return path


def _labelled(responses: "Responses", language: str, table: str) -> pd.DataFrame:
    """A table with labels; those that questions of other tables have too are followed by the question's name."""
    frame = labelled(responses, language, table, headings=True)
    columns = [column for each in responses.plan.tables.values() for column in each.columns]
    counts = Counter(label_of(column.element, language) for column in columns)
    shared = {label for label, count in counts.items() if count > 1}
    own = responses[table].columns
    return frame.set_axis([f"{head} ({name})" if head in shared else head for head, name in zip(frame, own, strict=True)], axis=1)


def _local(table: pd.DataFrame, timezone: str) -> pd.DataFrame:
    """The index as columns, times in the time zone that their heading names, for Excel holds none."""
    frame = table.reset_index() if table.index.name else table.copy()
    for name in list(frame.columns):
        if isinstance(frame[name].dtype, pd.DatetimeTZDtype):
            frame[name] = frame[name].dt.tz_convert(timezone).dt.tz_localize(None)
            frame = frame.rename(columns={name: f"{name} ({timezone})"})
    return frame


def _write(sheet: Any, frame: pd.DataFrame, bold: Any, formats: Mapping[str, Any]) -> None:
    sheet.freeze_panes(1, 1)
    for number, head in enumerate(frame.columns):
        cells = frame.iloc[:, number]
        sheet.set_column(number, number, _KEY_WIDTH if head in _KEYS else min(40, max(10, len(str(head)) + 2)))
        sheet.write_string(0, number, str(head), bold)
        _write_cells(sheet, number, cells, formats)


def _write_cells(sheet: Any, number: int, cells: "pd.Series[Any]", formats: Mapping[str, Any]) -> None:
    missing = cells.isna().to_numpy()
    is_time = pd.api.types.is_datetime64_any_dtype(cells.dtype)
    clock = bool(is_time and (cells.dropna() != cells.dropna().dt.normalize()).any())
    style = formats["yyyy-mm-dd hh:mm:ss" if clock or "(" in str(cells.name) else "yyyy-mm-dd"]
    for row, cell in enumerate(cells.array, start=1):
        if missing[row - 1]:
            continue
        if is_time and cell.year >= 1900:
            sheet.write_datetime(row, number, cell.to_pydatetime(), style)
        elif isinstance(cell, bool) or not isinstance(cell, int | float) or abs(cell) >= _EXACT:
            sheet.write_string(row, number, str(cell)[:_LONGEST_CELL])
        else:
            sheet.write_number(row, number, cell)


def _sheet_name(table: str, taken: Iterable[str]) -> str:
    """A name that Excel allows: 31 signs at most, unlike the others."""
    plain = re.sub(r"[\[\]:*?/\\]", ".", table.strip("/")) or MAIN
    used = {each.lower() for each in (*taken, ABOUT, CODEBOOK)}
    name = plain[:_SHEET_NAME]
    number = 1
    while name.lower() in used:
        number += 1
        name = f"{plain[: _SHEET_NAME - len(str(number)) - 1]}~{number}"
    return name
