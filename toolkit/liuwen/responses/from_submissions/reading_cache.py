"""What was read of submissions is kept, so that a second reading takes only what is new.

One SQLite file holds packs of submissions, found by the digest of their XML. Each reading decides again which are duplicates or
edits, and how times are read. A pack belongs to the form's versions and to this version of liuwen. Submissions that a reading no
longer meets are removed at its end. Decrypted and anonymous answers are never kept. A damaged file is made again; nothing is kept
if no file can be written.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any

import pyarrow as pa

from liuwen.responses.from_submissions.instance import Identity, parse
from liuwen.responses.from_submissions.pack import Pack
from liuwen.responses.from_submissions.packed import packed, stream_of, table_of, unpacked
from liuwen.responses.from_submissions.submission_document import SubmissionDocument
from liuwen.responses.plan import TablePlan
from liuwen.responses.versions import VersionLayout

FILE = "answers.sqlite"
_LAYOUT = 1
_TABLES = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS packs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    reading TEXT NOT NULL,
    way TEXT NOT NULL,
    heads BLOB NOT NULL,
    content BLOB NOT NULL,
    sha256 BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS numbers (number INTEGER NOT NULL, pack INTEGER NOT NULL);
PRAGMA user_version = {_LAYOUT};
COMMIT;
"""
_LOOSE = "DELETE FROM numbers WHERE pack NOT IN (SELECT number FROM packs)"
_WHO = ("form_id", "version", "instance_id", "deprecated_id", "submitted_at", "instance_name")
FAULTS = (sqlite3.Error, pa.ArrowInvalid, OSError, ValueError, KeyError, TypeError)
"""What a file that is damaged, locked, or on a medium that cannot be written, may raise."""


@dataclass(frozen=True, slots=True)
class CacheFile:
    """Where what was read is kept.

    Attributes:
        path: The file; its folder is made when it is needed.
        reading: What is read: packs of another reading are left alone.
        has: Whether the source still has submissions of these numbers, asked before they are kept.
    """

    path: Path
    reading: str
    has: Callable[[Collection[int]], bool] = field(default=lambda numbers: True, repr=False)


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A submission that was read and taken in.

    Attributes:
        digest: The digest of its XML.
        document: What it says of itself.
        number: Its number among those taken in.
        source_number: The number that its source gives it; None if it gives none.
    """

    digest: bytes
    document: SubmissionDocument
    number: int
    source_number: int | None = None


@dataclass(slots=True)
class _KeptPack:
    number: int
    heads: Any
    documents: list[SubmissionDocument] = field(default_factory=list)
    """What each says of itself, as soon as one is met."""
    content: Pack | None = None
    places: dict[int, int] = field(default_factory=dict)
    """Place in the pack → number among the submissions of this reading."""
    met: set[int] = field(default_factory=set)


class ReadingCache:
    """The packs of one reading; made by `opened`."""

    def __init__(self, file: CacheFile, connection: sqlite3.Connection, plan: TablePlan, way: str) -> None:
        self._file, self._connection, self._plan, self._way = file, connection, plan, way
        self._lock = Lock()
        self._packs: list[_KeptPack] = []
        self._found: dict[bytes, tuple[_KeptPack, int]] = {}
        self._documents: list[tuple[_KeptPack, int]] = []
        query = "SELECT number, heads FROM packs WHERE reading = ? AND way = ? ORDER BY number"
        for number, heads in connection.execute(query, (file.reading, way)):
            pack = _KeptPack(number, table_of(heads))
            self._packs.append(pack)
            self._found.update({digest: (pack, place) for place, digest in enumerate(pack.heads["digest"].to_pylist())})

    # -- what was kept --------------------------------------------------------------------------------------------

    def has(self, digest: bytes) -> bool:
        """Whether a submission is kept; its pack is then in memory. Many threads may ask at once."""
        found = self._found.get(digest)
        if found is None:
            return False
        pack, _ = found
        with self._lock:
            if pack.content is None:
                pack.content = self._content(pack.number)
            if pack.content is None:  # removed meanwhile, or damaged
                for gone in pack.heads["digest"].to_pylist():
                    self._found.pop(gone, None)
        return pack.content is not None

    def _content(self, number: int) -> Pack | None:
        try:
            row = self._connection.execute("SELECT heads, content, sha256 FROM packs WHERE number = ?", (number,)).fetchone()
            return unpacked(row[1], self._plan.tables) if row and _sha256(row[0], row[1]) == row[2] else None
        except FAULTS:
            return None

    def document(self, digest: bytes, xml: bytes) -> SubmissionDocument | None:
        """What a submission says of itself; None if it is not kept."""
        found = self._found.get(digest)
        if found is None:
            return None
        pack, place = found
        if not pack.documents:
            pack.documents = _documents(pack.heads)
        pack.met.add(place)
        self._documents.append(found)
        return replace(pack.documents[place], tree=partial(parse, xml), kept=len(self._documents) - 1)

    def take(self, kept: int, number: int) -> None:
        """Note that a kept submission was taken in, under a number."""
        pack, place = self._documents[kept]
        pack.places[place] = number

    def taken(self) -> Iterator[Pack]:
        """What is kept of the submissions that were taken in."""
        return (pack.content.of(pack.places) for pack in self._packs if pack.content is not None and pack.places)

    # -- keeping --------------------------------------------------------------------------------------------------

    def keep(self, documents: Sequence[ReadDocument], pack: Pack) -> None:
        """Keep some submissions that were read; not if the source has lost one of them meanwhile."""
        places = {each.number: place for place, each in enumerate(documents)}
        if documents:
            self._write(_heads(documents), pack.of(places))

    def _write(self, heads: Any, pack: Pack) -> None:
        told, content = stream_of(heads), packed(pack)
        numbers = [number for number in heads["source_number"].to_pylist() if number is not None]
        row = (self._file.reading, self._way, told, content, _sha256(told, content))
        with self._lock, suppress(*FAULTS), _transaction(self._connection):
            if self._file.has(numbers):  # asked when nobody else can remove what is written next
                query = "INSERT INTO packs (reading, way, heads, content, sha256) VALUES (?, ?, ?, ?, ?)"
                made = self._connection.execute(query, row).lastrowid
                self._connection.executemany("INSERT INTO numbers VALUES (?, ?)", [(number, made) for number in numbers])

    def close(self, *, complete: bool) -> None:
        """End the reading; if it was `complete`, what it did not meet is removed."""
        with closing(self._connection):
            for pack in self._packs if complete else ():
                if len(pack.met) < len(pack.heads):
                    self._keep_only_met(pack)
            if complete:
                self._remove("reading = ? AND way <> ?", self._file.reading, self._way)

    def _keep_only_met(self, pack: _KeptPack) -> None:
        met = sorted(pack.met)
        if met and pack.content is not None:
            rest = pack.content.of({place: now for now, place in enumerate(met)})
            self._write(pack.heads.take(pa.array(met, pa.int64())), rest)
        self._remove("number = ?", pack.number)

    def _remove(self, condition: str, *told: object) -> None:
        with suppress(*FAULTS), _transaction(self._connection):
            self._connection.execute(f"DELETE FROM packs WHERE {condition}", told)
            self._connection.execute(_LOOSE)


def opened(file: CacheFile, plan: TablePlan, layouts: Mapping[str, VersionLayout], others: VersionLayout) -> ReadingCache | None:
    """What is kept of a reading; None if there is no such file, and none can be made."""
    way = _way(plan, layouts, others)
    for _ in range(2):
        try:
            return ReadingCache(file, _connection(file.path), plan, way)
        except (sqlite3.OperationalError, OSError):  # locked, or on a medium that cannot be written
            return None
        except FAULTS:
            with suppress(OSError):
                file.path.unlink(missing_ok=True)
    return None


def forget_gone(connection: sqlite3.Connection, there: str) -> None:
    """Delete the packs of submissions whose numbers the query `there` does not give."""
    gone = f"SELECT pack FROM numbers WHERE number NOT IN ({there})"
    connection.execute(f"DELETE FROM packs WHERE number IN ({gone})")
    connection.execute(_LOOSE)


def digest_of(xml: bytes) -> bytes:
    """What a submission is found by."""
    return hashlib.sha256(xml).digest()


def _connection(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
    connection.execute("PRAGMA secure_delete = ON")
    (layout,) = connection.execute("PRAGMA user_version").fetchone()
    if layout not in {0, _LAYOUT}:
        connection.close()
        raise sqlite3.DatabaseError(layout)
    if not layout:
        connection.executescript(_TABLES)
    return connection


class _transaction:  # noqa: N801 - used like a function
    """Write alone: a reader elsewhere sees all of it or nothing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, fault: type[BaseException] | None, *_: object) -> None:
        self._connection.execute("ROLLBACK" if fault else "COMMIT")


