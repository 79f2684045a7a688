"""Error messages for a database that is damaged, or cannot be read or written."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from liuwen.errors import StoreError
from liuwen.messages import Sentence

DAMAGED = Sentence(
    zh="库“{store}”的数据库已损坏（{detail}）。请先复制一份留存，再改用最近的备份。",
    en='The database of the store "{store}" is damaged ({detail}). Keep a copy of it, and go on with the last backup.',
)
ALTERED = Sentence(
    zh="库“{store}”的数据库已损坏：{what} 与存入时不一样。运行 `liuwen verify` 看全部；请先复制一份留存，"
    "再用 `liuwen restore` 取回最近的备份。",
    en='The database of the store "{store}" is damaged: {what} is not as it was stored. `liuwen verify` lists everything; keep a '
    "copy of it, and take the last backup back with `liuwen restore`.",
)
NOT_REACHED = Sentence(
    zh="库“{store}”无法读写（{detail}）。请检查磁盘空间、权限，以及是否有别的程序正在用它。",
    en='The store "{store}" could not be read or written ({detail}). Check the free space, the permissions, and whether '
    "another program is using it.",
)

_NO_TEXT = "Could not decode to UTF-8"
_OUTSIDE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOLFS,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}
"""SQLite error codes for problems outside the file; any other code on reading means that the file is damaged."""


@contextmanager
def telling_damage(folder: Path) -> Iterator[None]:
    """Raise `StoreError` if SQLite reports a damaged or inaccessible file, or invalid text."""
    try:
        yield
    except AlteredError as found:
        raise StoreError(ALTERED.filled(store=folder.name, what=found.what)) from found
    except (sqlite3.ProgrammingError, sqlite3.IntegrityError):  # programming errors and constraint violations
        raise
    except sqlite3.DatabaseError as broken:
        raise StoreError((DAMAGED if is_damage(broken) else NOT_REACHED).filled(store=folder.name, detail=broken)) from broken
    except UnicodeDecodeError as broken:  # SQLite's own message contains the damaged bytes
        raise StoreError(DAMAGED.filled(store=folder.name, detail=broken.reason)) from broken


def is_damage(broken: sqlite3.DatabaseError) -> bool:
    """Whether an error means that the file is damaged, and not that it cannot be reached or written."""
    code = getattr(broken, "sqlite_errorcode", None)
    if code is None:  # it is Python's own: a text that is no UTF-8, or a full disk that has rolled back
        return not isinstance(broken, sqlite3.OperationalError) or _NO_TEXT in str(broken)
    return code & 0xFF not in _OUTSIDE


class AlteredError(sqlite3.DataError):
    """Content that does not match its checksum; `what` names it."""

    def __init__(self, what: Sentence | str) -> None:
        super().__init__(what)
        self.what = what


@contextmanager
def making_sense(table: str) -> Iterator[None]:
    """Raise `sqlite3.DataError`, which `telling_damage` handles, if a row has invalid content."""
    try:
        yield
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError) as fault:
        raise sqlite3.DataError(f"{table}: {fault}") from fault


def kept_object(text: str, table: str) -> dict[str, Any]:
    """The JSON object in a column; raises as `making_sense` does."""
    with making_sense(table):
        kept = json.loads(text)
        if not isinstance(kept, dict):
            raise TypeError(type(kept).__name__)
        return kept


def content_of(kept: object) -> bytes:
    """The bytes of a BLOB; raises `TypeError` for any other type (`bytes(7)` would be seven zeros)."""
    if not isinstance(kept, bytes):
        raise TypeError(type(kept).__name__)
    return kept
