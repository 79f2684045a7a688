"""Connections to a store's databases, and what is said where one is damaged."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from liuwen.errors import StoreError
from liuwen.messages import Sentence

DAMAGED = Sentence(
    zh="库“{store}”的数据库坏了（{detail}）。请复制一份留底，再用最近的备份。",
    en='The database of the store "{store}" is damaged ({detail}). Keep a copy of it, and go on with the last backup.',
)

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


@contextmanager
def telling_damage(folder: Path) -> Iterator[None]:
    """Raises `StoreError` where SQLite finds its file damaged."""
    try:
        yield
    except sqlite3.DatabaseError as broken:
        if getattr(broken, "sqlite_errorcode", 0) & 0xFF not in _DAMAGE:
            raise
        raise StoreError(DAMAGED.filled(store=folder.name, detail=broken)) from broken


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that only reads; also of a store on a read-only medium, which nobody can be writing."""
    connection = connect(path)
    if not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists():
        connection.close()
        connection = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA query_only = ON")
    return connection


def connect(path: Path) -> sqlite3.Connection:
    """A connection as every one of ours is: transactions by hand, foreign keys held, patient with a busy neighbour."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection
