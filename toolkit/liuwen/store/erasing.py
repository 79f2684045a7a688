"""Erases the answers of a person who asks for it: by instance ID, or by the household in an entity list.

A hash of each instance ID remains, so that a phone that sends the answer again is refused. Anonymous answers cannot be erased,
because nobody knows whose they are. Backups made before keep what was erased, until they are deleted; so do the office's own
tables (`Store.desk_tables`), and rows of lists that other answers wrote too.
"""

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from liuwen.errors import StoreError
from liuwen.messages import Sentence
from liuwen.store.entities.faults import BadFieldError
from liuwen.store.entities.proposal import normal_uuid

NOT_FOUND = Sentence(
    zh="库里没有编号为“{instance}”的答卷（匿名答卷认不出是谁的，不能按人删除）。",
    en='The store has no answer "{instance}" (anonymous answers cannot be erased: nobody knows whose they are).',
)
NO_HOUSEHOLD = Sentence(
    zh="库的实体列表里没有编号为“{household}”的一户，也没有提到它的答卷。",
    en='No entity list of the store has "{household}", and no answer names it.',
)
NO_ID = Sentence(
    zh="“{household}”不是实体列表里的编号（形如 0f3b9c1e-8a52-4c6d-9e7f-1a2b3c4d5e6f）；"
    "请在列表里找到这一户的编号，或用 --instance 删除答卷。",
    en='"{household}" is not an ID of an entity list (such as 0f3b9c1e-8a52-4c6d-9e7f-1a2b3c4d5e6f); '
    "look the household's ID up in the list, or erase its answers with --instance.",
)
ERASED = Sentence(
    zh="这份答卷已应本人要求删除，不再接收；请在手机上也把它删掉。",
    en="This answer was erased at the request of the person, and is not accepted again. Delete it on the phone too.",
)

_BESIDE = ("submission_files", "replaced_files", "entity_backlog", "entity_faults", "reviews")


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased.

    Attributes:
        instances: The instance IDs of the answers, with all their edits.
        files: The hashes of attachments that nothing else uses.
        entities: How many rows of entity lists.
    """

    instances: tuple[str, ...]
    files: tuple[str, ...]
    entities: int


def instance_hash(instance_id: str) -> str:
    """What remains of an erased answer."""
    return hashlib.sha256(instance_id.encode()).hexdigest()


def erase_instance(connection: sqlite3.Connection, instance_id: str, now: float) -> Erased:
    """Erase an answer with all its edits."""
    found = _numbers(connection, "instance_id = ?", instance_id)
    if not found:
        raise StoreError(NOT_FOUND.filled(instance=instance_id))
    return _erase(connection, found, (), now)


def erase_household(connection: sqlite3.Connection, household: str, now: float) -> Erased:
    """Erase a row of an entity list, and every answer that names it.

    Only the ID of a row will do: a short code is also a part of other codes. Encrypted answers do not show whom they name.
    """
    try:
        uuid = normal_uuid(household, "household")
    except BadFieldError as part:
        raise StoreError(NO_ID.filled(household=household)) from part
    entities = [number for (number,) in connection.execute("SELECT number FROM entities WHERE uuid = ?", (uuid,))]
    named = _numbers(connection, "instr(lower(CAST(xml AS TEXT)), ?)", uuid)
    if not (entities or named):
        raise StoreError(NO_HOUSEHOLD.filled(household=household))
    return _erase(connection, named, entities, now)


def entity_ids(connection: sqlite3.Connection) -> set[str]:
    """The IDs of all rows of entity lists."""
    return {uuid for (uuid,) in connection.execute("SELECT uuid FROM entities")}


def _numbers(connection: sqlite3.Connection, condition: str, value: str) -> list[int]:
    """The answers that fulfil a condition, with all their edits."""
    roots = f"SELECT coalesce(root, number) FROM submissions WHERE {condition}"
    query = f"SELECT number FROM submissions WHERE coalesce(root, number) IN ({roots}) ORDER BY number DESC"
    return [number for (number,) in connection.execute(query, (value,))]


def _erase(connection: sqlite3.Connection, numbers: list[int], entities: Iterable[int], now: float) -> Erased:
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS erased (number INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM erased")
    connection.executemany("INSERT INTO erased VALUES (?)", [(number,) for number in numbers])
    of_erased = "IN (SELECT number FROM erased)"
    rows = connection.execute(f"SELECT form, instance_id FROM submissions WHERE number {of_erased}").fetchall()
    tombs = [(form, instance_hash(instance), now) for form, instance in rows]
    connection.executemany("INSERT OR REPLACE INTO tombstones VALUES (?, ?, ?)", tombs)
    files = _files(connection, of_erased)
    gone = {*entities, *_made_by(connection, of_erased)}
    for entity in gone:
        connection.execute("DELETE FROM entity_backlog WHERE uuid = (SELECT uuid FROM entities WHERE number = ?)", (entity,))
        connection.execute("DELETE FROM entity_versions WHERE entity = ?", (entity,))
        connection.execute(
            "UPDATE entity_lists SET edition = edition + 1 WHERE number = (SELECT list FROM entities WHERE number = ?)", (entity,)
        )
        connection.execute("DELETE FROM entities WHERE number = ?", (entity,))
    for table in _BESIDE:
        connection.execute(f"DELETE FROM {table} WHERE submission {of_erased}")
    connection.execute(
        "UPDATE entity_versions SET confidential = (SELECT confidential FROM submissions AS s JOIN forms ON forms.number = form"
        f" WHERE s.number = submission), submission = NULL WHERE submission {of_erased}"
    )
    for number in numbers:  # edits before the answers that they replaced
        connection.execute("DELETE FROM submissions WHERE number = ?", (number,))
    unused = tuple(sha256 for sha256 in files if _forget(connection, sha256))
    return Erased(tuple(instance for _, instance in rows), unused, len(gone))


def _files(connection: sqlite3.Connection, of_erased: str) -> list[str]:
    tables = ("submission_files", "replaced_files")
    query = " UNION ".join(f"SELECT sha256 FROM {table} WHERE submission {of_erased}" for table in tables)
    return [sha256 for (sha256,) in connection.execute(query)]


def _made_by(connection: sqlite3.Connection, of_erased: str) -> set[int]:
    """Rows of entity lists that consist of nothing but these answers."""
    query = f"SELECT entity FROM entity_versions GROUP BY entity HAVING sum(submission {of_erased}) = count(*)"
    return {entity for (entity,) in connection.execute(query)}


def _forget(connection: sqlite3.Connection, sha256: str) -> bool:
    """Remove a file from the database unless something else uses it."""
    for table in ("submission_files", "replaced_files", "form_media"):
        if connection.execute(f"SELECT 1 FROM {table} WHERE sha256 = ?", (sha256,)).fetchone():
            return False
    return connection.execute("DELETE FROM files WHERE sha256 = ?", (sha256,)).rowcount > 0
