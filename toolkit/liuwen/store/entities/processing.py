"""Applies submissions to entities; the order of events and the outcome follow ODK Central."""

import sqlite3
from dataclasses import dataclass

from lxml import etree

from liuwen.messages import Sentence
from liuwen.openrosa.declaration import EntityDeclaration
from liuwen.store.entities import backlog, records
from liuwen.store.entities.conflicts import judge
from liuwen.store.entities.faults import (
    DELETED,
    NO_LIST,
    NO_VERSION,
    NOT_PERMITTED,
    OTHER_LIST,
    SEVERAL,
    BadFieldError,
    EntityError,
    EntityIsThereError,
    NoSuchEntityError,
)
from liuwen.store.entities.proposal import Proposal, read_proposals

MADE_UP_LABEL = "auto generated"
"""The label of an entity created by an update (ODK Central's wording)."""


@dataclass(frozen=True, slots=True)
class Event:
    """The submission being processed; `held` if it waited for an earlier one, `forced` if it waited too long."""

    submission: int
    held: bool
    forced: bool
    now: float


def process(
    connection: sqlite3.Connection,
    submission: int,
    root: etree._Element,
    declared: tuple[EntityDeclaration, ...],
    *,
    now: float,
    held: bool = False,
    forced: bool = False,
) -> list[int]:
    """Apply a submission to its entities; returns the submissions that waited for it and are to be processed next.

    All of its entities or none are changed: a fault is recorded with the submission. If some must wait for earlier changes, the
    others are processed first, and not again when the submission is released (`held`).
    """
    if not held and (_has_been_used(connection, submission) or backlog.is_held(connection, submission)):
        return []
    proposals = read_proposals(root, declared)
    connection.execute("SAVEPOINT entities")
    try:
        following = _process_all(connection, proposals, Event(submission, held, forced, now))
    except EntityError as fault:
        connection.execute("ROLLBACK TO entities")
        connection.execute("RELEASE entities")
        connection.execute("INSERT INTO entity_faults VALUES (?, ?, ?)", (submission, _both_languages(fault.sentence), now))
        return []
    connection.execute("RELEASE entities")
    return following


def _both_languages(sentence: Sentence) -> str:
    return f"{sentence.zh}\n{sentence.en}"


def _has_been_used(connection: sqlite3.Connection, submission: int) -> bool:
    query = (
        "SELECT 1 FROM entity_versions JOIN submissions AS s ON s.number = submission"
        " WHERE submission IN (SELECT number FROM submissions WHERE number = :root OR root = :root)"
    )
    root = connection.execute("SELECT coalesce(root, number) FROM submissions WHERE number = ?", (submission,)).fetchone()[0]
    return connection.execute(query, {"root": root}).fetchone() is not None


def _process_all(connection: sqlite3.Connection, proposals: tuple[Proposal, ...], event: Event) -> list[int]:
    following: list[int] = []
    faults: list[EntityError] = []
    for proposal in proposals:
        try:
            following += _process_one(connection, proposal, event)
        except EntityError as fault:
            faults.append(fault)
    if len(faults) == 1 and len(proposals) == 1:
        raise faults[0]
    if faults:
        told = Sentence(zh="；".join(f.sentence.zh for f in faults), en=" ".join(f.sentence.en for f in faults))
        raise EntityError(SEVERAL.filled(count=len(faults), total=len(proposals), faults=told))
    return following


def _process_one(connection: sqlite3.Connection, proposal: Proposal, event: Event) -> list[int]:
    if not proposal.list:
        raise BadFieldError("dataset")
    row = connection.execute("SELECT number FROM entity_lists WHERE name = ?", (proposal.list,)).fetchone()
    if row is None:
        raise EntityError(NO_LIST.filled(list=proposal.list))
    if proposal.list != proposal.declared.list:
        raise EntityError(OTHER_LIST.filled(list=proposal.list))
    for action in ("create", "update"):
        if proposal.wants(action) and action not in proposal.declared.actions:
            raise EntityError(NOT_PERMITTED.filled(action=action))
    if event.held and _is_done(connection, row[0], proposal.uuid, event.submission):
        return []
    done = _upsert(connection, row[0], proposal, event)
    if done is None or event.forced:
        return []
    waiting = backlog.release_next(connection, proposal.uuid, *done)
    return [] if waiting is None else [waiting]


def _is_done(connection: sqlite3.Connection, list_number: int, uuid: str, submission: int) -> bool:
    """Whether the submission already changed the entity on arrival, while another of its entities had to wait."""
    query = "SELECT 1 FROM entity_versions JOIN entities AS e ON e.number = entity WHERE list = ? AND uuid = ? AND submission = ?"
    return connection.execute(query, (list_number, uuid, submission)).fetchone() is not None


