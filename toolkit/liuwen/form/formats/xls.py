"""Reads .xls, the workbook format of Excel 97 to 2003.

Cells of forms become text as in pyxform's reader, but untrimmed; cells of answers keep their types.
"""

import datetime
import io
import struct
from collections.abc import Callable
from typing import Any, TypeVar

import xlrd

from liuwen.errors import ReadError
from liuwen.form.sheets import Sheet
from liuwen.messages import Sentence

DAMAGED = Sentence(
    zh="这个 .xls 工作簿已损坏、不完整，或根本不是工作簿，读不出来。请在 Excel 中打开后另存为 .xlsx。",
    en="This .xls workbook is damaged, incomplete, or not a workbook at all. Open it in Excel and save it as .xlsx.",
)
ENCRYPTED = Sentence(
    zh="工作簿有密码保护，读不出来。请在 Excel 中去掉密码后另存。",
    en="The workbook is protected by a password and cannot be read. Remove the password in Excel and save it again.",
)

T = TypeVar("T")

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def read_xls(data: bytes) -> list[Sheet]:
    """All worksheets of a workbook; raises `ReadError` if `data` is incomplete or encrypted.

    This format does not show which cells have formulas, so `Sheet.formulas` is empty.
    """
    grids = _grids(data, _cell_text)
    return [Sheet.of(name, grid[0] if grid else [], grid[1:]) for name, grid in grids]


def read_xls_values(data: bytes) -> list[tuple[str, list[list[Any]]]]:
    """Name and rows of all worksheets, cells as numbers, text, booleans, dates and times; raises `ReadError` as `read_xls`."""
    return _grids(data, _cell_value)


def _grids(data: bytes, value_of: Callable[[xlrd.Book, xlrd.sheet.Cell], T]) -> list[tuple[str, list[list[T]]]]:
    if _ENCRYPTED_PACKAGE in data:
        raise ReadError(ENCRYPTED)
    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), formatting_info=False)
        return [
            (sheet.name, [[value_of(book, cell) for cell in sheet.row(number)] for number in range(sheet.nrows)])
            for sheet in book.sheets()
        ]
    except xlrd.XLRDError as fault:
        sentence = ENCRYPTED if "encrypted" in str(fault).lower() else DAMAGED
        raise ReadError(sentence) from fault
    except (
        xlrd.compdoc.CompDocError,
        struct.error,
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        MemoryError,
        NotImplementedError,
        RecursionError,
        TypeError,
        ValueError,
    ) as fault:  # xlrd does not validate its input and raises any of these on damaged files
        raise ReadError(DAMAGED) from fault


def _cell_value(book: xlrd.Book, cell: xlrd.sheet.Cell) -> Any:
    """The value of a cell; None for an error such as #N/A."""
    match cell.ctype:
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_TEXT:
            return cell.value
        case xlrd.XL_CELL_DATE:
            when = _date_value(cell.value, book.datemode)
            return when.date() if isinstance(when, datetime.datetime) and when.time() == datetime.time() else when
        case _:
            return None


def _cell_text(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str:
    match cell.ctype:
        case xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if cell.value else "FALSE"
        case xlrd.XL_CELL_NUMBER:
            return _number_text(cell.value)
        case xlrd.XL_CELL_DATE:
            return _date_text(cell.value, book.datemode)
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, "#ERROR!"))
        case _:
            return str(cell.value)


def _number_text(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def _date_text(value: float, datemode: int) -> str:
    when = _date_value(value, datemode)
    return _number_text(when) if isinstance(when, float) else str(when)


def _date_value(value: float, datemode: int) -> datetime.datetime | datetime.time | float:
    """The date or time of day; a number that Excel's two date systems read differently stays a number."""
    try:
        parts = xlrd.xldate_as_tuple(value, datemode)
    except xlrd.xldate.XLDateError:
        return float(value)
    return datetime.time(*parts[3:]) if parts[:3] == (0, 0, 0) else datetime.datetime(*parts)
