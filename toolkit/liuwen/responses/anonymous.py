"""Answers to an anonymous form: whatever brought them, their tables say nothing of who answered, and when.

A server elsewhere, or an export, knows instance IDs, times and the order in which answers came. What is read of an anonymous form
drops them: its rows stand in an order made of their content alone, are numbered in that order, and keep the day at most. The
server itself still holds the rest; who must not see it must not have access there.
"""

import hashlib
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from liuwen.form.types import POINTING
from liuwen.responses.from_submissions.pack import Stray
from liuwen.responses.from_submissions.raw_table import RawTable
from liuwen.responses.gathered import Gathered
from liuwen.responses.plan import TablePlan
from liuwen.responses.submission_header import SubmissionHeader


def without_origin(plan: TablePlan, gathered: Gathered) -> Gathered:
    """What was gathered, in the order of its content: instance IDs are the numbers of the rows, times are days."""
    kept = [number for number, header in enumerate(gathered.headers) if header.instance_id not in gathered.replaced]
    order = sorted(kept, key=_contents(gathered.tables, len(gathered.headers)).__getitem__)
    place = {submission: rank for rank, submission in enumerate(order)}
    pointing = {element.name for element in plan.form.elements if element.type in POINTING}
    return replace(
        gathered,
        headers=[_header(gathered.headers[submission], rank) for rank, submission in enumerate(order, 1)],
        tables={name: _moved(table, place) for name, table in gathered.tables.items()},
        strays=sorted(
            (_moved_stray(stray, place) for stray in gathered.strays if _may_stay(stray, place, pointing)),
            key=lambda stray: (-1 if stray.submission is None else stray.submission, stray.key, stray.field, stray.value),
        ),
        entities=[],
        replaced={},
        files={},
    )


def _header(header: SubmissionHeader, rank: int) -> SubmissionHeader:
    return SubmissionHeader(str(rank), header.form_version, header.submitted_at[:10])


def _may_stay(stray: Stray, place: Mapping[int, int], pointing: Container[str]) -> bool:
    """Whether it is of a submission that stays, and is neither what an exporter adds (its time and ID) nor points at anybody."""
    is_kept = stray.submission is None or stray.submission in place
    return is_kept and stray.reason != "system" and stray.field.rpartition("/")[2] not in pointing


def _moved_stray(stray: Stray, place: Mapping[int, int]) -> Stray:
    return stray if stray.submission is None else replace(stray, submission=place[stray.submission])


def _contents(tables: Mapping[str, RawTable], count: int) -> Sequence[bytes]:
    """A fingerprint of all that each submission holds."""
    hashes = [hashlib.sha256() for _ in range(count)]
    for name, table in tables.items():
        for submission, row in zip(table.submissions, table.rows(), strict=True):
            hashes[submission].update(repr((name, row)).encode())
    return [each.digest() for each in hashes]


def _moved(table: RawTable, place: Mapping[int, int]) -> RawTable:
    """The rows in the order of their submissions' new places; those of one submission stay as they stand."""
    rows = [row for row, submission in enumerate(table.submissions) if submission in place]
    rows.sort(key=lambda row: place[table.submissions[row]])
    return table.reordered(rows, [place[table.submissions[row]] for row in rows])
