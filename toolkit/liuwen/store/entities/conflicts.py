"""Detects conflicting changes of an entity: *soft* if versions are not contiguous, *hard* if a property differs.

The rules are those of ODK Central; the last received change is always applied.
"""

import sqlite3
from collections.abc import Mapping

from liuwen.store.entities.proposal import Proposal
from liuwen.store.entities.records import Conflict, Current, Version


def differing(mine: Mapping[str, str], other: Mapping[str, str]) -> tuple[str, ...]:
    """The properties of `mine` that are missing or different in `other`."""
    return tuple(name for name, value in mine.items() if other.get(name) != value)


def judge(
    connection: sqlite3.Connection, proposal: Proposal, base: Version, there: Current, *, created_late: bool
) -> tuple[Conflict | None, tuple[str, ...] | None]:
    """The state of conflict of the entity after `proposal`, and the conflicting properties (None if not compared)."""
    if base.version != there.version:
        changed = {name: there.data[name] for name in differing(there.data, base.data)}
        if there.label != base.label:
            changed["label"] = there.label
        return _verdict(proposal, changed, there)
    if created_late:
        changed = {name: there.data.get(name, "") for name in differing(there.data, proposal.received)}
        if there.label != proposal.label:
            changed["label"] = there.label
        return _verdict(proposal, changed, there)
    if there.conflict != "hard" and _is_interrupted(connection, there.number, proposal):
        return "soft", None
    return there.conflict, None


def _verdict(proposal: Proposal, changed: Mapping[str, str], there: Current) -> tuple[Conflict, tuple[str, ...]]:
    colliding = tuple(name for name, value in proposal.received.items() if name in changed and changed[name] != value)
    return ("hard" if colliding or there.conflict == "hard" else "soft"), colliding


def _is_interrupted(connection: sqlite3.Connection, entity: int, proposal: Proposal) -> bool:
    if proposal.branch_id is None:
        return False
    query = "SELECT 1 FROM entity_versions WHERE entity = ? AND branch_id IS NOT ? AND version > ?"
    return connection.execute(query, (entity, proposal.branch_id, proposal.trunk_version or 1)).fetchone() is not None
