"""Responses as CSV: a zip as ODK Central lays it out, or plain files."""

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from liuwen.responses.exports.formulas import without_formula
from liuwen.responses.exports.shown import beside, remarks, shown_tables
from liuwen.responses.plan import GEOPOINT_PARTS, MAIN, Column

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses

_MAIN_HEADS = {"submitted_at": "SubmissionDate", "form_version": "FormVersion", "sent_by": "SubmitterName"}
_SERVER_HEADS = {
    "submitter_id": "SubmitterID",
    "review_state": "ReviewState",
    "device": "DeviceID",
    "edits": "Edits",
    "status": "Status",
    "attachments_present": "AttachmentsPresent",
    "attachments_expected": "AttachmentsExpected",
}


def write_csv(responses: "Responses", path: Path, *, excel: bool, raw: bool) -> Path:
    """Write the zip, or the files, as the ending says."""
    texts = {name: _text(responses, name, excel=excel) for name in shown_tables(responses, raw=raw)}
    if path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in texts.items():
                archive.writestr(
                    f"{_stem(responses)}{'' if name == MAIN else '-' + name.replace('/', '.')}.csv", _bytes(text, excel)
                )
            archive.writestr("README.txt", _readme(responses, raw=raw))
        return path
    for name, text in texts.items():
        (path if name == MAIN else beside(path, name)).write_bytes(_bytes(text, excel))
    path.with_name(f"{path.stem}_README.txt").write_text(_readme(responses, raw=raw), encoding="utf-8")
    return path


def _readme(responses: "Responses", *, raw: bool) -> str:
    told = remarks(responses, "UTC", raw=raw)
    return "".join(f"{sentence.in_language('zh')}\n{sentence.in_language('en')}\n" for sentence in told)


def _stem(responses: "Responses") -> str:
    return "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in responses.form.id) or "submissions"


def _bytes(text: str, excel: bool) -> bytes:
    return text.encode("utf-8-sig" if excel else "utf-8")


def _text(responses: "Responses", name: str, *, excel: bool) -> str:
    columns = dict(_columns(responses, name))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    safe = [list(map(without_formula, texts)) if excel else texts for texts in columns.values()]
    writer.writerows(zip(*safe, strict=True))
    return stream.getvalue()


def _columns(responses: "Responses", name: str) -> Iterator[tuple[str, list[str]]]:
    table, planned = responses[name], responses.plan.tables[name]
    if name == MAIN:
        yield from ((head, _cells(table[own])) for own, head in _MAIN_HEADS.items())
    for column in planned.columns:
        head = _head(column)
        if column.kind == "geopoint":
            for part, own in zip(GEOPOINT_PARTS, column.heads, strict=True):
                yield f"{head}-{part.capitalize()}", _cells(table[own])
        else:
            yield head, _cells(table[column.name])
    if planned.unlinked:
        return
    if name == MAIN:
        known = responses.submissions
        yield from ((head, _cells(known[own])) for own, head in _SERVER_HEADS.items() if own in known)
    else:
        yield "PARENT_KEY", _cells(table["parent_key"])
    yield "KEY", list(map(str, table.index))


def _head(column: Column) -> str:
    """The question's path below the table it stands in, as Central parts it."""
    path = column.element.path
    repeats = column.element.repeats
    return "-".join(path[len(repeats[-1].path) :] if repeats else path)


def _cells(series: "pd.Series[Any]") -> list[str]:
    if isinstance(series.dtype, pd.DatetimeTZDtype):
        texts = series.dt.strftime("%Y-%m-%dT%H:%M:%S.%f").str[:-3] + "Z"
    elif pd.api.types.is_datetime64_any_dtype(series.dtype):
        day = bool((series.dropna() == series.dropna().dt.normalize()).all())
        texts = series.dt.strftime("%Y-%m-%d" if day else "%Y-%m-%dT%H:%M:%S.%f")
    else:
        return ["" if missing else _plain(cell) for cell, missing in zip(series.array, series.isna(), strict=True)]
    return [text if isinstance(text, str) else "" for text in texts]


def _plain(cell: Any) -> str:
    return repr(float(cell)) if isinstance(cell, float) else str(cell)
