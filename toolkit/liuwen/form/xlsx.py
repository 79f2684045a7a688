"""Reads .xlsx and .xlsm: every cell as the text a form's author sees, with its merged ranges and formula cells.

Cells become text as pyxform's own reader makes them (openpyxl's dates, whole numbers without ".0", TRUE and FALSE), but
untrimmed; `_x000D_` is read as the character it stands for, as Excel does (ECMA-376, ST_Xstring).
"""

import datetime
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from liuwen.errors import ReadError
from liuwen.form.sheets import Sheet
from liuwen.messages import Sentence

DAMAGED = Sentence(
    zh="工作簿已损坏或不完整，读不出来（{detail}）。请重新下载，或在 Excel 中打开后另存。",
    en="The workbook is damaged or cut short ({detail}). Fetch it again, or open it in Excel and save it anew.",
)
NOT_A_WORKBOOK = Sentence(
    zh="这是一个压缩文件，但里面没有 Excel 工作簿。请给出 .xlsx 文件。",
    en="This is a zip file, but there is no Excel workbook inside. Give an .xlsx file.",
)
TOO_LARGE = Sentence(
    zh="工作簿展开后太大（超过 {limit}），不像一份问卷。请删去多余的行列后再试。",
    en="Unpacked, the workbook is too large for a questionnaire (over {limit}). Remove what does not belong to the form.",
)

_MOST_BYTES = 400_000_000
_MOST_CELLS = 20_000_000
_WORKBOOK_TYPE = "/officeDocument"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RELATION_ID = re.compile(r"\{.*\}id")


def read_xlsx(data: bytes) -> list[Sheet]:
    """Every worksheet of a workbook; raises `ReadError` where `data` is not a whole one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _Workbook(archive).sheets()
    except (
        zipfile.BadZipFile,
        zlib.error,
        etree.XMLSyntaxError,
        LookupError,
        ValueError,
        EOFError,
        OSError,
        NotImplementedError,
    ) as fault:
        raise ReadError(DAMAGED.filled(detail=str(fault) or type(fault).__name__)) from fault
    except RuntimeError as fault:  # what zipfile raises for an encrypted member
        raise ReadError(DAMAGED.filled(detail=str(fault))) from fault


class _Workbook:
    """The parts of an open workbook that its sheets need: their places, the shared texts, which styles are dates."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = {name.replace("\\", "/").lstrip("/"): name for name in archive.namelist()}
        size = sum(info.file_size for info in archive.infolist() if info.filename.endswith((".xml", ".rels")))
        if size > _MOST_BYTES:
            raise ReadError(TOO_LARGE.filled(limit="400 MB"))
        self.part = self._workbook_part()
        self.relations = self._relations(self.part)

    def sheets(self) -> list[Sheet]:
        root = self._root(self.part)
        epoch_1904 = any(node.get("date1904") in {"1", "true"} for node in root.iter("{*}workbookPr"))
        texts = self._shared_texts()
        dates = _DateStyles.of(self._optional_root("styles"), epoch_1904=epoch_1904)
        return [_read_sheet(name, self._open(part), texts, dates) for name, part in self._sheet_parts(root) if part in self.names]

    def _workbook_part(self) -> str:
        if "_rels/.rels" not in self.names:
            raise ReadError(NOT_A_WORKBOOK)
        part = next((target for kind, target in self._relations("").values() if kind.endswith(_WORKBOOK_TYPE)), "")
        if part not in self.names or not self._root(part).tag.endswith("}workbook"):
            raise ReadError(NOT_A_WORKBOOK)
        return part

    def _sheet_parts(self, root: Any) -> Iterator[tuple[str, str]]:
        for sheet in root.iter("{*}sheet"):
            relation = next((value for key, value in sheet.attrib.items() if _RELATION_ID.fullmatch(key)), "")
            kind, part = self.relations.get(relation, ("", ""))
            if kind.endswith("/worksheet"):
                yield sheet.get("name", ""), part

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation ID → its kind and the part it points to."""
        folder, name = posixpath.split(part)
        place = posixpath.join(folder, "_rels", f"{name}.rels")
        if place not in self.names:
            return {}
        relations = self._root(place).iter("{*}Relationship")
        return {
            each.get("Id", ""): (
                each.get("Type", ""),
                posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/"),
            )
            for each in relations
        }

    def _shared_texts(self) -> list[str]:
        part = self._part_of_kind("sharedStrings")
        if part not in self.names:
            return []
        texts = []
        for _, item in _parsed(self._open(part), "{*}si"):
            texts.append(_text_of(item))
            item.clear()
        return texts

    def _part_of_kind(self, kind: str) -> str:
        return next((part for each, part in self.relations.values() if each.endswith(f"/{kind}")), "")

    def _optional_root(self, kind: str) -> Any:
        part = self._part_of_kind(kind)
        return self._root(part) if part in self.names else None

    def _open(self, part: str) -> io.BytesIO:
        return io.BytesIO(self.archive.read(self.names[part]))

    def _root(self, part: str) -> Any:
        return etree.parse(self._open(part), etree.XMLParser(resolve_entities=False, no_network=True)).getroot()


def _parsed(part: io.BytesIO, *tags: str) -> Any:
    return etree.iterparse(part, events=("end",), tag=tags, resolve_entities=False, no_network=True)


def _text_of(item: Any) -> str:
    """The text of a shared or inline string: its plain part and its runs, without the reading aids of East Asian text."""
    pieces = (node.text or "" for node in item.iter("{*}t") if not node.getparent().tag.endswith("}rPh"))
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


@dataclass
class _Cells:
    """What has been gathered of one sheet."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)

    def grid(self) -> list[list[str]]:
        height = max(self.rows, default=0)
        width = max((max(row) for row in self.rows.values()), default=0)
        if len(self.rows) * width > _MOST_CELLS:
            raise ReadError(TOO_LARGE.filled(limit="20 000 000"))
        blank: list[str] = []
        return [_spread(self.rows[number]) if number in self.rows else blank for number in range(1, height + 1)]


