"""Submissions as they are kept: read in the order they came, one by one, or the last of one collector."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class StoredSubmission:
    """One submission as it was received; `root_id` is the instance ID of the first of its edits, or its own.

    `complete` is False while a phone has announced more files to come; `collector` is "" for an anonymous form.
    """

    number: int
    form_id: str
    version: str
    instance_id: str
    root_id: str
    current: bool
    complete: bool
    received: datetime
    collector: str
    device: str
    xml: bytes


_SELECT = (
    "SELECT s.number, form_id, v.version, s.instance_id, coalesce(first.instance_id, s.instance_id), s.current,"
    " s.complete, s.received, coalesce(name, ''), s.device, s.xml FROM submissions AS s"
    " JOIN forms ON forms.number = s.form JOIN form_versions AS v ON v.number = s.form_version"
    " LEFT JOIN submissions AS first ON first.number = s.root LEFT JOIN collectors ON collectors.number = s.collector"
)


def read_submissions(
    connection: sqlite3.Connection, form_id: str | None, *, current: bool, after: int
) -> Iterator[StoredSubmission]:
    """Submissions in the order they came, a few hundred in memory at a time."""
    of_a_form = "" if form_id is None else "s.form = (SELECT number FROM forms WHERE form_id = :form) AND"
    cursor = connection.execute(
        f"{_SELECT} WHERE {of_a_form} s.number > :after AND (s.current OR NOT :current) ORDER BY s.number",
        {"form": form_id, "after": after, "current": current},
    )
    cursor.arraysize = 256
    while rows := cursor.fetchmany():
        yield from (_submission(row) for row in rows)


def read_submission(connection: sqlite3.Connection, number: int) -> StoredSubmission | None:
    """One submission, also one that an edit has replaced; None where there is none with this number."""
    row = connection.execute(f"{_SELECT} WHERE s.number = ?", (number,)).fetchone()
    return _submission(row) if row else None


def read_latest(connection: sqlite3.Connection, collector: int, count: int) -> tuple[StoredSubmission, ...]:
    """The last submissions of a collector, newest first; none of an anonymous form, whose collector nobody knows."""
    rows = connection.execute(f"{_SELECT} WHERE s.collector = ? AND s.current ORDER BY s.number DESC LIMIT ?", (collector, count))
    return tuple(_submission(row) for row in rows)


def last_number(connection: sqlite3.Connection) -> int:
    """The number of the newest submission, 0 where there is none."""
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM submissions").fetchone()[0])


def count_submissions(connection: sqlite3.Connection, form_id: str | None, *, after: int) -> int:
    """How many there are, each once whatever its edits."""
    of_a_form = "" if form_id is None else "form = (SELECT number FROM forms WHERE form_id = :form) AND"
    query = f"SELECT count(*) FROM submissions WHERE {of_a_form} number > :after AND root IS NULL"
    return int(connection.execute(query, {"form": form_id, "after": after}).fetchone()[0])


def _submission(row: tuple[Any, ...]) -> StoredSubmission:
    *ids, current, complete, received, collector, device, xml = row
    number, form, version, instance, root = ids
    moment = datetime.fromtimestamp(received, UTC)
    return StoredSubmission(
        number, form, version, instance, root, bool(current), bool(complete), moment, collector, device, bytes(xml)
    )


def versions_of(connection: sqlite3.Connection, form_id: str) -> tuple[str, ...]:
    """The versions of a form that current submissions answer, in order of publishing."""
    rows = connection.execute(
        "SELECT version FROM form_versions AS v JOIN forms ON forms.number = form WHERE form_id = ?"
        " AND EXISTS (SELECT 1 FROM submissions AS s WHERE s.form = v.form AND s.form_version = v.number AND s.current)"
        " ORDER BY v.number",
        (form_id,),
    )
    return tuple(version for (version,) in rows)
