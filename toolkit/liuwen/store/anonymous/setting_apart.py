"""Moves answers to anonymous forms out of the ordinary tables, if they were received before the form became anonymous."""

import sqlite3

from liuwen.openrosa.envelope import read_envelope
from liuwen.store.anonymous.answers import AnonymousArrival, keep
from liuwen.store.files import Files

_BESIDE = (
    "DELETE FROM submission_files WHERE submission IN (SELECT number FROM submissions WHERE form = :form)",
    "DELETE FROM replaced_files WHERE submission IN (SELECT number FROM submissions WHERE form = :form)",
    "DELETE FROM entity_backlog WHERE submission IN (SELECT number FROM submissions WHERE form = :form)",
    "DELETE FROM entity_faults WHERE submission IN (SELECT number FROM submissions WHERE form = :form)",
    "UPDATE entity_versions SET confidential = max(confidential, (SELECT confidential FROM forms WHERE number = :form)),"
    " submission = NULL WHERE submission IN (SELECT number FROM submissions WHERE form = :form)",
    "DELETE FROM submissions WHERE form = :form",
)


def has_named_answers(connection: sqlite3.Connection) -> bool:
    """Whether the ordinary tables contain answers to an anonymous form."""
    query = "SELECT 1 FROM submissions JOIN forms ON forms.number = form WHERE anonymous"
    return connection.execute(query).fetchone() is not None


def set_apart(connection: sqlite3.Connection, files: Files) -> list[str]:
    """Move every answer to an anonymous form, and return the hashes of files that are no longer referenced.

    The answers are kept, with their day. Removed are: collector, device, time of day, running number, instance ID, positions
    and other identifying answers, metadata of photos, and versions replaced by an edit. Entities created by the answers are
    kept, without a reference to the answer. Once this is on disk, the caller must delete the files and rewrite the database
    (`Writer.tidy`), because its free pages still contain the removed data.
    """
    forms = tuple(number for (number,) in connection.execute("SELECT number FROM forms WHERE anonymous"))
    before = _files_of_forms(connection, forms)
    for form in forms:
        query = "SELECT number, xml, form_version, complete, received FROM submissions WHERE form = ? AND current"
        for number, xml, version, complete, received in connection.execute(query, (form,)).fetchall():
            _move(connection, files, number, bytes(xml), AnonymousArrival(form, version, bool(complete), received))
        for statement in _BESIDE:
            connection.execute(statement, {"form": form})
    connection.execute(
        "DELETE FROM files WHERE sha256 NOT IN (SELECT sha256 FROM submission_files)"
        " AND sha256 NOT IN (SELECT sha256 FROM replaced_files)"
        " AND sha256 NOT IN (SELECT sha256 FROM form_media WHERE sha256 IS NOT NULL)"
    )
    kept = {sha256 for (sha256,) in connection.execute("SELECT sha256 FROM files")}
    return sorted(before - kept)


def _files_of_forms(connection: sqlite3.Connection, forms: tuple[int, ...]) -> set[str]:
    queries = [
        f"SELECT sha256 FROM {table} JOIN submissions ON number = submission WHERE form = ?"
        for table in ("submission_files", "replaced_files")
    ]
    return {sha256 for form in forms for query in queries for (sha256,) in connection.execute(query, (form,))}


def _move(connection: sqlite3.Connection, files: Files, number: int, xml: bytes, arrival: AnonymousArrival) -> None:
    query = "SELECT name, sha256 FROM submission_files WHERE submission = ?"
    brought = ((name, files.path(sha256)) for name, sha256 in connection.execute(query, (number,)).fetchall())
    keep(connection, read_envelope(xml), {name: path.read_bytes() for name, path in brought if path.is_file()}, arrival)
