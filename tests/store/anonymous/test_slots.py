"""A file whose layout does not reveal the order in which records were written."""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from liuwen.store.anonymous.slots import FILE, Slots, attach


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A writing connection with the file attached."""
    with closing(sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None)) as connection:
        attach(connection, tmp_path)
        yield connection


def test_records_of_any_size_are_read_back(connection: sqlite3.Connection) -> None:
    """From empty to many slots, and while the file grows."""
    records = {secrets.token_bytes(16): os.urandom(size) for size in (0, 1, 987, 988, 989, 5_000, 100_000)}
    slots = Slots(connection)
    for token, record in records.items():
        slots.put(token, record)
    assert dict(slots.items()) == records
    assert slots.get(b"nothing like it!") is None


def test_record_with_the_same_token_is_replaced(connection: sqlite3.Connection, tmp_path: Path) -> None:
    """Nothing of the old record remains in the file."""
    slots = Slots(connection)
    slots.put(b"a" * 16, b"former" * 1_000)
    slots.put(b"a" * 16, b"latter")
    assert slots.items() == [(b"a" * 16, b"latter")]
    assert b"former" not in (tmp_path / FILE).read_bytes()
    assert not list(tmp_path.glob("*-journal"))


def test_rolled_back_record_leaves_nothing(connection: sqlite3.Connection) -> None:
    """A failed job is rolled back alone, even while the file grows."""
    slots = Slots(connection)
    slots.put(b"a" * 16, b"stays")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("SAVEPOINT job")
    slots.put(b"b" * 16, os.urandom(200_000))
    connection.execute("ROLLBACK TO job")
    connection.execute("COMMIT")
    assert slots.items() == [(b"a" * 16, b"stays")]


def test_slots_are_equally_likely(connection: sqlite3.Connection) -> None:
    """The first of eight records is first in about one of eight layouts: 200 layouts are tried."""
    first = 0
    connection.execute("BEGIN IMMEDIATE")
    for _ in range(200):
        connection.execute("UPDATE anonymous.places SET token = zeroblob(16)")
        slots = Slots(connection)
        for number in range(8):
            slots.put(bytes([number + 1]) * 16, b"record")
        query = "SELECT token FROM anonymous.places WHERE token <> zeroblob(16) ORDER BY number LIMIT 1"
        first += bytes(connection.execute(query).fetchone()[0]) == bytes([1]) * 16
    assert 5 < first < 50, "25 are expected, with a standard deviation of 4.7"