def _heads(documents: Sequence[ReadDocument]) -> Any:
    who = [each.document.who for each in documents]
    told = {name: [getattr(each, name) for each in who] for name in _WHO}
    columns = {
        "digest": pa.array([each.digest for each in documents], pa.binary()),
        **{name: pa.array(texts, pa.string()) for name, texts in told.items()},
        "audit": pa.array([each.document.audit for each in documents], pa.string()),
        "synthetic": pa.array([each.document.synthetic for each in documents], pa.bool_()),
        "source_number": pa.array([each.source_number for each in documents], pa.int64()),
    }
    return pa.table(columns)


def _documents(heads: Any) -> list[SubmissionDocument]:
    told = zip(*(heads[name].to_pylist() for name in (*_WHO, "audit", "synthetic")), strict=True)
    whole = [(dict(zip(_WHO, who, strict=True)), audit, synthetic) for *who, audit, synthetic in told]
    return [SubmissionDocument(Identity(encrypted=False, **who), _not_read, audit, synthetic) for who, audit, synthetic in whole]


def _not_read() -> Any:
    raise NotImplementedError  # each time it is met, a document is given the XML that it was found by


def _way(plan: TablePlan, layouts: Mapping[str, VersionLayout], others: VersionLayout) -> str:
    """A digest of all that decides how a submission's XML is read."""
    tables = [(name, table.unlinked, [column.path for column in table.columns]) for name, table in plan.tables.items()]
    told = [(version, _places(layout)) for version, layout in sorted(layouts.items())]
    written = repr((version("liuwen"), _LAYOUT, tables, told, _places(others)))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def _places(layout: VersionLayout) -> tuple[object, ...]:
    columns = sorted((path, column.table, column.path) for path, column in layout.columns.items())
    openings = sorted(layout.openings.items())
    return columns, openings, sorted(layout.withheld), sorted(layout.apart), sorted(layout.gone_repeats)


def _sha256(*parts: bytes) -> bytes:
    made = hashlib.sha256()
    for part in parts:
        made.update(part)
    return made.digest()
