"""Opens connections to a store's databases."""

import os
import sqlite3
from pathlib import Path


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a read-only connection, also to a store on a read-only medium, which no other process can be writing."""
    connection = connect(path)
    if not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists():
        connection.close()
        connection = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA query_only = ON")
    return connection


def connect(path: Path) -> sqlite3.Connection:
    """Open a connection with explicit transactions, foreign keys enforced, and a timeout for locks."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection
