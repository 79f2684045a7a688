"""Reads a form from a file, bytes or pandas frames; the content decides the format, not the file name."""

import codecs
import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from liuwen.errors import LiuwenWarning, ReadError
from liuwen.form.formats.markdown import is_markdown, read_markdown
from liuwen.form.formats.tables import csv_rows, read_csv, read_frames
from liuwen.form.headers import SHEETS
from liuwen.form.media import ITEMSETS, files_beside
from liuwen.form.model import Form, Original
from liuwen.form.sheets import Sheet
from liuwen.messages import Sentence

if TYPE_CHECKING:
    import pandas as pd

FormLike = Form | str | PathLike[str]
"""What public functions accept as a form: a `Form`, or the path of one."""

MISSING = Sentence(zh="找不到文件：{name}。", en="File not found: {name}.")
FOLDER = Sentence(
    zh="{name} 是文件夹，请给出其中的一个表单文件。",
    en="{name} is a folder. Use one of the form files in it.",
)
UNREADABLE = Sentence(zh="{name} 打不开：{detail}。", en="{name} cannot be opened: {detail}.")
EMPTY = Sentence(zh="{name} 是空的，没有表单。", en="{name} is empty.")
NO_FORM = Sentence(
    zh="{name} 里认不出表单。请给出 Excel 工作簿（.xlsx、.xls）、Markdown 表格（.md）、CSV 或 XForm（.xml）。",
    en="{name} contains no form that can be recognised. Use a workbook (.xlsx, .xls), Markdown (.md), CSV or an XForm (.xml).",
)
WEB_PAGE = Sentence(
    zh="{name} 是一个网页，不是表单；下载时多半没有登录。请重新下载。",
    en="{name} is a web page, not a form; the download probably required a login. Download it again.",
)
NO_SURVEY = Sentence(
    zh="{name} 没有名为 survey 的工作表（现有：{sheets}）。请把问题所在的工作表命名为 survey。",
    en="{name} has no sheet named survey (it has: {sheets}). Rename the sheet with the questions to survey.",
)
OTHER_KIND = Sentence(
    zh="{name} 的内容其实是 {kind}，已按内容读取。请改正文件名。",
    en="{name} is actually {kind} and was read as such. Rename the file.",
)
IN = Sentence(zh="{name}：{fault}", en="{name}: {fault}")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_XLS = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_SHEET_IN_CSV = re.compile(rf"""^["']?({"|".join(SHEETS)})["']?\s*(,|$)""", re.IGNORECASE | re.MULTILINE)
_TEXT_CODECS = ("utf-8-sig", "gb18030")


class _Kind(NamedTuple):
    """A file format: its name, its file endings, and how its sheets are read."""

    name: str
    endings: tuple[str, ...]
    read: Callable[[bytes], list[Sheet]]


def read_form(source: "str | PathLike[str] | bytes | Mapping[str, pd.DataFrame]", *, name: str | None = None) -> Form:
    r"""Read a form from a file, from bytes, or from tables.

    The content decides the format; if the file ending disagrees, a `LiuwenWarning` is given. Files beside the form that it
    refers to are read into `Form.media`. The form is kept exactly as written, with all its faults; `check` lists them.

    Args:
        source: The path of a .xlsx, .xlsm, .xls, .md, .csv or .xml file; the bytes of one; or a DataFrame for each sheet,
            by sheet name.
        name: The file name, if the source has none; it is used in messages and as the default form ID.

    Returns:
        The form.

    Raises:
        ReadError: If the file is missing, empty, encrypted or damaged, or is not a form.

    Example:
        >>> read_form(b"| survey |\n| | type | name |\n| | text | village |").questions[0].name
        'village'
    """
    if isinstance(source, Mapping):
        return _form_of(read_frames(source), name or "")
    if isinstance(source, bytes):
        return _read_bytes(source, name or "")
    path = Path(source)
    try:
        form = _read_bytes(_content(path), name or path.name)
    except ReadError as fault:
        raise ReadError(_with_name(fault.sentence, path)) from fault
    return _with_itemsets(replace(form, media=files_beside(form, path.parent)))


