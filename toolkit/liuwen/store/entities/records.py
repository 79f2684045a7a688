"""Entities in the database: the current state of each, and all its versions."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from liuwen.store.damage import kept_object
from liuwen.store.entities.faults import DELETED, EntityError, EntityIsThereError

Conflict = Literal["soft", "hard"]


@dataclass(frozen=True, slots=True)
class Current:
    """The current state of an entity."""

    number: int
    list: int
    uuid: str
    version: int
    label: str
    data: dict[str, str]
    conflict: Conflict | None


@dataclass(frozen=True, slots=True)
class Version:
    """The parts of a version that the conflict rules need."""

    version: int
    label: str
    data: dict[str, str]


@dataclass(frozen=True, slots=True)
class EntityChange:
    """The content of a new version, and its source."""

    label: str
    data: Mapping[str, str]
    received: Mapping[str, str]
    base_version: int | None = None
    trunk_version: int | None = None
    branch_id: str | None = None
    branch_base_version: int | None = None
    conflicting: tuple[str, ...] | None = None
    forced: bool = False
    created_late: bool = False
    submission: int | None = None


def find(connection: sqlite3.Connection, list_number: int, uuid: str) -> Current | None:
    """The current state of the entity; None if it does not exist or was deleted."""
    row = connection.execute(
        "SELECT number, list, uuid, version, label, data, conflict FROM entities WHERE list = ? AND uuid = ? AND deleted IS NULL",
        (list_number, uuid),
    ).fetchone()
    if row is None:
        return None
    number, listed, known_as, version, label, data, conflict = row
    return Current(number, listed, known_as, version, label, kept_object(data, "entities"), conflict)


def find_version(connection: sqlite3.Connection, entity: int, condition: str, *values: Any) -> Version | None:
    """The first version of an entity that meets `condition`, an SQL constant of this package."""
    row = connection.execute(
        f"SELECT version, label, data FROM entity_versions WHERE entity = ? AND {condition} ORDER BY version LIMIT 1",
        (entity, *values),
    ).fetchone()
    return Version(row[0], row[1], kept_object(row[2], "entities")) if row else None


def is_deleted(connection: sqlite3.Connection, list_number: int, uuid: str) -> bool:
    """Whether the entity existed and was deleted."""
    query = "SELECT 1 FROM entities WHERE list = ? AND uuid = ? AND deleted IS NOT NULL"
    return connection.execute(query, (list_number, uuid)).fetchone() is not None


def create(connection: sqlite3.Connection, list_number: int, uuid: str, change: EntityChange, now: float) -> int:
    """Create an entity at version 1; raises `EntityError` if its ID is taken."""
    there = connection.execute("SELECT deleted FROM entities WHERE uuid = ?", (uuid,)).fetchone()
    if there is not None:
        raise EntityError(DELETED.filled(uuid=uuid)) if there[0] is not None else EntityIsThereError(uuid)
    number = connection.execute(
        "INSERT INTO entities (list, uuid, version, label, data, created) VALUES (?, ?, 1, ?, ?, ?)",
        (list_number, uuid, change.label, _json(change.data), now),
    ).lastrowid
    assert number is not None
    _save_version(connection, number, 1, change, now)
    touch(connection, list_number)
    return number


def update(connection: sqlite3.Connection, there: Current, change: EntityChange, conflict: Conflict | None, now: float) -> None:
    """Add the next version of an entity."""
    version = there.version + 1
    connection.execute(
        "UPDATE entities SET version = ?, label = ?, data = ?, conflict = ?, updated = ? WHERE number = ?",
        (version, change.label, _json(change.data), conflict, now, there.number),
    )
    _save_version(connection, there.number, version, change, now)
    touch(connection, there.list)


def touch(connection: sqlite3.Connection, list_number: int) -> None:
    """Record that a list has changed, so that phones download it again, even those that saw a later state lost in a crash."""
    connection.execute("UPDATE entity_lists SET edition = random() & 0x7fffffffffffffff WHERE number = ?", (list_number,))


def _save_version(connection: sqlite3.Connection, entity: int, version: int, change: EntityChange, now: float) -> None:
    conflicting = None if change.conflicting is None else json.dumps(change.conflicting, ensure_ascii=False)
    connection.execute(
        "INSERT INTO entity_versions (entity, version, label, data, received, base_version, trunk_version, branch_id,"
        " branch_base_version, conflicting, forced, created_late, submission, saved)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entity, version, change.label, _json(change.data), _json(change.received), change.base_version,
            change.trunk_version, change.branch_id, change.branch_base_version, conflicting, change.forced,
            change.created_late, change.submission, now,
        ),
    )  # fmt: skip


def _json(data: Mapping[str, str]) -> str:
    return json.dumps(dict(data), ensure_ascii=False, separators=(",", ":"))
