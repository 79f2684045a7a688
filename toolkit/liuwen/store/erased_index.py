"""Removes erased answers from the index that the office page keeps beside the store."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from liuwen.store.connections import connect

INDEX = "cache/office.sqlite"
"""The file of the index (`liuwen.office.answer_index`), below the folder of the store."""


def forget_erased(connection: sqlite3.Connection) -> None:
    """Delete what an index has of answers that its `store` has no more, also from its log."""
    for table in ("words", "answers"):
        connection.execute(f"DELETE FROM {table} WHERE number NOT IN (SELECT number FROM store.submission_hashes)")
    connection.execute("PRAGMA main.wal_checkpoint(TRUNCATE)").fetchone()


def forget_in_index(folder: Path) -> None:
    """The same for the index of a store, if it has one; a damaged one is deleted."""
    if not (folder / INDEX).exists():
        return
    try:
        with closing(connect(folder / INDEX)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("ATTACH ? AS store", (str(folder / "store.sqlite"),))
            forget_erased(connection)
    except sqlite3.DatabaseError:
        for part in ("", "-wal", "-shm"):
            with suppress(OSError):
                (folder / f"{INDEX}{part}").unlink(missing_ok=True)
