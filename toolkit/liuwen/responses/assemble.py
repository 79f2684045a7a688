"""From gathered rows to typed tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Literal

import pandas as pd

from liuwen.responses.from_submissions.gather import RawTable, Stray, StrayReason
from liuwen.responses.plan import MAIN, SELECT_KINDS, TablePlan
from liuwen.responses.typed import asked, typed
from liuwen.responses.unlinked import content_order

UNKNOWN_COLUMNS = ("table", "key", "field", "value", "reason")
Reason = StrayReason | Literal["choice", "type"]
_Unknown = tuple[str, str | None, str, str, Reason]


@dataclass(frozen=True, slots=True)
class SubmissionHeader:
    """What is known of one submission beside its answers."""

    instance_id: str
    form_version: str
    submitted_at: str
    sent_by: str = ""


@dataclass(frozen=True)
class Frames:
    """The typed tables, who was asked what in them, and what the form does not know."""

    tables: Mapping[str, pd.DataFrame]
    asked: Mapping[str, pd.DataFrame]
    unknown: pd.DataFrame


def frames(
    plan: TablePlan,
    raw: Mapping[str, RawTable],
    headers: Sequence[SubmissionHeader],
    strays: Sequence[Stray],
    keep: Sequence[bool],
) -> Frames:
    """The tables of the submissions to keep (`keep[i]` tells it of the i-th)."""
    tables: dict[str, pd.DataFrame] = {}
    masks: dict[str, pd.DataFrame] = {}
    unknown = _strays(headers, strays, keep)
    for name, table in raw.items():
        rows = [row for row, submission in enumerate(table.submissions) if keep[submission]]
        if table.table.unlinked:
            rows = content_order(table, rows)
        tables[name], masks[name], odd = _frame(plan, table, rows, headers)
        unknown.extend(odd)
    return Frames(tables, masks, pd.DataFrame(unknown, columns=list(UNKNOWN_COLUMNS), dtype="string"))


def _strays(headers: Sequence[SubmissionHeader], strays: Sequence[Stray], keep: Sequence[bool]) -> list[_Unknown]:
    linked: list[_Unknown] = [
        (stray.table, key_of(headers, stray.submission, stray.key), stray.field, stray.value, stray.reason)
        for stray in strays
        if stray.submission is not None and keep[stray.submission]
    ]
    unlinked: list[_Unknown] = [
        (stray.table, None, stray.field, stray.value, stray.reason) for stray in strays if stray.submission is None
    ]
    return [*linked, *sorted(unlinked, key=lambda row: row[2:])]


def _frame(
    plan: TablePlan, raw: RawTable, rows: list[int], headers: Sequence[SubmissionHeader]
) -> tuple[pd.DataFrame, pd.DataFrame, list[_Unknown]]:
    index = _index(raw, rows, headers)
    data = _links(raw, rows, headers)
    masks = {}
    odd: list[_Unknown] = []
    filled = zip(*(raw.rows[row] for row in rows), strict=True) if rows else repeat(())
    for column, cells in zip(raw.table.columns, filled, strict=False):
        listed = plan.choices(column)
        made = typed(column.kind, cells, listed.names if listed else ())
        data.update(zip(column.heads, made.parts, strict=True))
        masks[column.name] = asked(cells)
        keys = [None] * len(rows) if raw.table.unlinked else index
        reason: Reason = "choice" if column.kind in SELECT_KINDS else "type"
        odd.extend((raw.table.name, keys[row], column.path, cells[row] or "", reason) for row in made.faulty)
    return pd.DataFrame(data, index=index), pd.DataFrame(masks, index=index), odd


def _index(raw: RawTable, rows: list[int], headers: Sequence[SubmissionHeader]) -> "pd.Index[Any]":
    if raw.table.unlinked:
        return pd.RangeIndex(len(rows))
    keys = [key_of(headers, raw.submissions[row], raw.keys[row]) for row in rows]
    return pd.Index(keys, dtype="str", name="instance_id" if raw.table.name == MAIN else "key")


def _links(raw: RawTable, rows: list[int], headers: Sequence[SubmissionHeader]) -> dict[str, Any]:
    if raw.table.unlinked:
        return {}
    whose = [headers[raw.submissions[row]] for row in rows]
    if raw.table.name != MAIN:
        parents = [key_of(headers, raw.submissions[row], raw.parents[row]) for row in rows]
        return {
            "parent_key": pd.array(parents, dtype="string"),
            "instance_id": pd.array([header.instance_id for header in whose], dtype="string"),
        }
    return {
        "submitted_at": typed("datetime", [header.submitted_at or None for header in whose]).parts[0],
        "form_version": pd.array([header.form_version or None for header in whose], dtype="string"),
        "sent_by": pd.array([header.sent_by or None for header in whose], dtype="string"),
    }


def key_of(headers: Sequence[SubmissionHeader], submission: int | None, below: str) -> str | None:
    """The key of a row: its submission's instance ID and its place below; None for one that stands apart from it."""
    if submission is None:
        return None
    instance_id = headers[submission].instance_id
    return f"{instance_id}/{below}" if below else instance_id
