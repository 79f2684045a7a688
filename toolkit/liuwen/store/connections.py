"""Opens connections to a store's databases."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from liuwen.store.seals import teach


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a read-only connection, also to a store on a read-only medium, which no other process can be writing."""
    connection = connect(path)
    if not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists():
        connection.close()
        connection = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True, isolation_level=None, check_same_thread=False)
        teach(connection)
    connection.execute("PRAGMA query_only = ON")
    return connection


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Read one state of the database in several queries."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def connect(path: Path) -> sqlite3.Connection:
    """Open a connection with explicit transactions, foreign keys enforced, and a timeout for locks."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
    connection.execute("PRAGMA foreign_keys = ON")
    teach(connection)
    return connection
