"""Reads stored submissions: all in order of arrival, one by number, or the latest of one collector."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from liuwen.messages import Sentence
from liuwen.openrosa.envelope import instance_name
from liuwen.store.anonymous.answers import AnonymousAnswer
from liuwen.store.damage import AlteredError, content_of, making_sense
from liuwen.store.seals import columns_of_submissions, row_hash

THIS_ONE = Sentence(zh="第 {number} 份答卷（{instance}）", en="submission {number} ({instance})")
COUNTED = Sentence(zh="答卷的份数（有 {found} 份，应有 {kept} 份）", en="the number of submissions ({found}, of {kept})")


@dataclass(frozen=True, slots=True)
class StoredSubmission:
    """One submission as it was received.

    Attributes:
        number: The number in the store.
        form_id: The form ID.
        version: The version of the form.
        instance_id: The instance ID.
        root_id: The instance ID of the first of its edits, or its own.
        current: Whether it has not been replaced by an edit.
        complete: False while the phone has announced further files.
        received: When it was received; for an anonymous answer only the day.
        collector: Who sent it; "" for an anonymous answer, which has no number (0) and no device either, and an instance ID that
            is not the phone's.
        device: The device that sent it.
        xml: The XML.
        files: The files of an anonymous answer, by name.
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
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SentSubmission:
    """A submission in a list: its instance name ("" if there is none), and when it and its first version arrived.

    `name_is_kept` is False if the name was read from the XML because it is not stored yet.
    """

    number: int
    form_id: str
    version: str
    name: str
    name_is_kept: bool
    received: datetime
    since: datetime


_COLUMNS = (
    "s.number, form_id, v.version, s.instance_id, coalesce(first.instance_id, s.instance_id), s.current,"
    " s.complete, s.received, coalesce(name, ''), s.device, s.xml"
)
_FROM = (
    " FROM submission_hashes AS h LEFT JOIN submissions AS s ON s.number = h.number"
    " LEFT JOIN forms ON forms.number = s.form LEFT JOIN form_versions AS v ON v.number = s.form_version"
    " LEFT JOIN submissions AS first ON first.number = s.root LEFT JOIN collectors ON collectors.number = s.collector"
)
_WIDTH = 11
_OF_FORM = "(SELECT 'submissions/' || number FROM forms WHERE form_id = :form)"
_SEALED = f"(SELECT total(rows) FROM seals WHERE name LIKE 'submissions/%' AND (:form IS NULL OR name = {_OF_FORM}))"
"""How many submissions there must be, read in the same query as the submissions: others may arrive meanwhile."""


def read_submissions(
    connection: sqlite3.Connection, form_id: str | None, *, current: bool, after: int
) -> Iterator[StoredSubmission]:
    """Submissions in order of arrival, a few hundred in memory at a time, each compared with its hash.

    Raises `AlteredError` at a submission that is not as it was stored, or at the end if one is gone.
    """
    hashed = columns_of_submissions(connection)
    of_a_form = "AND (s.form = (SELECT number FROM forms WHERE form_id = :form) OR s.form IS NULL)" if form_id else ""
    query = (
        f"SELECT {_COLUMNS}, {_SEALED}, h.number, h.hash, {hashed}{_FROM} WHERE h.number > :after {of_a_form} ORDER BY h.number"
    )
    cursor = connection.execute(query, {"form": form_id, "after": after})
    cursor.arraysize = 256
    seen, sealed = 0, _missing(connection, form_id)
    while rows := cursor.fetchmany():
        with making_sense("submissions"):
            seen, sealed = seen + len(rows), int(rows[0][_WIDTH])
            read = [_verified(row) for row in rows]
        yield from (one for one in read if one.current or not current)
    if not after and seen != sealed:
        raise AlteredError(COUNTED.filled(found=seen, kept=sealed))


def _missing(connection: sqlite3.Connection, form_id: str | None) -> int:
    """How many submissions there must be, if there are none; otherwise 0."""
    query = f"SELECT {_SEALED} WHERE NOT EXISTS (SELECT 1{_FROM} WHERE :form IS NULL OR form_id = :form)"
    row = connection.execute(query, {"form": form_id}).fetchone()
    return int(row[0]) if row else 0


def read_submission(connection: sqlite3.Connection, number: int) -> StoredSubmission | None:
    """One submission, even if replaced by an edit; None if the number does not exist."""
    hashed = columns_of_submissions(connection)
    row = connection.execute(f"SELECT {_COLUMNS}, 0, h.number, h.hash, {hashed}{_FROM} WHERE h.number = ?", (number,)).fetchone()
    with making_sense("submissions"):
        return _verified(row) if row else None


