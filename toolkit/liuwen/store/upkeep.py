"""Keeping a store safe: a copy while it works, and a look at everything it holds."""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from liuwen.errors import StoreError
from liuwen.messages import Sentence
from liuwen.store.files import Files

if TYPE_CHECKING:
    from liuwen.store.store import Store

THERE = Sentence(zh="备份文件夹“{path}”已经存在。", en='The backup folder "{path}" exists already.')
DAMAGED = Sentence(zh="数据库损坏：{detail}", en="The database is damaged: {detail}")
MISSING = Sentence(zh="附件“{name}”的文件不见了（{sha256}）。", en='The file of the attachment "{name}" is gone ({sha256}).')
ALTERED = Sentence(zh="附件“{name}”的内容变了（{sha256}）。", en='The attachment "{name}" is not what was received ({sha256}).')


@dataclass(frozen=True, slots=True)
class StoreFault:
    """Something wrong with a store."""

    sentence: Sentence

    def __str__(self) -> str:
        return str(self.sentence)


def backup_to(store: "Store", folder: Path) -> Path:
    """Copy the database as of one moment, then the files it speaks of (they are never changed or taken away)."""
    if folder.exists():
        raise StoreError(THERE.filled(path=folder))
    half = folder.with_name(folder.name + ".part")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True, mode=0o700)
    copy = sqlite3.connect(half / "store.sqlite")
    try:
        with store.reading() as connection:
            connection.backup(copy)  # in one step: SQLite begins anew after each change between two
        kept = [sha256 for (sha256,) in copy.execute("SELECT sha256 FROM files")]
    finally:
        copy.close()
    for sha256 in kept:
        place = half / "attachments" / sha256[:2] / sha256
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(store.files.path(sha256), place)
    return half.rename(folder)


def clear_strays(connection: sqlite3.Connection, files: Files) -> None:
    """Take away files that no submission and no form brought: a crash came between receiving and keeping them.

    What a phone had no answer to, it sends again.
    """
    kept = {sha256 for (sha256,) in connection.execute("SELECT sha256 FROM files")}
    for path in files.kept.glob("??/" + "?" * 64):
        if path.name not in kept:
            files.forget(path.name)


def faults_of(store: "Store") -> tuple[StoreFault, ...]:
    """Everything wrong with a store."""
    with store.reading() as connection:
        found = (_database_faults(connection), _file_faults(store, connection))
        return tuple(fault for faults in found for fault in _as_far_as_it_can_be_read(faults))


def _as_far_as_it_can_be_read(faults: Iterator[StoreFault]) -> Iterator[StoreFault]:
    try:
        yield from faults
    except sqlite3.DatabaseError as broken:
        yield StoreFault(DAMAGED.filled(detail=broken))


def _database_faults(connection: sqlite3.Connection) -> Iterator[StoreFault]:
    for (said,) in connection.execute("PRAGMA integrity_check"):
        if said != "ok":
            yield StoreFault(DAMAGED.filled(detail=said))
    for table, *_ in connection.execute("PRAGMA foreign_key_check"):
        yield StoreFault(DAMAGED.filled(detail=f"foreign key in {table}"))


def _file_faults(store: "Store", connection: sqlite3.Connection) -> Iterator[StoreFault]:
    rows = connection.execute(
        "SELECT sha256, coalesce((SELECT name FROM submission_files AS f WHERE f.sha256 = files.sha256),"
        " (SELECT name FROM form_media AS m WHERE m.sha256 = files.sha256), '') FROM files"
    )
    for sha256, name in rows:
        path = store.files.path(sha256)
        if not path.is_file():
            yield StoreFault(MISSING.filled(name=name, sha256=sha256))
        elif _hash(path) != sha256:
            yield StoreFault(ALTERED.filled(name=name, sha256=sha256))


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
