"""An entity with all its versions and their conflicts, as ODK Central shows them."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from liuwen.store.damage import kept_object, making_sense
from liuwen.store.entities.faults import NoSuchEntityError
from liuwen.store.entities.records import Conflict


@dataclass(frozen=True, slots=True)
class EntityVersion:
    """One version of an entity.

    Attributes:
        version: The number of the version.
        label: The label.
        data: What the entity contained after this version.
        received: What was sent.
        base_version: The version that the change was made to.
        trunk_version: The last version from the server that the phone knew.
        branch_id: The ID of a chain of offline changes.
        branch_base_version: The base version within that chain.
        conflict: "soft" or "hard", or None.
        conflicting: The properties that were changed on both sides.
        resolved: Whether the conflict was resolved.
        submission: The instance ID of the submission; None if it was changed on the computer.
        saved: When it was stored.
    """

    version: int
    label: str
    data: Mapping[str, str]
    received: Mapping[str, str]
    base_version: int | None
    trunk_version: int | None
    branch_id: str | None
    branch_base_version: int | None
    conflict: Conflict | None
    conflicting: tuple[str, ...]
    resolved: bool
    submission: str | None
    saved: datetime


@dataclass(frozen=True, slots=True)
class Entity:
    """The current state of an entity, with its history.

    Attributes:
        list: The entity list.
        uuid: The ID.
        label: The label.
        data: The properties.
        version: The current version.
        conflict: "soft" or "hard" until it is resolved, otherwise None.
        deleted: Whether it was deleted.
        versions: All versions, the oldest first.
    """

    list: str
    uuid: str
    label: str
    data: Mapping[str, str]
    version: int
    conflict: Conflict | None
    deleted: bool
    versions: tuple[EntityVersion, ...]


@dataclass(slots=True)
class _Branch:
    """How far a chain of offline changes follows its trunk without other changes in between."""

    contiguous: int

    def add(self, version: int, base: int | None) -> None:
        if base == self.contiguous and version == self.contiguous + 1:
            self.contiguous = version


@dataclass(slots=True)
class _Branches:
    seen: dict[str, _Branch] = field(default_factory=dict)

    def follows_trunk(self, branch: str, version: int, base: int | None, trunk: int | None) -> bool:
        if branch in self.seen:
            self.seen[branch].add(version, base)
        elif trunk is not None:
            self.seen[branch] = _Branch(version if version == trunk + 1 else 0)
        else:
            self.seen[branch] = _Branch(2 if version == 2 else 1)
        return self.seen[branch].contiguous >= (base or 0)


def read_entity(connection: sqlite3.Connection, list_name: str, uuid: str) -> Entity:
    """The entity with its history; raises `NoSuchEntityError`."""
    row = connection.execute(
        "SELECT e.number, e.label, data, version, conflict, deleted IS NOT NULL, resolved FROM entities AS e"
        " JOIN entity_lists ON entity_lists.number = list WHERE name = ? AND uuid = ?",
        (list_name, uuid),
    ).fetchone()
    if row is None:
        raise NoSuchEntityError(list_name, uuid)
    number, label, data, version, conflict, deleted, resolved = row
    versions = _read_versions(connection, number, resolved)
    return Entity(list_name, uuid, label, kept_object(data, "entity_versions"), version, conflict, bool(deleted), versions)


def _read_versions(connection: sqlite3.Connection, entity: int, resolved: int) -> tuple[EntityVersion, ...]:
    branches = _Branches()
    rows = connection.execute(
        "SELECT version, label, data, v.received, base_version, trunk_version, branch_id, branch_base_version, conflicting,"
        " created_late, instance_id, saved FROM entity_versions AS v LEFT JOIN submissions ON submissions.number = submission"
        " WHERE entity = ? ORDER BY version",
        (entity,),
    )
    return tuple(_version(row, branches, resolved) for row in rows)


def _version(row: tuple[Any, ...], branches: _Branches, resolved: int) -> EntityVersion:
    version, label, data, received, base, trunk, branch, branch_base, conflicting, created_late, instance_id, saved = row
    with making_sense("entity_versions"):
        collided: tuple[str, ...] = tuple(json.loads(conflicting)) if conflicting else ()
        when = datetime.fromtimestamp(saved, UTC)
    apart = branch is not None and not branches.follows_trunk(branch, version, base, trunk)
    conflict: Conflict | None = None
    if version > 1 and (version != (base or 0) + 1 or apart or created_late):
        conflict = "hard" if collided else "soft"
    held, came = (kept_object(text, "entity_versions") for text in (data, received))
    return EntityVersion(
        version, label, held, came, base, trunk, branch, branch_base, conflict, collided,
        conflict is not None and resolved >= version, instance_id, when,
    )  # fmt: skip
