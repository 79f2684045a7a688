"""From gathered rows to typed tables."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import pyarrow as pa

from liuwen.messages import Sentence
from liuwen.responses.from_submissions.pack import Stray, StrayReason
from liuwen.responses.from_submissions.raw_table import Cells, RawTable, cells_of
from liuwen.responses.plan import MAIN, SELECT_KINDS, Kind, TablePlan
from liuwen.responses.section_counts import SectionCounts, rows_apart, section_counts
from liuwen.responses.section_memory import RowsTold, left_out_strays
from liuwen.responses.submission_header import SubmissionHeader
from liuwen.responses.submission_table import submissions_of
from liuwen.responses.typed import Typed, asked, is_aware, typed
from liuwen.responses.unlinked import content_order

SUBMITTED_AT = "\0submitted_at"
"""What a `Conform` calls the time of receipt: no path of a question."""
UNKNOWN_COLUMNS = ("table", "key", "field", "value", "reason")
Reason = StrayReason | Literal["choice", "type", "timezone"]
UnknownRow = tuple[str, str | None, str, str, Reason]
"""A row of `Responses.unknown`: table, key, field, value, reason."""


@dataclass(frozen=True)
class Frames:
    """The typed tables, who was asked what in them, and what the form does not know."""

    tables: Mapping[str, pd.DataFrame]
    asked: Mapping[str, pd.DataFrame]
    unknown: pd.DataFrame
    submissions: pd.DataFrame
    sections: Mapping[str, SectionCounts]
    naive: tuple[str, ...] = ()
    """The columns whose times are without an offset from UTC, and kept so."""
    notes: tuple[Sentence, ...] = ()
    """What a reader should know of sections that are kept apart."""


def frames(  # noqa: PLR0917 - all that a reading gathered
    plan: TablePlan,
    raw: Mapping[str, RawTable],
    headers: Sequence[SubmissionHeader],
    strays: Sequence[Stray],
    keep: Sequence[bool],
    timezone: str | None = None,
    tell: "Callable[[Mapping[str, Sequence[int]]], RowsTold] | None" = None,
) -> Frames:
    """The tables of the submissions to keep (`keep[i]` tells it of the i-th); `tell` says what is shown of unlinked rows."""
    tables: dict[str, pd.DataFrame] = {}
    masks: dict[str, pd.DataFrame] = {}
    rows_of = {name: kept_rows(table, keep) for name, table in raw.items()}
    told = None if tell is None else tell({name: rows_of[name] for name, table in raw.items() if table.table.unlinked})
    at = {submission: row for row, submission in enumerate(number for number, kept in enumerate(keep) if kept)}
    apart = {
        name: rows_apart(table, rows_of[name], at, told.levels[name] if told else None)
        for name, table in raw.items()
        if table.table.unlinked
    }
    unknown = stray_rows(headers, [stray for stray in strays if told is None or stray.submission is not None], keep)
    for name, table in raw.items():
        rows = apart[name].shown if name in apart else rows_of[name]
        tables[name], masks[name], odd = frame_of(plan, table, rows, headers, timezone)
        unknown.extend(odd)
    kept = [header for header, wanted in zip(headers, keep, strict=True) if wanted]
    return Frames(
        tables,
        masks,
        pd.DataFrame(unknown, columns=list(UNKNOWN_COLUMNS), dtype="string"),
        submissions_of(plan, tables[MAIN], kept, timezone),
        section_counts(plan, tables, masks, {name: rows for name, rows in apart.items() if raw[name].table.parent == MAIN}),
        tuple(dict.fromkeys(head for name, table in tables.items() for head in naive_columns(plan, name, table))),
        () if told is None else (*told.notes, *left_out_strays(sum(stray.submission is None for stray in strays))),
    )


def kept_rows(table: RawTable, keep: Sequence[bool]) -> list[int]:
    """The rows of the submissions to keep; of an unlinked section those asked anything, in the order of their content."""
    rows = rows_in_order(table, keep)
    return content_order(table, rows) if table.table.unlinked else rows


def rows_in_order(table: RawTable, keep: Sequence[bool]) -> list[int]:
    """The rows of the submissions to keep, in their order; those of a batch were added later than what was read beside it."""
    rows = (row for row, submission in enumerate(table.submissions) if keep[submission])
    return sorted(rows, key=table.submissions.__getitem__)


def naive_columns(plan: TablePlan, name: str, table: pd.DataFrame) -> list[str]:
    """The columns of times whose values have no offset."""
    times = [column.name for column in plan.tables[name].columns if column.kind == "datetime"]
    return [head for head in ("submitted_at", *times) if head in table and not is_aware(table[head].array)]


def stray_rows(headers: Sequence[SubmissionHeader], strays: Sequence[Stray], keep: Sequence[bool]) -> list[UnknownRow]:
    """The rows of what the form does not know; those of unlinked sections come last, in the order of their content."""
    linked: list[UnknownRow] = [
        (stray.table, key_of(headers, stray.submission, stray.key), stray.field, stray.value, stray.reason)
        for stray in strays
        if stray.submission is not None and keep[stray.submission]
    ]
    unlinked: list[UnknownRow] = [
        (stray.table, None, stray.field, stray.value, stray.reason) for stray in strays if stray.submission is None
    ]
    return [*linked, *sorted(unlinked, key=lambda row: row[2:])]


Conform = Callable[[str, Kind, Typed], Typed]
"""Makes a part of a column (named by its path) like the whole of it."""


def as_typed(_: str, kind: Kind, made: Typed) -> Typed:
    """The whole of a column, as it is."""
    return made


def frame_of(  # noqa: PLR0917 - all that makes a table
    plan: TablePlan,
    raw: RawTable,
    rows: list[int],
    headers: Sequence[SubmissionHeader],
    timezone: str | None,
    conform: Conform = as_typed,
) -> tuple[pd.DataFrame, pd.DataFrame, list[UnknownRow]]:
    """Some rows as a typed table, who was asked what in them, and the cells that their columns do not hold."""
    index = _index(raw, rows, headers)
    keys = [None] * len(rows) if raw.table.unlinked else index
    data, odd = _links(raw, rows, headers, keys, timezone, conform)
    masks = {}
    wanted = None if len(rows) == len(raw) and rows == sorted(rows) else pa.array(rows, pa.int64())
    for column, all_cells in zip(raw.table.columns, raw.drained(), strict=True):
        cells = all_cells if wanted is None else all_cells.take(wanted)
        listed = plan.choices(column)
        made = conform(column.path, column.kind, typed(column.kind, cells, listed.names if listed else (), timezone))
        data.update(zip(column.heads, made.parts, strict=True))
        masks[column.name] = asked(cells)
        odd.extend(_told(raw.table.name, column.path, made, keys, cells, column.kind))
    return pd.DataFrame(data, index=index, copy=False), pd.DataFrame(masks, index=index, copy=False), odd


def _told(  # noqa: PLR0917 - what one row of `unknown` says
    table: str, field: str, made: Typed, keys: "Sequence[str | None] | pd.Index[Any]", cells: Cells, kind: Kind
) -> Iterator[UnknownRow]:
    """The cells of a column that its type does not hold."""
    reason: Reason = "choice" if kind in SELECT_KINDS else "type"
    for row, cell in zip(made.faulty, _cells_at(cells, made.faulty), strict=True):
        yield table, keys[row], field, cell or "", reason
    if made.naive and is_aware(made.parts[0]):
        for row, cell in zip(made.naive, _cells_at(cells, made.naive), strict=True):
            yield table, keys[row], field, cell or "", "timezone"


def _cells_at(cells: Cells, rows: Sequence[int]) -> "list[str | None]":
    return list(cells.take(pa.array(rows, pa.int64())).to_pylist()) if rows else []


def _index(raw: RawTable, rows: list[int], headers: Sequence[SubmissionHeader]) -> "pd.Index[Any]":
    if raw.table.unlinked:
        return pd.RangeIndex(len(rows))
    keys = [key_of(headers, raw.submissions[row], raw.keys[row]) for row in rows]
    return pd.Index(keys, dtype="str", name="instance_id" if raw.table.name == MAIN else "key")


def _links(  # noqa: PLR0917 - all that the links of a table are made of
    raw: RawTable,
    rows: list[int],
    headers: Sequence[SubmissionHeader],
    keys: "Sequence[str | None] | pd.Index[Any]",
    timezone: str | None,
    conform: Conform,
) -> tuple[dict[str, Any], list[UnknownRow]]:
    if raw.table.unlinked:
        return {}, []
    whose = [headers[raw.submissions[row]] for row in rows]
    if raw.table.name != MAIN:
        parents = [key_of(headers, raw.submissions[row], raw.parents[row]) for row in rows]
        linked = {
            "parent_key": pd.array(parents, dtype="string"),
            "instance_id": pd.array([header.instance_id for header in whose], dtype="string"),
        }
        return linked, []
    received = cells_of([header.submitted_at or None for header in whose])
    made = conform(SUBMITTED_AT, "datetime", typed("datetime", received, timezone=timezone))
    columns = {
        "submitted_at": made.parts[0],
        "form_version": pd.array([header.form_version or None for header in whose], dtype="string"),
        "sent_by": pd.array([header.sent_by or None for header in whose], dtype="string"),
    }
    return columns, list(_told(MAIN, "submitted_at", made, keys, received, "datetime"))


def key_of(headers: Sequence[SubmissionHeader], submission: int | None, below: str) -> str | None:
    """The key of a row: its submission's instance ID and its place below; None for one that stands apart from it."""
    if submission is None:
        return None
    instance_id = headers[submission].instance_id
    return f"{instance_id}/{below}" if below else instance_id
