"""A file whose layout does not reveal the order in which records were written.

A database gives a new row the next number and the next free page, so the file reveals which row came first. Here every
record is split into pieces of equal size, and each piece overwrites a free slot chosen at random, in place. At least half of
the slots are always free; when fewer are left, all records are rewritten with twice the room. The position of a record is
therefore independent of its time of arrival, at the level of rows, pages and bytes.

The file uses a rollback journal, deleted at each commit, because a write-ahead log would preserve the order.
"""

import secrets
import sqlite3
from collections.abc import Iterator
from functools import reduce
from pathlib import Path

from liuwen.store.damage import AlteredError
from liuwen.store.seals import row_hash, sum_of

FILE = "anonymous.sqlite"
"""The file name in a store's folder."""
SCHEMA = "anonymous"
"""The schema name in the writing connection."""

_SIZE = 1000
"""Size of a slot in bytes; four slots fill a page of SQLite."""
_HEAD = 12
_ROOM = _SIZE - _HEAD
_FEWEST = 64
_FREE = bytes(16)
_CONTINUED = b"\xff" * 16


def attach(connection: sqlite3.Connection, folder: Path) -> None:
    """Attach the file to a writing connection, and create it if necessary."""
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute(f"ATTACH DATABASE ? AS {SCHEMA}", (str(folder / FILE),))
    connection.execute(f"PRAGMA {SCHEMA}.secure_delete = ON")
    connection.execute(f"PRAGMA {SCHEMA}.journal_mode = DELETE")
    connection.execute(f"PRAGMA {SCHEMA}.synchronous = FULL")
    if not connection.execute(f"SELECT 1 FROM {SCHEMA}.sqlite_schema").fetchone():
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"CREATE TABLE {SCHEMA}.identity (secret BLOB NOT NULL)")
        connection.execute(f"INSERT INTO {SCHEMA}.identity VALUES (?)", (secrets.token_bytes(32),))
        _lay_out(connection, _FEWEST)
        connection.execute("COMMIT")
    if not connection.execute(f"SELECT 1 FROM {SCHEMA}.sqlite_schema WHERE name = 'seal'").fetchone():
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"CREATE TABLE {SCHEMA}.seal (rows INTEGER NOT NULL, total INTEGER NOT NULL)")
        connection.execute(f"INSERT INTO {SCHEMA}.seal VALUES (?, ?)", _sealed(Slots(connection).items()))
        connection.execute("COMMIT")


def secret_of(connection: sqlite3.Connection, schema: str = SCHEMA) -> bytes:
    """The secret for making tokens."""
    return bytes(connection.execute(f"SELECT secret FROM {schema}.identity").fetchone()[0])


