"""Writes a form as a readable .xlsx: frozen header, fitted columns, wrapped text, one colour per kind of row."""

import io
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.exceptions import DuplicateWorksheetName, InvalidWorksheetName

from liuwen.errors import FormError
from liuwen.form.headers import TRANSLATED, meaning
from liuwen.form.types import SELECTS, UNASKED, read_type
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.form.model import Form
    from liuwen.form.sheets import Sheet

TAB_NAME = Sentence(
    zh="Excel 不接受工作表名“{name}”（最长 31 个字，不可重复，不可含 [ ] : * ? / \\）。请改名。",
    en='Excel does not accept "{name}" as a sheet name (at most 31 characters, unique, without [ ] : * ? / \\). Rename it.',
)
LONG_CELL = Sentence(
    zh="{sheet} 第 {row} 行“{column}”列超过 Excel 单元格的 32767 字上限。请缩短，或写成 .md。",
    en='The cell in {sheet}, row {row}, column "{column}" exceeds the 32,767 characters that Excel allows. '
    "Shorten it, or write .md.",
)

_MADE = datetime(2000, 1, 1)  # the same form gives the same bytes
_LONGEST = 32_767
_HEADER = MappingProxyType({"bold": True, "font_color": "#FFFFFF", "bg_color": "#2F4B5C", "border_color": "#FFFFFF"})
_COLOURS = MappingProxyType(
    {
        "group": "#D6E6F2",
        "repeat": "#FBE3C8",
        "select": "#E3F1DD",
        "note": "#FFF6CC",
        "unasked": "#ECECEC",
        "band": "#EFF5FA",
        "plain": "",
    }
)
_WIDTHS = MappingProxyType(
    {
        "type": 26,
        "name": 24,
        "list_name": 20,
        "relevant": 34,
        "constraint": 30,
        "calculation": 40,
        "choice_filter": 28,
        "required": 10,
    }
)
_TABS = MappingProxyType({"survey": "#2F4B5C", "choices": "#7BA05B", "settings": "#B08D57"})


def workbook_bytes(form: "Form") -> bytes:
    """The workbook, with every cell as text; the same form gives the same bytes.

    Raises `FormError` if Excel does not allow the name of a sheet or the length of a cell.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": _MADE, "title": form.title})
    styled = _styles(book)
    for sheet in form.sheets:
        _write_sheet(_added(book, sheet.name), sheet, styled)
    book.close()
    return stream.getvalue()


def _styles(book: Any) -> Callable[[str], Any]:
    """Returns the cell format for a kind of row, each created once."""

    @cache
    def styled(kind: str) -> Any:
        look: dict[str, object] = {"text_wrap": True, "valign": "top", "num_format": "@", "border": 1, "border_color": "#D9D9D9"}
        colour: dict[str, object] = {"bg_color": _COLOURS[kind]} if _COLOURS.get(kind) else {}
        return book.add_format(look | colour | (dict(_HEADER) if kind == "header" else {}))

    return styled


def _added(book: Any, name: str) -> Any:
    try:
        if name:
            return book.add_worksheet(name)
    except (DuplicateWorksheetName, InvalidWorksheetName) as fault:
        raise FormError(TAB_NAME.filled(name=name)) from fault
    raise FormError(TAB_NAME.filled(name=name))


def _write_sheet(tab: Any, sheet: "Sheet", styled: Callable[[str], Any]) -> None:
    standard = sheet.name.strip().lower()
    columns = [meaning(standard, header).column for header in sheet.header]
    if standard in _TABS:
        tab.set_tab_color(_TABS[standard])
    tab.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    tab.freeze_panes(1, _frozen_columns(columns))
    for number, column in enumerate(columns):
        tab.set_column(number, number, _width(column))
    _write_row(tab, sheet, 0, sheet.header, styled("header"))
    for number, (row, kind) in enumerate(zip(sheet.rows, _kinds(standard, columns, sheet), strict=True), start=1):
        _write_row(tab, sheet, number, row, styled(kind))


def _write_row(tab: Any, sheet: "Sheet", number: int, row: tuple[str, ...], style: Any) -> None:
    if number and not any(row):
        return
    for column, text in enumerate(row):
        if len(text) > _LONGEST:
            raise FormError(LONG_CELL.filled(sheet=sheet.name, row=number + 1, column=sheet.header[column]))
        tab.write_string(number, column, text, style)


def _frozen_columns(columns: list[str]) -> int:
    """The number of frozen columns: up to the name, if it is near the left edge."""
    return columns.index("name") + 1 if "name" in columns[:3] else 0


def _width(column: str) -> int:
    return 44 if column in TRANSLATED else _WIDTHS.get(column, 18)


def _kinds(standard: str, columns: list[str], sheet: "Sheet") -> Iterator[str]:
    """The kind of each row: by type on the survey sheet, alternating by list on the choices sheet."""
    if standard == "survey" and "type" in columns:
        place = columns.index("type")
        yield from (_kind_of_type(row[place]) for row in sheet.rows)
    elif "list_name" in columns and standard in {"choices", "external_choices"}:
        place = columns.index("list_name")
        turns: Mapping[str, int] = {
            name: turn for turn, name in enumerate(dict.fromkeys(row[place].strip() for row in sheet.rows))
        }
        yield from ("band" if turns[row[place].strip()] % 2 else "plain" for row in sheet.rows)
    else:
        yield from ("plain" for _ in sheet.rows)


def _kind_of_type(cell: str) -> str:
    kind = read_type(cell).type
    if kind.startswith(("begin ", "end ")):
        return "repeat" if kind.endswith("repeat") else "group"
    if kind in SELECTS or kind == "select_one_external":
        return "select"
    if kind in UNASKED:
        return "unasked"
    return "note" if kind == "note" else "plain"
