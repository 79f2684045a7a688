"""An export as grids of cells: the sheets of a workbook, CSV files, data frames, JSON records, Stata and SPSS files."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from liuwen.errors import ReadError
from liuwen.messages import Sentence
from liuwen.responses.archive import exists, read_entry, zip_names
from liuwen.responses.from_exports.csv_files import columns_of_csv, rows_of_csv
from liuwen.responses.from_exports.decoding import as_utf8, decoded
from liuwen.responses.from_exports.grid import Grid, grid_of_columns, grid_of_rows
from liuwen.responses.from_exports.json_files import Record, records_of_json, unexpanded
from liuwen.responses.from_exports.records import LINK, grids_of_records
from liuwen.responses.from_exports.statistics_files import ENDINGS, frame_of_statistics, is_statistics_file

MOST_BYTES = 2 * 1024**3
"""Of one unpacked CSV."""

_TABULAR = frozenset({".csv", ".json", *ENDINGS})
_JSON = re.compile(rb"(?:\xef\xbb\xbf|[ \r\n\t])*[\[{]")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

_NOT_A_WORKBOOK = Sentence(
    zh="{name} 不是可读的工作簿：已损坏、被加密或被截断（{detail}）。",
    en="{name} cannot be read as a workbook: it is damaged, encrypted or incomplete ({detail}).",
)
_UNREADABLE = Sentence(zh="{name} 打不开：{detail}。", en="{name} cannot be opened: {detail}.")
_IN = Sentence(zh="{name}：{fault}", en="{name}: {fault}")
_CUT_SHORT = Sentence(
    zh="{name} 不完整，可能被截断；请重新下载或导出。",
    en="{name} is incomplete, probably truncated; download or export it again.",
)
_EMPTY = Sentence(zh="{name} 是空的。", en="{name} is empty.")


def is_tabular(source: object) -> bool:
    """Whether a source is a workbook, CSV, JSON or frames rather than submission XML."""
    if isinstance(source, pd.DataFrame):
        return True
    if isinstance(source, Mapping):
        return bool(source) and all(isinstance(value, pd.DataFrame) for value in source.values())
    path = Path(source) if isinstance(source, str) or hasattr(source, "__fspath__") else None
    if path is None or not exists(path):
        return False
    if path.is_dir():
        return not any(path.rglob("*.xml")) and any(file.suffix.lower() in _TABULAR for file in path.rglob("*"))
    return _is_tabular_file(path)


@dataclass(frozen=True, slots=True)
class Sheets:
    """What an export holds as it stands.

    Attributes:
        grids: Its grids.
        nested: Whether repeats stand inside their records, so that one that is nowhere has no instances.
        unexpanded: The repeats that it only links to.
    """

    grids: tuple[Grid, ...]
    nested: bool = False
    unexpanded: tuple[str, ...] = ()


def read_sheets(source: object, encoding: str | None = None) -> Sheets:
    """The grids of an export; raises `ReadError` where it cannot be read."""
    if isinstance(source, pd.DataFrame):
        return Sheets((_of_frame("", source),))
    if isinstance(source, Mapping):
        return Sheets(tuple(_of_frame(str(name), frame) for name, frame in source.items()))
    path = Path(str(source))
    if path.is_dir():
        return _of_folder(path, encoding)
    data = _content(path)
    if not data or data.isspace():
        raise ReadError(_EMPTY.filled(name=path.name))
    if is_statistics_file(path, data[:16]):
        return Sheets(tuple(_of_statistics(path, encoding)))
    return _of_file(path, data, encoding)


def _of_folder(folder: Path, encoding: str | None) -> Sheets:
    """The CSV files of a folder, one a table; or its Stata or SPSS files; or its JSON files, one a page or a submission."""
    if tables := sorted(folder.glob("*.csv")):
        return Sheets(tuple(_of_csv(file.stem, _content(file), encoding) for file in tables))
    if statistics := sorted(file for file in folder.iterdir() if file.suffix.lower() in ENDINGS):
        frames = [frame_of_statistics(file, encoding) for file in statistics]
        return Sheets(tuple(_of_frame(file.stem, frame) for file, frame in zip(statistics, frames, strict=True)))
    pages = ((file.name, _content(file)) for file in sorted(folder.rglob("*.json")))
    return _of_pages(pages, encoding)


def _of_statistics(path: Path, encoding: str | None) -> Iterator[Grid]:
    """A file of Stata or SPSS, and those of its repeats beside it ("answers.dta" and "answers_member.dta")."""
    yield _of_frame("", frame_of_statistics(path, encoding))
    for beside in sorted(path.parent.glob(f"{glob_escaped(path.stem)}_*{path.suffix}")):
        yield _of_frame(beside.stem.removeprefix(f"{path.stem}_"), frame_of_statistics(beside, encoding))


def _of_pages(pages: Iterable[tuple[str, bytes]], encoding: str | None) -> Sheets:
    records: list[Record] = []
    links = False
    for name, data in pages:
        text = decoded(name, data, encoding)
        records += records_of_json(name, text, alone=False)
        links |= LINK in text
    return _of_records(records, links=links)


def _of_records(records: list[Record], *, links: bool) -> Sheets:
    grids = tuple(grid_of_rows(name, rows) for name, rows in grids_of_records(records).items())
    return Sheets(grids, nested=True, unexpanded=unexpanded(records) if links else ())


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise ReadError(_UNREADABLE.filled(name=file.name, detail=fault.strerror or fault)) from fault


def _of_file(path: Path, data: bytes, encoding: str | None) -> Sheets:
    names = zip_names(path)
    if data.startswith(_OLE):
        return Sheets(tuple(_of_old_workbook(path.name, data)))
    if _is_workbook(names):
        return Sheets(tuple(_of_workbook(path.name, data)))
    if names is not None:
        return _of_zip(path, names, encoding)
    if data.startswith(_ZIP):
        raise ReadError(_CUT_SHORT.filled(name=path.name))
    plain = as_utf8(data, encoding)
    if plain is not None and not _JSON.match(plain) and (told := columns_of_csv(plain)):
        return Sheets((grid_of_columns(path.stem, *told),))
    text = decoded(path.name, data, encoding)
    if text.lstrip("\ufeff \r\n\t")[:1] in {"{", "["}:
        return _of_records(records_of_json(path.name, text.lstrip("\ufeff")), links=LINK in text)
    return Sheets((_of_text(path.stem, text, plain),))


def _is_tabular_file(path: Path) -> bool:
    try:
        with path.open("rb") as opened:
            start = opened.read(512)
    except OSError as fault:
        raise ReadError(_UNREADABLE.filled(name=path.name, detail=fault.strerror or fault)) from fault
    if start.startswith(_ZIP):
        names = zip_names(path)
        holds = (_holds(names, ".csv") or _holds(names, ".json")) if names else False
        return names is None or _is_workbook(names) or (holds and not _holds(names or [], ".xml"))
    if not start.strip():
        return path.suffix.lower() not in {".xml", ".zip"}
    if is_statistics_file(path, start):
        return True
    return not start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and path.suffix.lower() != ".xml"


def _is_workbook(names: list[str] | None) -> bool:
    return any(name.startswith("xl/") for name in names or ())


def _holds(names: list[str], ending: str) -> bool:
    return any(name.lower().endswith(ending) for name in names)


def _of_workbook(name: str, data: bytes) -> list[Grid]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [book.get_sheet_by_name(sheet) for sheet in book.sheet_names]
    except CalamineError as fault:
        raise ReadError(_NOT_A_WORKBOOK.filled(name=name, detail=fault)) from fault
    starts = [(sheet, sheet.start[0]) for sheet in sheets if sheet.start is not None]
    return [grid_of_rows(sheet.name, islice(sheet.iter_rows(), start, None), first=start + 1) for sheet, start in starts]


def _of_old_workbook(name: str, data: bytes) -> list[Grid]:
    from liuwen.form.formats.xls import read_xls_values

    try:
        return [grid_of_rows(sheet, rows) for sheet, rows in read_xls_values(data) if rows]
    except ReadError as fault:
        raise ReadError(_IN.filled(name=name, fault=fault.sentence)) from fault


def _of_zip(path: Path, names: list[str], encoding: str | None) -> Sheets:
    with zipfile.ZipFile(path) as archive:
        tables = [(name, _entry(archive, name)) for name in names if name.lower().endswith(".csv")]
        if tables:
            return Sheets(tuple(_of_csv(Path(name).stem, data, encoding) for name, data in tables))
        return _of_pages(((name, _entry(archive, name)) for name in names if name.lower().endswith(".json")), encoding)


def _entry(archive: zipfile.ZipFile, name: str) -> bytes:
    data = read_entry(archive, name, MOST_BYTES)
    if data is None:
        raise ReadError(_CUT_SHORT.filled(name=name))
    return data


def _of_csv(name: str, data: bytes, encoding: str | None) -> Grid:
    plain = as_utf8(data, encoding)
    told = None if plain is None else columns_of_csv(plain)
    return grid_of_columns(name, *told) if told else _of_text(name, decoded(name, data, encoding), plain)


def _of_text(name: str, text: str, tried: bytes | None) -> Grid:
    """The grid of a CSV; `tried` are bytes that Arrow could not read."""
    plain = text.encode("utf-8", "surrogatepass")
    told = None if plain == tried else columns_of_csv(plain)
    if told:
        return grid_of_columns(name, *told)
    try:
        rows, is_cut = rows_of_csv(text)
    except ReadError as fault:
        raise ReadError(_IN.filled(name=name, fault=fault.sentence)) from fault
    return replace(grid_of_rows(name, rows), cut=len(rows) if is_cut else None)


def _of_frame(name: str, frame: pd.DataFrame) -> Grid:
    whole = frame.reset_index() if frame.index.name and frame.index.name not in frame else frame
    cells = whole.astype(object).where(whole.notna(), None)
    return grid_of_columns(name, list(whole.columns), [cells.iloc[:, number].tolist() for number in range(whole.shape[1])])


def glob_escaped(stem: str) -> str:
    """A file's name as a pattern that means it alone."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in stem)
