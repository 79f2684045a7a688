"""Maintenance of a store: backup while in use, and a check of all content."""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from liuwen.errors import StoreError
from liuwen.messages import Sentence
from liuwen.store.anonymous.answers import read_answers
from liuwen.store.anonymous.slots import FILE
from liuwen.store.connections import connect_to_read, snapshot
from liuwen.store.damage import making_sense
from liuwen.store.files import Files
from liuwen.store.seals import broken_submissions, broken_tables

if TYPE_CHECKING:
    from liuwen.store.keeping import Keeping

THERE = Sentence(zh="文件夹“{path}”已经存在：请另选一个。", en='The folder "{path}" already exists; choose another.')
DAMAGED = Sentence(zh="数据库损坏：{detail}", en="The database is damaged: {detail}")
NOT_AS_STORED = Sentence(
    zh="答卷 {instance} 与存入时不一样，或已经不见。",
    en="The submission {instance} is not as it was stored, or is gone.",
)
INCOMPLETE = Sentence(
    zh="副本写到了“{path}”，但库里有 {count} 个附件读不出来（如“{name}”），副本里也没有。用 Store.check() 可以看到全部。",
    en='The copy is in "{path}", but {count} attachments could not be read in the store (such as "{name}") and are not in it. '
    "Store.check() names them all.",
)
MISSING = Sentence(
    zh="附件“{name}”的文件不见了（{sha256}）。",
    en='The file of the attachment "{name}" is missing ({sha256}).',
)
ALTERED = Sentence(
    zh="附件“{name}”的内容变了（{sha256}）。",
    en='The content of the attachment "{name}" has changed ({sha256}).',
)


_NAMES = (
    "SELECT sha256, coalesce((SELECT name FROM submission_files AS f WHERE f.sha256 = files.sha256),"
    " (SELECT name FROM replaced_files AS r WHERE r.sha256 = files.sha256),"
    " (SELECT name FROM form_media AS m WHERE m.sha256 = files.sha256), '') FROM files"
)


@dataclass(frozen=True, slots=True)
class StoreFault:
    """A fault found in a store."""

    sentence: Sentence

    def __str__(self) -> str:
        return str(self.sentence)


def copy_to(keeping: "Keeping", folder: Path) -> Path:
    """Copy a snapshot of the database, then the files it refers to (which are never changed or deleted).

    If files are missing, everything else is copied first; then `StoreError` names what the copy lacks.
    """
    if folder.exists():
        raise StoreError(THERE.filled(path=folder))
    half = folder.with_name(folder.name + ".part")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True, mode=0o700)
    kept = copy_database(keeping, half)
    _copy_anonymous(keeping.folder, half)
    lacking = [sha256 for sha256 in kept if not _copied(keeping.files.path(sha256), half / "attachments" / sha256[:2] / sha256)]
    half.rename(folder)
    if lacking:
        raise StoreError(INCOMPLETE.filled(path=folder, count=len(lacking), name=name_of(keeping, lacking[0])))
    return folder


def copy_database(keeping: "Keeping", folder: Path) -> list[str]:
    """Copy one moment of the database into a folder; returns the hashes of the attachments."""
    with keeping.reading(verified=False) as connection, closing(sqlite3.connect(folder / "store.sqlite")) as copy:
        connection.backup(copy)  # in one step, because SQLite starts again after each change between two steps
        with making_sense("files"):
            return [str(sha256) for (sha256,) in copy.execute("SELECT sha256 FROM files")]


def _copied(source: Path, place: Path) -> bool:
    try:
        content = source.open("rb")
    except (OSError, ValueError):  # missing, unreadable, or not a valid file name
        return False
    with content:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as copy:
            shutil.copyfileobj(content, copy)
    return True


def name_of(keeping: "Keeping", sha256: str) -> str:
    """The original name of an attachment."""
    with keeping.reading(verified=False) as connection:
        rows = connection.execute(_NAMES + " WHERE files.sha256 = ?", (sha256,)).fetchall()
    return str(rows[0][1] if rows and rows[0][1] else sha256)


def _copy_anonymous(folder: Path, half: Path) -> None:
    """Copy the anonymous answers, possibly a moment later than the database; no answer is in both."""
    if (folder / FILE).exists():
        with closing(connect_to_read(folder / FILE)) as connection, closing(sqlite3.connect(half / FILE)) as copy:
            connection.backup(copy)


def delete_orphaned_files(connection: sqlite3.Connection, files: Files) -> None:
    """Delete files left by a crash between receiving and storing them.

    The phone sends the submission again, because it received no response.
    """
    kept = {sha256 for (sha256,) in connection.execute("SELECT sha256 FROM files")}
    for path in files.kept.glob("??/" + "?" * 64):
        if path.name not in kept:
            files.forget(path.name)


def faults_of(keeping: "Keeping") -> tuple[StoreFault, ...]:
    """All faults of a store."""
    with keeping.reading(verified=False) as connection:
        found = (
            _database_faults(connection),
            _altered(connection),
            _anonymous_faults(keeping.folder),
            _file_faults(keeping, connection),
        )
        return tuple(fault for faults in found for fault in _reporting_unreadable(faults))


def _reporting_unreadable(faults: Iterator[StoreFault]) -> Iterator[StoreFault]:
    try:
        yield from faults
    except (sqlite3.DatabaseError, UnicodeDecodeError) as broken:
        yield StoreFault(DAMAGED.filled(detail=broken))


def _database_faults(connection: sqlite3.Connection) -> Iterator[StoreFault]:
    for (said,) in connection.execute("PRAGMA integrity_check"):
        if said != "ok":
            yield StoreFault(DAMAGED.filled(detail=said))
    for table, *_ in connection.execute("PRAGMA foreign_key_check"):
        yield StoreFault(DAMAGED.filled(detail=f"foreign key in {table}"))


def _altered(connection: sqlite3.Connection) -> Iterator[StoreFault]:
    """Content that SQLite can read, and that is not as it was stored."""
    with snapshot(connection):
        for table in broken_tables(connection):
            yield StoreFault(DAMAGED.filled(detail=table))
        for instance in broken_submissions(connection):
            yield StoreFault(NOT_AS_STORED.filled(instance=instance))


def _anonymous_faults(folder: Path) -> Iterator[StoreFault]:
    if (folder / FILE).exists():
        with closing(connect_to_read(folder / FILE)) as connection:
            yield from _database_faults(connection)
        try:
            read_answers(folder)
        except StoreError as broken:
            yield StoreFault(broken.sentence)


def _file_faults(keeping: "Keeping", connection: sqlite3.Connection) -> Iterator[StoreFault]:
    for sha256, name in connection.execute(_NAMES):
        found = _hash(keeping.files.path(str(sha256)))
        if found is None:
            yield StoreFault(MISSING.filled(name=name, sha256=sha256))
        elif found != sha256:
            yield StoreFault(ALTERED.filled(name=name, sha256=sha256))


def _hash(path: Path) -> str | None:
    """The SHA-256 of a file; None if it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
