"""Stores one submission with its files and processes its entities, in one transaction."""

import sqlite3
from collections.abc import Mapping

from liuwen.openrosa.declaration import EntityDeclaration
from liuwen.openrosa.envelope import Envelope
from liuwen.responses.from_submissions.instance import parse
from liuwen.store import submissions
from liuwen.store.damage import content_of, making_sense
from liuwen.store.entities.backlog import overdue, release
from liuwen.store.entities.processing import process
from liuwen.store.files import StoredFile
from liuwen.store.permissions import Sender
from liuwen.store.submissions import Received


def store_submission(
    connection: sqlite3.Connection,
    envelope: Envelope,
    files: Mapping[str, StoredFile],
    sender: Sender,
    *,
    contents: Mapping[str, bytes],
    complete: bool,
    now: float,
) -> Received:
    """Store a submission and process its entities, and those of submissions that waited for it."""
    received = submissions.receive(connection, envelope, files, sender, contents=contents, complete=complete, now=now)
    if received.is_new and received.entities:
        following = process(connection, received.number, envelope.root, received.entities, now=received.moment)
        while following:
            following += _process_kept(connection, following.pop(0), now=received.moment, forced=False)
    return received


def process_backlog(connection: sqlite3.Connection, *, now: float, days: float) -> int:
    """Process submissions that have waited too long for earlier ones; returns how many."""
    waiting = overdue(connection, now, days)
    for number in waiting:
        release(connection, number)
        _process_kept(connection, number, now=now, forced=True)
    return len(waiting)


def _process_kept(connection: sqlite3.Connection, number: int, *, now: float, forced: bool) -> list[int]:
    xml, entities = connection.execute(
        "SELECT s.xml, entities FROM submissions AS s JOIN form_versions AS v ON v.number = form_version WHERE s.number = ?",
        (number,),
    ).fetchone()
    with making_sense("form_versions"):
        declared, document = EntityDeclaration.all_from_text(entities), parse(content_of(xml))
    return process(connection, number, document, declared, now=now, held=True, forced=forced)