Done = tuple[str | None, int]
"""The position of a change in its chain: the branch, and the base version of the next change."""


def _upsert(connection: sqlite3.Connection, list_number: int, proposal: Proposal, event: Event) -> Done | None:
    proposal.uuid  # noqa: B018  # raises for an invalid ID, whatever the action
    if proposal.wants("update"):
        try:
            return _update(connection, list_number, proposal, event)
        except (NoSuchEntityError, BadFieldError) as fault:
            unknown = isinstance(fault, NoSuchEntityError) or (fault.field == "baseVersion" and fault.is_missing)
            if not (unknown and (proposal.wants("create") or event.forced)):
                raise
            return _create(connection, list_number, proposal, event)
    if proposal.wants("create"):
        try:
            return _create(connection, list_number, proposal, event)
        except EntityIsThereError:
            if not _was_made_early(connection, list_number, proposal.uuid):
                raise
            return _update(connection, list_number, proposal, event, created_late=True)
    return None


def _create(connection: sqlite3.Connection, list_number: int, proposal: Proposal, event: Event) -> Done:
    label = proposal.label or (MADE_UP_LABEL if event.forced else None)
    if label is None:
        raise BadFieldError("label")
    branch_base = proposal.base_version if event.forced else None
    change = records.EntityChange(
        label=label,
        data=proposal.data,
        received={**proposal.data, "label": label},
        trunk_version=proposal.trunk_version,
        branch_id=proposal.branch_id,
        branch_base_version=branch_base,
        forced=event.forced,
        submission=event.submission,
    )
    records.create(connection, list_number, proposal.uuid, change, event.now)
    return proposal.branch_id, (branch_base or 0) + 1


def _was_made_early(connection: sqlite3.Connection, list_number: int, uuid: str) -> bool:
    there = records.find(connection, list_number, uuid)
    return there is not None and records.find_version(connection, there.number, "version = 1 AND forced") is not None


def _update(
    connection: sqlite3.Connection, list_number: int, proposal: Proposal, event: Event, *, created_late: bool = False
) -> Done | None:
    if created_late and proposal.label is None:
        raise BadFieldError("label")
    if not created_late and proposal.base_version is None:
        raise BadFieldError("baseVersion")
    trunk_version, branch_id = proposal.trunk_version, proposal.branch_id
    there = records.find(connection, list_number, proposal.uuid)
    base = _base(connection, list_number, proposal, there, event, created_late=created_late)
    if base is None:
        return None
    assert there is not None
    if (trunk_version or 0) > there.version:
        raise EntityError(NO_VERSION.filled(version=f"trunkVersion={trunk_version}", uuid=there.uuid, list=proposal.list))
    conflict, colliding = judge(connection, proposal, base, there, created_late=created_late)
    branch_base = proposal.base_version if branch_id is not None else None
    change = records.EntityChange(
        label=proposal.label or there.label,
        data={**there.data, **proposal.data},
        received=proposal.received,
        base_version=base.version,
        trunk_version=trunk_version,
        branch_id=branch_id,
        branch_base_version=branch_base,
        conflicting=colliding,
        forced=event.forced,
        created_late=created_late,
        submission=event.submission,
    )
    records.update(connection, there, change, conflict, event.now)
    return branch_id, (branch_base or 0) + 1


def _base(
    connection: sqlite3.Connection,
    list_number: int,
    proposal: Proposal,
    there: records.Current | None,
    event: Event,
    *,
    created_late: bool,
) -> records.Version | None:
    """The version that a change builds on; None if that version is missing and the change is now held."""
    base_version = proposal.base_version
    if there is not None and created_late:
        return records.Version(there.version, there.label, there.data)
    if proposal.branch_id is None or base_version in {1, proposal.trunk_version}:
        found = there and records.find_version(connection, there.number, "version = ?", base_version)
    else:
        condition = "branch_id = ? AND branch_base_version = ?"
        found = there and records.find_version(connection, there.number, condition, proposal.branch_id, (base_version or 0) - 1)
    if found:
        return found
    if proposal.branch_id is not None and not event.forced:
        backlog.hold(connection, event.submission, proposal.uuid, (proposal.branch_id, base_version or 0), event.now)
        return None
    if there is None:
        if records.is_deleted(connection, list_number, proposal.uuid):
            raise EntityError(DELETED.filled(uuid=proposal.uuid))
        raise NoSuchEntityError(proposal.list, proposal.uuid)
    if event.forced and proposal.branch_id is not None:
        return records.Version(there.version, there.label, there.data)
    raise EntityError(NO_VERSION.filled(version=base_version, uuid=proposal.uuid, list=proposal.list))