def as_form(form: FormLike) -> Form:
    """Return the form itself, or read it from a path.

    Args:
        form: A form, or the path of one.

    Returns:
        The form.

    Raises:
        ReadError: If the file is missing, empty, encrypted or damaged, or is not a form.
    """
    return form if isinstance(form, Form) else read_form(form)


def _with_itemsets(form: Form) -> Form:
    """The form, with the lists of itemsets.csv (from an XForm) as the sheet external_choices."""
    content = form.media.get(ITEMSETS)
    if content is None or form.sheet("external_choices"):
        return form
    try:
        rows = list(csv_rows(content.decode("utf-8-sig", errors="replace")))
    except ReadError as fault:
        raise ReadError(IN.filled(name=ITEMSETS, fault=fault.sentence)) from fault
    media = {name: each for name, each in form.media.items() if name != ITEMSETS}
    if not rows:
        return form
    sheets = (*form.sheets, Sheet.of("external_choices", rows[0], rows[1:]))
    return replace(form, sheets=sheets, media=media, original=form.original and replace(form.original, sheets=sheets))


def _with_name(sentence: Sentence, path: Path) -> Sentence:
    """The sentence, preceded by the file name unless it already contains it."""
    return sentence if path.name in sentence.en else IN.filled(name=path.name, fault=sentence)


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise ReadError(FOLDER.filled(name=path))
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadError(MISSING.filled(name=path)) from None
    except (OSError, ValueError) as fault:
        raise ReadError(UNREADABLE.filled(name=path, detail=getattr(fault, "strerror", None) or fault)) from fault


def _read_bytes(data: bytes, name: str) -> Form:
    called = name or Sentence(zh="内容", en="The content")
    kind = _kind_of(data, called)
    form = _form_of(kind.read(data), name)
    if kind.name == "XForm":
        form = replace(form, original=Original(form.sheets, data))
    ending = Path(name).suffix.lower()
    if ending and ending not in kind.endings:
        warnings.warn(LiuwenWarning(OTHER_KIND.filled(name=name, kind=kind.name)), stacklevel=3)
    return form


def _form_of(sheets: list[Sheet], name: str) -> Form:
    form = Form(tuple(sheets), source=name)
    if form.sheet("survey") is None:
        found = "、".join(sheet.name for sheet in sheets) or "-"
        raise ReadError(NO_SURVEY.filled(name=name or Sentence(zh="表单", en="The form"), sheets=found))
    return form


def _kind_of(data: bytes, called: str | Sentence) -> _Kind:
    if not data.strip(b" \t\r\n\0"):
        raise ReadError(EMPTY.filled(name=called))
    if data.startswith(b"PK"):
        from liuwen.form.formats.xlsx import read_xlsx

        return _Kind("xlsx", (".xlsx", ".xlsm"), read_xlsx)
    if data.startswith((_OLE, *_OLD_XLS)):
        from liuwen.form.formats.xls import read_xls

        return _Kind("xls", (".xls",), read_xls)
    return _kind_of_text(_text(data, called), called)


def _kind_of_text(text: str, called: str | Sentence) -> _Kind:
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype html", "<html")):
        raise ReadError(WEB_PAGE.filled(name=called))
    if start.startswith("<"):
        from liuwen.form.formats.from_xform import read_xform

        return _Kind("XForm", (".xml",), partial(read_xform, called=called))
    if is_markdown(text):
        return _Kind("Markdown", (".md", ".markdown", ".txt"), lambda _: read_markdown(text))
    if _SHEET_IN_CSV.search(text):
        return _Kind("CSV", (".csv", ".txt"), lambda _: read_csv(text))
    raise ReadError(NO_FORM.filled(name=called))


def _text(data: bytes, called: str | Sentence) -> str:
    """Decode text: UTF-8, UTF-16 with a byte order mark, or GB18030 as Excel writes on Chinese systems."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codecs_to_try: tuple[str, ...] = ("utf-16",)
    else:
        codecs_to_try = _TEXT_CODECS
    for codec in codecs_to_try:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ReadError(NO_FORM.filled(name=called))
