"""Checksums of all rows, so that a damaged database is reported and never read as if it were whole.

SQLite notices a broken page, but not a changed byte inside a value. So every table has a checksum: the sum of the hashes of
its rows, and their number. Each submission has a hash of its own besides, which is compared whenever it is read. The writing
connection keeps both up to date with temporary triggers; whatever changes the file in another way does not, and is found.

The checksums show damage. They do not show who changed something: whoever can write to the file can also compute them.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from typing import Any

APART = frozenset({"submissions", "submission_hashes", "seals"})
"""Tables without a checksum of the whole: each submission has a hash of its own, and each form a count."""

_NOT_HASHED = frozenset({"number"})
_SIGNED = 1 << 63
_ALL = 1 << 64


def row_hash(*values: Any) -> int:
    """A 64-bit hash of the values of a row, as a signed number.

    >>> row_hash("East", 1, None) == row_hash("East", 1, None)
    True
    >>> row_hash("East", 1) == row_hash("East1", None)
    False
    """
    told = repr([(len(value),) if isinstance(value, bytes) else value for value in values])
    made = hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8)
    for value in values:
        if isinstance(value, bytes):
            made.update(value)
    return int.from_bytes(made.digest(), "big", signed=True)


def sum_of(first: int, second: int) -> int:
    """The sum of two 64-bit numbers, modulo 2^64: SQLite's own sum would become a fraction."""
    return (first + second + _SIGNED) % _ALL - _SIGNED


def teach(connection: sqlite3.Connection) -> None:
    """Make the hash functions known to a connection."""
    connection.create_function("row_hash", -1, row_hash, deterministic=True)
    connection.create_function("hash_added", 2, sum_of, deterministic=True)
    connection.create_function("hash_taken", 2, lambda total, one: sum_of(total, -one), deterministic=True)


def keep_sealed(connection: sqlite3.Connection) -> None:
    """Let the writing connection update the checksums with each change."""
    connection.execute("PRAGMA recursive_triggers = ON")  # otherwise a row that INSERT OR REPLACE replaces is not taken off
    for table in sealed_tables(connection):
        columns = _columns(connection, table)
        _follow(connection, table, _added(table, columns), _taken(table, columns), columns)
    _follow_submissions(connection)


def seal(connection: sqlite3.Connection) -> None:
    """Compute all checksums, within a transaction: for a store that has none yet, or whose tables have changed."""
    connection.execute("DELETE FROM seals")
    for table in sealed_tables(connection):
        connection.execute("INSERT INTO seals VALUES (?, ?, ?)", (table, *_total(connection, table)))
    connection.execute(
        "INSERT INTO seals SELECT 'submissions/' || forms.number, count(s.number), count(s.number) - count(s.root)"
        " FROM forms LEFT JOIN submissions AS s ON s.form = forms.number GROUP BY forms.number"
    )
    connection.execute("DELETE FROM submission_hashes")
    hashed = _listed(_hashed_of_submissions(connection))
    connection.execute(f"INSERT INTO submission_hashes SELECT number, row_hash({hashed}) FROM submissions")


def sealed_tables(connection: sqlite3.Connection) -> list[str]:
    """The tables with a checksum."""
    query = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    return [name for (name,) in connection.execute(query) if name not in APART]


def broken_tables(connection: sqlite3.Connection) -> Iterator[str]:
    """The tables, or indexes of tables, whose content does not match; run it in one transaction."""
    kept = {name: (rows, total) for name, rows, total in connection.execute("SELECT name, rows, total FROM seals")}
    found = sealed_tables(connection)
    forms = (f"submissions/{number}" for (number,) in connection.execute("SELECT number FROM forms NOT INDEXED"))
    yield from sorted(map(str, kept.keys() ^ {*found, *forms}))
    for table in found:
        said = connection.execute(f"PRAGMA integrity_check({table})").fetchone()
        if said != ("ok",):
            yield f"{table}: {said[0]}"
        elif kept.get(table) != _total(connection, table):
            yield table


