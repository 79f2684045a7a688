"""The logs of an interview that ODK Collect keeps: what was opened when, what was changed, and where (`audit.csv`).

Events in unlinked sections are left out: they hold the old and new answers, beside the instance ID.
"""

import csv
import re
from collections.abc import Collection, Iterator
from typing import Any

import pandas as pd

from liuwen.errors import ReadError
from liuwen.form.formats.tables import csv_rows
from liuwen.responses.source import Submission

COLUMNS = (
    "instance_id", "event", "node", "start", "end", "seconds", "latitude", "longitude", "accuracy", "old_value", "new_value",
    "user", "change_reason",
)  # fmt: skip
_HEADS = {"old-value": "old_value", "new-value": "new_value", "change-reason": "change_reason"}
_MOST_BYTES = 64 * 1024 * 1024
_INSTANCE = re.compile(r"\[[0-9]+\]")
Row = dict[str, Any]


def audit_rows(name: str, submission: Submission, instance_id: str, unlinked: Collection[tuple[str, ...]]) -> Iterator[Row]:
    """The lines of a submission's log outside `unlinked` sections; none if it has no log (no `name`) or the file is missing."""
    opened = submission.open_file(name) if name else None
    if opened is None:
        return
    with opened:
        text = opened.read(_MOST_BYTES).decode("utf-8-sig", errors="replace")
    try:
        header, *lines = list(csv_rows(text)) or [[]]
    except (ReadError, csv.Error):
        return
    heads = [_HEADS.get(head.strip(), head.strip()) for head in header]
    for line in lines:
        row = dict(zip(heads, line, strict=False))
        if any(line) and not _is_inside(row.get("node", ""), unlinked):
            yield {"instance_id": instance_id, **row}


def _is_inside(node: str, sections: Collection[tuple[str, ...]]) -> bool:
    """Whether a node such as "/data/member[2]/views/fair" is one of the sections, or in one."""
    path = tuple(_INSTANCE.sub("", node).strip("/").split("/")[1:])
    return any(path[: len(section)] == section for section in sections)


def audit_frame(rows: list[Row]) -> pd.DataFrame:
    """The logs as a table: `node` is the question's path, `seconds` how long it was open, times are UTC."""
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype="object")
    start, end = (pd.to_numeric(frame[name], errors="coerce") for name in ("start", "end"))
    frame["seconds"] = ((end - start) / 1000).astype("Float64")
    frame["start"], frame["end"] = _moments(start), _moments(end)
    for name in ("latitude", "longitude", "accuracy"):
        frame[name] = pd.to_numeric(frame[name], errors="coerce").astype("Float64")
    for name in ("instance_id", "event", "node", "old_value", "new_value", "user", "change_reason"):
        frame[name] = frame[name].replace("", None).astype("string")
    frame["node"] = frame["node"].str.replace(r"^/[^/]+/", "", regex=True)
    return frame


def _moments(milliseconds: "pd.Series[Any]") -> "pd.Series[Any]":
    return pd.to_datetime(milliseconds, unit="ms", utc=True, errors="coerce").astype("datetime64[us, UTC]")
