"""Reads .xls, the workbook of Excel 97 to 2003, with cells as text as pyxform's own reader makes them, but untrimmed."""

import datetime
import io
import struct

import xlrd

from liuwen.errors import ReadError
from liuwen.form.sheets import Sheet
from liuwen.messages import Sentence

DAMAGED = Sentence(
    zh="这个 .xls 工作簿已损坏、不完整，或根本不是工作簿，读不出来。请在 Excel 中打开后另存为 .xlsx。",
    en="This .xls workbook is damaged, cut short, or no workbook at all. Open it in Excel and save it as .xlsx.",
)
ENCRYPTED = Sentence(
    zh="工作簿有密码保护，读不出来。请在 Excel 中去掉密码后另存。",
    en="The workbook is protected by a password and cannot be read. Remove the password in Excel and save it anew.",
)

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def read_xls(data: bytes) -> list[Sheet]:
    """Every worksheet of a workbook; raises `ReadError` where `data` is not a whole one, or is encrypted.

    Which cells hold formulas cannot be told from this format, so `Sheet.formulas` stays empty.
    """
    if _ENCRYPTED_PACKAGE in data:
        raise ReadError(ENCRYPTED)
    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), formatting_info=False)
        return [_read_sheet(book, sheet) for sheet in book.sheets()]
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
        NotImplementedError,
        TypeError,
        ValueError,
    ) as fault:  # xlrd trusts what it reads, and falls over in all these ways
        raise ReadError(DAMAGED) from fault


def _read_sheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Sheet:
    grid = [[_cell_text(book, cell) for cell in sheet.row(number)] for number in range(sheet.nrows)]
    header, rows = (grid[0], grid[1:]) if grid else ([], [])
    return Sheet.of(sheet.name, header, rows)


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
    """The date or time of day; a number that Excel's two calendars read differently stays a number."""
    try:
        parts = xlrd.xldate_as_tuple(value, datemode)
    except xlrd.xldate.XLDateError:
        return _number_text(value)
    return str(datetime.time(*parts[3:]) if parts[:3] == (0, 0, 0) else datetime.datetime(*parts))
