"""What edits changed: each answer before and after, where both versions of a submission were read."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from liuwen.responses.assemble import key_of
from liuwen.responses.from_submissions.raw_table import UNSURE, Cell, RawTable
from liuwen.responses.gathered import Gathered
from liuwen.responses.submission_header import SubmissionHeader
from liuwen.responses.typed import typed

COLUMNS = ("instance_id", "table", "key", "field", "before", "after", "edited_at", "edited_by")
_Rows = Mapping[str, Mapping[str, Cell]]
"""The answers of a submission's rows, by their place below it."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """An edit: the numbers of the submission before it, of itself, and of the newest in its line."""

    before: int
    after: int
    newest: int


def edit_frame(gathered: Gathered, timezone: str | None) -> pd.DataFrame:
    """A row for each answer that an edit changed; unlinked sections, which have no key, are left out."""
    headers = gathered.headers
    edits = _edits(headers, gathered.replaced)
    involved = {number for edit in edits for number in (edit.before, edit.after)}
    rows = [
        (headers[edit.newest].instance_id, name, key_of(headers, edit.newest, below), field, before, after, edit.after)
        for name, table in (gathered.tables.items() if edits else ())
        if not table.table.unlinked
        for held in [_held(table, involved)]
        for edit in edits
        for below, field, before, after in _changes(held.get(edit.before, {}), held.get(edit.after, {}))
    ]
    frame = pd.DataFrame([row[:-1] for row in rows], columns=list(COLUMNS[:-2]), dtype="string")
    of_edit = [headers[row[-1]] for row in rows]
    frame["edited_at"] = typed("datetime", [header.submitted_at or None for header in of_edit], timezone=timezone).parts[0]
    frame["edited_by"] = pd.array([header.sent_by or None for header in of_edit], dtype="string")
    return frame


def _edits(headers: Sequence[SubmissionHeader], replaced: Mapping[str, str]) -> list[_Edit]:
    numbers = {header.instance_id: number for number, header in enumerate(headers)}
    follows = {numbers[earlier]: numbers[edit] for earlier, edit in replaced.items() if earlier in numbers and edit in numbers}
    return [_Edit(before, after, _newest(after, follows)) for before, after in follows.items()]


def _newest(number: int, follows: Mapping[int, int]) -> int:
    while number in follows:
        number = follows[number]
    return number


def _held(raw: RawTable, involved: Collection[int]) -> Mapping[int, _Rows]:
    """The answers of the submissions involved, by their numbers; blank and unasked ones are left out."""
    rows = [row for row, submission in enumerate(raw.submissions) if submission in involved]
    cells = [column.take(pa.array(rows, pa.int64())).to_pylist() for column in raw.columns()]
    names = [column.path for column in raw.table.columns]
    held: dict[int, dict[str, dict[str, Cell]]] = {}
    for place, row in enumerate(rows):
        told = {name: column[place].strip() for name, column in zip(names, cells, strict=True) if _is_answer(column[place])}
        held.setdefault(raw.submissions[row], {})[raw.keys[row]] = told
    return held


def _is_answer(cell: Cell) -> bool:
    return cell is not None and cell != UNSURE and bool(cell.strip())


def _changes(before: _Rows, after: _Rows) -> Iterator[tuple[str, str, Cell, Cell]]:
    """Place, question, and the answer before and after; None for no answer."""
    for below in dict.fromkeys((*before, *after)):
        first, then = before.get(below, {}), after.get(below, {})
        for field in dict.fromkeys((*first, *then)):
            if first.get(field) != then.get(field):
                yield below, field, first.get(field), then.get(field)