def _verified(row: tuple[Any, ...]) -> StoredSubmission:
    """The submission of a row, which is compared with its hash."""
    number, kept, *hashed = row[_WIDTH + 1 :]
    if row[0] is None or kept != row_hash(*hashed):
        raise AlteredError(THIS_ONE.filled(number=number, instance=row[3] or "?"))
    return _submission(row[:_WIDTH])


def read_latest(connection: sqlite3.Connection, collector: int, count: int) -> tuple[SentSubmission, ...]:
    """The last submissions of a collector, newest first, without those of its links or of anonymous forms.

    XML is read only for submissions received before instance names were stored.
    """
    rows = connection.execute(
        "SELECT s.number, form_id, version, s.instance_name, s.received, coalesce(first.received, s.received)"
        " FROM submissions AS s"
        " JOIN forms ON forms.number = s.form JOIN form_versions AS v ON v.number = s.form_version"
        " LEFT JOIN submissions AS first ON first.number = s.root"
        " WHERE s.collector = ? AND s.current AND NOT s.by_link ORDER BY s.number DESC LIMIT ?",
        (collector, count),
    ).fetchall()
    with making_sense("submissions"):
        return tuple(_sent(connection, row) for row in rows)


def _sent(connection: sqlite3.Connection, row: tuple[Any, ...]) -> SentSubmission:
    number, form, version, name, *moments = row
    known = _name_from_xml(connection, number) if name is None else name
    received, first = (datetime.fromtimestamp(moment, UTC) for moment in moments)
    return SentSubmission(number, form, version, known, name is not None, received, first)


def _name_from_xml(connection: sqlite3.Connection, number: int) -> str:
    (xml,) = connection.execute("SELECT xml FROM submissions WHERE number = ?", (number,)).fetchone()
    return instance_name(bytes(xml))


def keep_name(connection: sqlite3.Connection, number: int, name: str) -> None:
    """Store the instance name of a submission received before names were stored."""
    connection.execute("UPDATE submissions SET instance_name = ? WHERE number = ?", (name, number))


def last_number(connection: sqlite3.Connection) -> int:
    """The number of the newest submission, 0 if there is none."""
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM submissions").fetchone()[0])


def count_submissions(connection: sqlite3.Connection, form_id: str | None, *, after: int) -> int:
    """The number of submissions, edited ones counted once; raises `AlteredError` if it is not the number stored."""
    of_a_form = "" if form_id is None else "form = (SELECT number FROM forms WHERE form_id = :form) AND"
    sealed = _SEALED.replace("total(rows)", "total(total)")
    query = f"SELECT count(*), {sealed} FROM submissions WHERE {of_a_form} number > :after AND root IS NULL"
    count, kept = connection.execute(query, {"form": form_id, "after": after}).fetchone()
    if not after and count != kept:
        raise AlteredError(COUNTED.filled(found=count, kept=int(kept)))
    return int(count)


def _submission(row: tuple[Any, ...]) -> StoredSubmission:
    *ids, current, complete, received, collector, device, xml = row
    number, form, version, instance, root = ids
    moment = datetime.fromtimestamp(received, UTC)
    return StoredSubmission(
        number, form, version, instance, root, bool(current), bool(complete), moment, collector, device, content_of(xml)
    )


def versions_of(connection: sqlite3.Connection, form_id: str) -> tuple[str, ...]:
    """The versions of a form that have submissions, replaced ones too, in order of publishing."""
    rows = connection.execute(
        "SELECT version FROM form_versions AS v JOIN forms ON forms.number = form WHERE form_id = ?"
        " AND EXISTS (SELECT 1 FROM submissions AS s WHERE s.form = v.form AND s.form_version = v.number)"
        " ORDER BY v.number",
        (form_id,),
    )
    return tuple(version for (version,) in rows)


def anonymous_versions(connection: sqlite3.Connection, form_id: str | None) -> dict[tuple[int, int], tuple[str, str]]:
    """The numbers of form and version → form ID and version, for one anonymous form or all."""
    rows = connection.execute(
        "SELECT form, v.number, form_id, version FROM form_versions AS v JOIN forms ON forms.number = form"
        " WHERE anonymous AND form_id = coalesce(?, form_id)",
        (form_id,),
    )
    return {(form, number): (known_as, version) for form, number, known_as, version in rows}


def anonymous_submission(answer: AnonymousAnswer, versions: Mapping[tuple[int, int], tuple[str, str]]) -> StoredSubmission:
    """An anonymous answer as a `StoredSubmission`."""
    form_id, version = versions[answer.form, answer.form_version]
    day = datetime.fromisoformat(answer.day).replace(tzinfo=UTC)
    of_nobody = (answer.instance_id, answer.instance_id, True, answer.complete, day, "", "")
    return StoredSubmission(0, form_id, version, *of_nobody, answer.xml, answer.files)