class Slots:
    """Records by token (16 bytes); `schema` is the schema name in the connection."""

    def __init__(self, connection: sqlite3.Connection, schema: str = SCHEMA) -> None:
        self._connection = connection
        self._schema = schema

    def get(self, token: bytes) -> bytes | None:
        """The record with this token; None if there is none."""
        row = self._connection.execute(f"SELECT number FROM {self._schema}.places WHERE token = ?", (token,)).fetchone()
        return self._follow(row[0])[1] if row else None

    def items(self) -> list[tuple[bytes, bytes]]:
        """All tokens and records, in the order of the tokens."""
        query = f"SELECT token, number FROM {self._schema}.places WHERE token NOT IN (?, ?) ORDER BY token"
        heads = self._connection.execute(query, (_FREE, _CONTINUED)).fetchall()
        return [(bytes(token), self._follow(number)[1]) for token, number in heads]

    def put(self, token: bytes, record: bytes) -> None:
        """Store a record, replacing the one with this token if it exists."""
        self._count(token, self.get(token), record)
        self._place(token, record)

    def remove(self, token: bytes) -> None:
        """Remove a record, and overwrite its slots."""
        rows, total = self._connection.execute(f"SELECT rows, total FROM {self._schema}.seal").fetchone()
        sealed = rows - 1, sum_of(total, -row_hash(token, self.get(token)))
        self._connection.execute(f"UPDATE {self._schema}.seal SET rows = ?, total = ?", sealed)
        self._free(token)

    def _place(self, token: bytes, record: bytes) -> None:
        self._free(token)
        pieces = [record[start : start + _ROOM] for start in range(0, len(record), _ROOM)] or [b""]
        self._make_room(len(pieces))
        numbers = self._draw(len(pieces))
        for piece, number, following in zip(pieces, numbers, [*numbers[1:], -1], strict=True):
            head = (following + 1).to_bytes(8, "big") + len(piece).to_bytes(4, "big")
            self._write("slots", "content", number, (head + piece).ljust(_SIZE, b"\0"))
            self._write("places", "token", number, token if number == numbers[0] else _CONTINUED)

    def verified_items(self) -> list[tuple[bytes, bytes]]:
        """As `items`; raises `AlteredError` if they are not what was stored. A file of an older liuwen has no checksum."""
        found = self.items()
        sealed = self._connection.execute(f"SELECT 1 FROM {self._schema}.sqlite_schema WHERE name = 'seal'").fetchone()
        if sealed and self._connection.execute(f"SELECT rows, total FROM {self._schema}.seal").fetchone() != _sealed(found):
            raise AlteredError(FILE)
        return found

    def _count(self, token: bytes, old: bytes | None, new: bytes) -> None:
        """Keep the number of records and the sum of their hashes, which do not depend on the order."""
        rows, total = self._connection.execute(f"SELECT rows, total FROM {self._schema}.seal").fetchone()
        if old is not None:
            rows, total = rows - 1, sum_of(total, -row_hash(token, old))
        counted = rows + 1, sum_of(total, row_hash(token, new))
        self._connection.execute(f"UPDATE {self._schema}.seal SET rows = ?, total = ?", counted)

    def _follow(self, number: int) -> tuple[list[int], bytes]:
        """The slots of the record that begins at a slot, and their content; raises `AlteredError` if one is not there."""
        numbers: dict[int, None] = {}
        pieces = []
        query = f"SELECT content FROM {self._schema}.slots WHERE number = ? AND typeof(content) = 'blob'"
        while number >= 0:
            row = self._connection.execute(query, (number,)).fetchone()
            if row is None or number in numbers:
                raise AlteredError(FILE)
            content = bytes(row[0])
            numbers[number] = None
            pieces.append(content[_HEAD : _HEAD + int.from_bytes(content[8:_HEAD], "big")])
            number = int.from_bytes(content[:8], "big") - 1
        return list(numbers), b"".join(pieces)

    def _free(self, token: bytes) -> None:
        row = self._connection.execute(f"SELECT number FROM {self._schema}.places WHERE token = ?", (token,)).fetchone()
        for number in self._follow(row[0])[0] if row else ():
            self._write("slots", "content", number, bytes(_SIZE))
            self._write("places", "token", number, _FREE)

    def _make_room(self, pieces: int) -> None:
        query = f"SELECT count(*), total(token <> ?) FROM {self._schema}.places"
        capacity, used = self._connection.execute(query, (_FREE,)).fetchone()
        if 2 * (used + pieces) > capacity:
            everything = self.items()
            while 2 * (used + pieces) > capacity:
                capacity *= 2
            _lay_out(self._connection, capacity)
            for token, record in everything:
                self._place(token, record)

    def _draw(self, count: int) -> list[int]:
        """Choose free slots at random."""
        (capacity,) = self._connection.execute(f"SELECT count(*) FROM {self._schema}.places").fetchone()
        drawn: dict[int, None] = {}
        while len(drawn) < count:
            number = secrets.randbelow(capacity)
            query = f"SELECT 1 FROM {self._schema}.places WHERE number = ? AND token = ?"
            if number not in drawn and self._connection.execute(query, (number, _FREE)).fetchone():
                drawn[number] = None
        return list(drawn)

    def _write(self, table: str, column: str, number: int, content: bytes) -> None:
        """Overwrite bytes in place: an UPDATE might move the row within its page."""
        with self._connection.blobopen(table, column, number, name=self._schema) as blob:
            blob.write(content)


def _sealed(records: list[tuple[bytes, bytes]]) -> tuple[int, int]:
    return len(records), reduce(sum_of, (row_hash(token, record) for token, record in records), 0)


def _lay_out(connection: sqlite3.Connection, capacity: int) -> None:
    for table, column, size in (("places", "token", len(_FREE)), ("slots", "content", _SIZE)):
        connection.execute(f"DROP TABLE IF EXISTS {SCHEMA}.{table}")
        connection.execute(f"CREATE TABLE {SCHEMA}.{table} (number INTEGER PRIMARY KEY, {column} BLOB NOT NULL)")
        connection.executemany(f"INSERT INTO {SCHEMA}.{table} VALUES (?, zeroblob({size}))", _numbers(capacity))


def _numbers(capacity: int) -> Iterator[tuple[int]]:
    return ((number,) for number in range(capacity))