def _spread(row: Mapping[int, str]) -> list[str]:
    cells = [""] * max(row)
    for column, text in row.items():
        cells[column - 1] = text
    return cells


def _read_sheet(name: str, part: io.BytesIO, texts: list[str], dates: "_DateStyles") -> Sheet:
    gathered = _Cells()
    row_number = column = 0
    for _, node in _parsed(part, "{*}row", "{*}c", "{*}mergeCell"):
        kind = etree.QName(node).localname
        if kind == "mergeCell":
            gathered.merged.append(node.get("ref", ""))
        elif kind == "row":
            row_number, column = _row_of(node, row_number), 0
            node.clear(keep_tail=False)
            while node.getprevious() is not None:
                del node.getparent()[0]
        else:
            here_row, column = _place_of(node, row_number + 1, column + 1)
            text = _cell_text(node, texts, dates)
            if node.find("{*}f") is not None:
                gathered.formulas.append(node.get("r") or f"{_letters(column)}{here_row}")
            if text:
                gathered.rows.setdefault(here_row, {})[column] = text
    grid = gathered.grid()
    header, rows = (grid[0], grid[1:]) if grid else ([], [])
    return Sheet.of(name, header, rows, merged=tuple(gathered.merged), formulas=tuple(gathered.formulas))


def _row_of(node: Any, previous: int) -> int:
    number = node.get("r")
    return int(number) if number else previous + 1


def _place_of(cell: Any, row: int, column: int) -> tuple[int, int]:
    reference = cell.get("r")
    if not reference:
        number = cell.getparent().get("r")
        return (int(number) if number else row), column
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise ValueError(reference)
    return int(match[2]), _column_number(match[1])


def _column_number(letters: str) -> int:
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


def _cell_text(cell: Any, texts: list[str], dates: "_DateStyles") -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return _text_of(inline) if inline is not None else ""
    value = cell.findtext("{*}v") or ""
    if not value:
        return ""
    if kind == "s":
        return texts[int(value)]
    if kind == "n":
        return dates.number_text(value, cell.get("s"))
    return _VALUE_TEXT.get(kind, _unescaped)(value)


_VALUE_TEXT: Mapping[str, Callable[[str], str]] = {
    "b": lambda value: "TRUE" if int(value) else "FALSE",
    "d": lambda value: value.replace("T", " "),
}


@dataclass(frozen=True)
class _DateStyles:
    """Which cell styles show a number as a date or a length of time."""

    dates: frozenset[str] = frozenset()
    spans: frozenset[str] = frozenset()
    epoch_1904: bool = False

    @classmethod
    def of(cls, styles: Any, *, epoch_1904: bool) -> "_DateStyles":
        if styles is None:
            return cls(epoch_1904=epoch_1904)
        from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format

        custom = {node.get("numFmtId"): node.get("formatCode") for node in styles.iter("{*}numFmt")}
        formats = styles.find("{*}cellXfs")
        codes = [
            custom.get(style.get("numFmtId", "0")) or builtin_format_code(int(style.get("numFmtId", "0")))
            for style in (formats if formats is not None else ())
        ]
        return cls(
            frozenset(str(index) for index, code in enumerate(codes) if is_date_format(code)),
            frozenset(str(index) for index, code in enumerate(codes) if is_timedelta_format(code)),
            epoch_1904,
        )

    def number_text(self, value: str, style: str | None) -> str:
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
