"""Reads the cells of one .xlsx worksheet as text, with its merged ranges and formula cells."""

import datetime
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lxml import etree

from liuwen.errors import ReadError
from liuwen.form.sheets import Sheet
from liuwen.messages import Sentence

TOO_LARGE = Sentence(
    zh="工作簿展开后太大（超过 {limit}），不像一份问卷。请删去多余的行列后再试。",
    en="The unpacked workbook is larger than {limit}, too large for a form. Delete rows and columns that do not belong to it.",
)

_MOST_CELLS = 20_000_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LETTERS = re.compile(r"[A-Z]{1,3}")


def parsed(part: io.BytesIO, *tags: str) -> Any:
    """Yield each element with one of these tags when it ends; entities and external files are not resolved."""
    return etree.iterparse(part, events=("end",), tag=tags, resolve_entities=False, no_network=True)


def text_of(item: Any) -> str:
    """The text of a shared or inline string: plain text and runs, without phonetic guides for East Asian text."""
    if len(item) == 1 and item[0].tag.endswith("}t"):
        return _unescaped(item[0].text or "")
    pieces = (node.text or "" for node in item.iter("{*}t") if not node.getparent().tag.endswith("}rPh"))
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


@dataclass
class _Gathered:
    """Collects the contents of one sheet."""

    texts: list[str]
    dates: "DateStyles"
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)

    def take_row(self, node: Any, previous: int) -> int:
        """Read one row and return its number."""
        number, column, row = int(node.get("r") or previous + 1), 0, {}
        for cell in node:
            column = _column_of(cell, column)
            text = self._take_cell(cell, number, column) if len(cell) else ""
            if text:
                row[column] = text
        if row:
            self.rows[number] = row
        return number

    def _take_cell(self, cell: Any, row: int, column: int) -> str:
        value, inline = "", None
        for part in cell:
            kind = part.tag.rpartition("}")[2]
            if kind == "v":
                value = part.text or ""
            elif kind == "is":
                inline = part
            elif kind == "f":
                self.formulas.append(f"{_letters(column)}{row}")
        if cell.get("t") == "inlineStr":
            return text_of(inline) if inline is not None else ""
        return self._text(cell.get("t", "n"), value, cell.get("s")) if value else ""

    def _text(self, kind: str, value: str, style: str | None) -> str:
        match kind:
            case "s":
                return self.texts[int(value)]
            case "n":
                return self.dates.number_text(value, style)
            case "b":
                return "TRUE" if int(value) else "FALSE"
            case "d":
                return value.replace("T", " ")
            case _:
                return _unescaped(value)

    def grid(self) -> list[list[str]]:
        """The rows from the first to the last; missing rows are empty."""
        width = max((max(row) for row in self.rows.values()), default=0)
        if len(self.rows) * width > _MOST_CELLS:
            raise ReadError(TOO_LARGE.filled(limit="20 000 000"))
        blank: list[str] = []
        numbers = range(1, max(self.rows, default=0) + 1)
        return [_spread(self.rows[number]) if number in self.rows else blank for number in numbers]


def _spread(row: Mapping[int, str]) -> list[str]:
    cells = [""] * max(row)
    for column, text in row.items():
        cells[column - 1] = text
    return cells


def read_cells(name: str, part: io.BytesIO, texts: list[str], dates: "DateStyles") -> Sheet:
    """Read the worksheet in `part`; `name` is its tab."""
    gathered = _Gathered(texts, dates)
    number = 0
    for _, node in parsed(part, "{*}row", "{*}mergeCell"):
        if node.tag.endswith("}mergeCell"):
            gathered.merged.append(node.get("ref", ""))
            continue
        number = gathered.take_row(node, number)
        node.clear(keep_tail=False)
        while node.getprevious() is not None:
            del node.getparent()[0]
    grid = gathered.grid()
    header, rows = (grid[0], grid[1:]) if grid else ([], [])
    return Sheet.of(name, header, rows, merged=tuple(gathered.merged), formulas=tuple(gathered.formulas))


def _column_of(cell: Any, previous: int) -> int:
    reference = cell.get("r")
    return _column_number(reference.rstrip("0123456789")) if reference else previous + 1


@cache
def _column_number(letters: str) -> int:
    if not _LETTERS.fullmatch(letters):
        raise ValueError(letters)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_NOT_DATES = frozenset({"0", "1", "2", "3", "4", "9", "10", "49"})
"""The built-in number formats of most workbooks: general, numbers, percentages, text. openpyxl knows all, and imports slowly."""


def _may_be_date(number: str, code: str | None) -> bool:
    return number not in _NOT_DATES if code is None else not set("dmhys").isdisjoint(code.lower())


@dataclass(frozen=True)
class DateStyles:
    """Which cell styles format a number as a date or duration, and the epoch of dates."""

    dates: frozenset[str] = frozenset()
    spans: frozenset[str] = frozenset()
    epoch_1904: bool = False

    @classmethod
    def of(cls, styles: Any, *, epoch_1904: bool) -> "DateStyles":
        """The styles of a workbook's style sheet, if it has one."""
        if styles is None:
            return cls(epoch_1904=epoch_1904)
        formats = styles.find("{*}cellXfs")
        used = [style.get("numFmtId", "0") for style in (formats if formats is not None else ())]
        custom = {node.get("numFmtId"): node.get("formatCode") for node in styles.iter("{*}numFmt")}
        if not any(_may_be_date(number, custom.get(number)) for number in used):
            return cls(epoch_1904=epoch_1904)
        from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format

        codes = [custom.get(number) or builtin_format_code(int(number)) for number in used]
        return cls(
            frozenset(str(index) for index, code in enumerate(codes) if is_date_format(code)),
            frozenset(str(index) for index, code in enumerate(codes) if is_timedelta_format(code)),
            epoch_1904,
        )

    def number_text(self, value: str, style: str | None) -> str:
        """A number as pyxform writes it: as a date if its style is one, integers without a fraction."""
        number = float(value) if set(value) & set(".eE") else int(value)
        if style in self.dates:
            return self._date_text(number, span=style in self.spans)
        if isinstance(number, float) and number.is_integer():
            return str(int(number))
        return str(number)

    def _date_text(self, number: float, *, span: bool) -> str:
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

        epoch: datetime.datetime = MAC_EPOCH if self.epoch_1904 else WINDOWS_EPOCH
        try:
            return str(from_excel(number, epoch, timedelta=span))
        except (OverflowError, ValueError):
            return "#VALUE!"
