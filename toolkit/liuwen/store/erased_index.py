"""Removes erased answers from what is kept beside the store: the index of the office page, and what was read of answers."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from liuwen.responses.from_submissions.reading_cache import forget_gone
from liuwen.store.connections import connect

INDEX = "cache/office.sqlite"
"""The file of the index (`liuwen.office.answer_index`), below the folder of the store."""
READ = "cache/answers.sqlite"
"""The file of what was read (`liuwen.responses.from_submissions.reading_cache`)."""
_THERE = "SELECT number FROM store.submission_hashes"


def forget_erased(connection: sqlite3.Connection) -> None:
    """Delete what an index has of answers that its `store` has no more, also from its log."""
    for table in ("words", "answers"):
        connection.execute(f"DELETE FROM {table} WHERE number NOT IN ({_THERE})")
    connection.execute("DELETE FROM labels WHERE NOT EXISTS (SELECT 1 FROM words WHERE instr(chosen, sign))")
    connection.execute("PRAGMA main.wal_checkpoint(TRUNCATE)").fetchone()


def forget_in_index(folder: Path) -> None:
    """Delete what is kept beside a store of answers that it has no more; a file that is damaged is deleted."""
    _forget(folder, INDEX, forget_erased)
    _forget(folder, READ, lambda connection: forget_gone(connection, _THERE))


def _forget(folder: Path, name: str, forget: Callable[[sqlite3.Connection], None]) -> None:
    if not (folder / name).exists():
        return
    try:
        with closing(connect(folder / name)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("ATTACH ? AS store", (str(folder / "store.sqlite"),))
            forget(connection)
    except sqlite3.DatabaseError:
        for part in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                (folder / f"{name}{part}").unlink(missing_ok=True)
