"""The anonymous answers in a backup folder: one copy, which each backup replaces.

A series of copies, compared with each other, would tell between which two backups an answer came. The newest copy holds all
earlier answers, because anonymous answers are neither changed nor erased; so nothing is lost with the others. A store that was
restored without some of them has a copy of its own from then on, so that its backups do not replace the fuller one.
"""

import hashlib
import secrets
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from liuwen.store.anonymous.answers import answers_in
from liuwen.store.anonymous.slots import FILE, Slots, secret_of
from liuwen.store.connections import connect, connect_to_read
from liuwen.store.damage import making_sense
from liuwen.store.files import sync_folder, write_in_place
from liuwen.store.sealed_boxes import Box

_DIGEST = 32


@dataclass(frozen=True, slots=True)
class AnonymousCopy:
    """The copy of a store's anonymous answers: its name in the backup folder ("" if there are none), and whether it is new.

    It is not renewed if the file in the store is damaged: the earlier copy is then better.
    """

    name: str = ""
    renewed: bool = True


def back_up_anonymous(store: Path, folder: Path, boxes: Box) -> AnonymousCopy:
    """Replace the copy of a store's anonymous answers; raises `OSError` if it cannot be written."""
    if not (store / FILE).exists():
        return AnonymousCopy()
    name = ""
    try:
        with closing(connect_to_read(store / FILE)) as connection, closing(sqlite3.connect(":memory:")) as copy:
            connection.backup(copy)
            with making_sense(FILE):
                name = hashlib.sha256(b"copy of " + secret_of(copy, "main") + _branch_of(copy)).hexdigest()
                Slots(copy, "main").verified_items()
            content = copy.serialize()
    except sqlite3.DatabaseError:
        return AnonymousCopy(name, renewed=False)
    _replace(_path(folder, name), boxes.close(hashlib.sha256(content).digest() + content))
    return AnonymousCopy(name)


def read_anonymous_copy(folder: Path, name: str, boxes: Box) -> bytes:
    """The database in a copy; raises `OSError` or `ValueError` if it is gone or damaged."""
    opened = boxes.open(_path(folder, name).read_bytes())
    if hashlib.sha256(opened[_DIGEST:]).digest() != opened[:_DIGEST]:
        raise ValueError(name)
    return opened[_DIGEST:]


def leave_out_unknown(store: Path) -> int:
    """Remove answers to versions of forms that a restored store does not have; returns how many.

    The copy is as new as the last backup, and the restored database may be older.
    """
    with closing(connect_to_read(store / "store.sqlite")) as connection:
        known = set(connection.execute("SELECT form, number FROM form_versions"))
    with closing(connect(store / FILE)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("BEGIN IMMEDIATE")
        unknown = [token for token, answer in answers_in(connection) if (answer.form, answer.form_version) not in known]
        for token in unknown:
            Slots(connection, "main").remove(token)
        if unknown:
            _branch_off(connection)
        connection.execute("COMMIT")
    return len(unknown)


def _branch_of(connection: sqlite3.Connection) -> bytes:
    """What tells the copy of a store that was restored without some answers from the one that has them."""
    found = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'branch'").fetchone()
    return bytes(connection.execute("SELECT name FROM branch").fetchone()[0]) if found else b""


def _branch_off(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE IF EXISTS branch")
    connection.execute("CREATE TABLE branch (name BLOB NOT NULL)")
    connection.execute("INSERT INTO branch VALUES (?)", (secrets.token_bytes(16),))


def _path(folder: Path, name: str) -> Path:
    return folder / "anonymous" / name


def _replace(place: Path, content: bytes) -> None:
    place.parent.mkdir(exist_ok=True, mode=0o700)
    write_in_place(place, place.with_name(f"{place.name}.part"), content)
    sync_folder(place.parent)
