"""Reads .xlsx and .xlsm: every cell as text, with merged ranges and formula cells.

Cells become text as in pyxform's reader (dates as openpyxl reads them, integers without ".0", TRUE and FALSE), but
untrimmed; `_x000D_` is decoded, as in Excel (ECMA-376, ST_Xstring).
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from liuwen.errors import ReadError
from liuwen.form.formats.cells import TOO_LARGE, DateStyles, parsed, read_cells, text_of
from liuwen.form.sheets import Sheet
from liuwen.messages import Sentence

DAMAGED = Sentence(
    zh="工作簿已损坏或不完整，读不出来。请重新下载，或在 Excel 中打开后另存。",
    en="The workbook is damaged or incomplete. Download it again, or open it in Excel and save it again.",
)
NOT_A_WORKBOOK = Sentence(
    zh="这是一个压缩文件，但里面没有 Excel 工作簿。请给出 .xlsx 文件。",
    en="This is a zip file, but it contains no Excel workbook. Use an .xlsx file.",
)

_MOST_BYTES = 400_000_000
_WORKBOOK_TYPE = "/officeDocument"
_RELATION_ID = re.compile(r"\{.*\}id")


def read_xlsx(data: bytes) -> list[Sheet]:
    """All worksheets of a workbook; raises `ReadError` if `data` is incomplete."""
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
        RuntimeError,
    ) as fault:
        raise ReadError(DAMAGED) from fault


class _Workbook:
    """The parts of an open workbook that its sheets need: their locations, shared strings, date styles."""

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
        dates = DateStyles.of(self._optional_root("styles"), epoch_1904=epoch_1904)
        return [read_cells(name, self._open(part), texts, dates) for name, part in self._sheet_parts(root) if part in self.names]

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
        """Relation ID → its type and target."""
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
        for _, item in parsed(self._open(part), "{*}si"):
            texts.append(text_of(item))
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