def columns_of_submissions(connection: sqlite3.Connection) -> str:
    """The hashed columns, to be read beside a submission whose table is called `s`."""
    return _listed(_hashed_of_submissions(connection), "s.")


def broken_submissions(connection: sqlite3.Connection) -> Iterator[str]:
    """The instance IDs of submissions that are not as they were stored, or the number of one that is gone; or that of a form
    whose submissions are not as many as were stored.
    """
    hashed = columns_of_submissions(connection)
    rows = connection.execute(
        f"SELECT coalesce(s.instance_id, h.number) FROM submission_hashes AS h LEFT JOIN submissions AS s USING (number)"
        f" WHERE h.hash IS NOT row_hash({hashed})"
        " UNION ALL SELECT instance_id FROM submissions NOT INDEXED WHERE number NOT IN (SELECT number FROM submission_hashes)"
        " UNION ALL SELECT name FROM seals WHERE name LIKE 'submissions/%' AND rows <>"
        " (SELECT count(*) FROM submissions WHERE name = 'submissions/' || form)"
    )
    yield from (str(said) for (said,) in rows)


def _total(connection: sqlite3.Connection, table: str) -> tuple[int, int]:
    rows = total = 0
    for (one,) in connection.execute(f"SELECT row_hash({_listed(_columns(connection, table))}) FROM {table} NOT INDEXED"):
        rows, total = rows + 1, sum_of(total, one)
    return rows, total


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]


def _hashed_of_submissions(connection: sqlite3.Connection) -> list[str]:
    return [name for name in _columns(connection, "submissions") if name not in _NOT_HASHED]


def _listed(columns: list[str], of: str = "") -> str:
    return ", ".join(f'{of}"{name}"' for name in columns)


def _added(table: str, columns: list[str]) -> str:
    mark = f"row_hash({_listed(columns, 'NEW.')})"
    return f"UPDATE seals SET rows = rows + 1, total = hash_added(total, {mark}) WHERE name = '{table}'"


def _taken(table: str, columns: list[str]) -> str:
    mark = f"row_hash({_listed(columns, 'OLD.')})"
    return f"UPDATE seals SET rows = rows - 1, total = hash_taken(total, {mark}) WHERE name = '{table}'"


def _follow_submissions(connection: sqlite3.Connection) -> None:
    """A hash for each submission, and for each form the number of submissions and of those that replace no other."""
    columns = _hashed_of_submissions(connection)
    mark = f"row_hash({_listed(columns, 'NEW.')})"
    more, less = _counted("+", "NEW"), _counted("-", "OLD")
    changed = f"UPDATE submission_hashes SET hash = {mark} WHERE number = NEW.number"
    _trigger(connection, "submissions", "INSERT", f"INSERT INTO submission_hashes VALUES (NEW.number, {mark}); {more}")
    _trigger(connection, "submissions", f"UPDATE OF {_listed(columns)}", f"{changed}; {less}; {more}")
    _trigger(connection, "submissions", "DELETE", f"DELETE FROM submission_hashes WHERE number = OLD.number; {less}")
    _trigger(connection, "forms", "INSERT", "INSERT INTO seals VALUES ('submissions/' || NEW.number, 0, 0)", "count")


def _counted(sign: str, row: str) -> str:
    of_form = f"WHERE name = 'submissions/' || {row}.form"
    return f"UPDATE seals SET rows = rows {sign} 1, total = total {sign} ({row}.root IS NULL) {of_form}"


def _follow(connection: sqlite3.Connection, table: str, added: str, taken: str, columns: list[str]) -> None:
    _trigger(connection, table, "INSERT", added)
    _trigger(connection, table, f"UPDATE OF {_listed(columns)}", f"{taken}; {added}")
    _trigger(connection, table, "DELETE", taken)


def _trigger(connection: sqlite3.Connection, table: str, event: str, action: str, what: str = "seal") -> None:
    name = f"{what}_{table}_{event.split(maxsplit=1)[0].lower()}"
    connection.execute(f"CREATE TEMP TRIGGER {name} AFTER {event} ON main.{table} BEGIN {action}; END")
