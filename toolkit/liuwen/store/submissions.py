"""Receives submissions as ODK Central does: each instance once, attachments added, edits replacing their originals."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from liuwen.messages import Sentence
from liuwen.openrosa.declaration import EntityDeclaration
from liuwen.openrosa.envelope import Envelope
from liuwen.openrosa.refused import RefusedError
from liuwen.store.anonymous.answers import AnonymousArrival
from liuwen.store.anonymous.answers import receive as receive_anonymous
from liuwen.store.damage import making_sense
from liuwen.store.erasing import ERASED, instance_hash
from liuwen.store.files import StoredFile
from liuwen.store.forms import keep_file
from liuwen.store.permissions import (
    Ownership,
    Sender,
    author_mark,
    check_edit,
    check_files,
    may_complete,
    read_ownership,
)

NO_FORM = Sentence(
    zh="服务器上没有这份问卷（{form}）。",
    en="The server does not have this form ({form}).",
)
NO_VERSION = Sentence(
    zh="服务器上没有这份答卷所用的问卷版本“{version}”，请重新获取问卷。",
    en='The server does not have version "{version}" of this form. Download the form again.',
)
CLOSED = Sentence(zh="这份问卷已停止接收答卷。", en="This form no longer accepts submissions.")
OTHER_XML = Sentence(
    zh="已有编号相同、内容不同的答卷（different XML）；补传附件时请原样重发 xml_submission_file。",
    en="There is already a submission with this ID and different XML. To add files, send the same xml_submission_file again.",
)
OUT_OF_DATE = Sentence(
    zh="您修改的是旧版本（{instance}），服务器上已有更新的版本；请取得新版本后再修改。",
    en="The edited copy ({instance}) is not the newest. Download the newest one and edit that.",
)
NOT_FOUND = Sentence(
    zh="找不到要修改的答卷（{instance}）。",
    en="The submission to edit ({instance}) was not found.",
)
ID_TAKEN = Sentence(
    zh="修改稿的编号（{instance}）已经用过；请换一个编号。",
    en="The ID of the edit ({instance}) is already used. Use another ID.",
)
NOT_ALLOWED = Sentence(zh="这名采集员不能填这份问卷。", en="This collector may not fill in this form.")
JUST_NOW = Sentence(
    zh="这份问卷刚刚改为匿名，请再发送一次。", en="This form has just become anonymous; send the submission again."
)
USED_UP = Sentence(
    zh="此链接已经用过；要再填一份，请向给您链接的人要一个新的。",
    en="This link has already been used. To fill in another one, ask whoever gave it to you for a new link.",
)


@dataclass(frozen=True, slots=True)
class Received:
    """The result of an accepted submission; `moment` is the time of arrival, as precise as may be stored.

    `number` is 0 for an anonymous answer.
    """

    number: int
    is_new: bool
    entities: tuple[EntityDeclaration, ...]
    moment: float


@dataclass(frozen=True, slots=True)
class _Target:
    form: int
    form_version: int
    anonymous: bool
    entities: str
    erased: bool


@dataclass(frozen=True, slots=True)
class _Arrival:
    target: _Target
    envelope: Envelope
    sender: Sender
    now: float
    complete: bool


_TARGET = (
    "SELECT f.number, f.state, f.anonymous, v.number, v.entities,"
    " EXISTS (SELECT 1 FROM tombstones AS t WHERE t.form = f.number AND t.instance = ?2)"
    " FROM forms AS f LEFT JOIN form_versions AS v ON v.form = f.number AND v.version = ?1 WHERE f.form_id = ?3"
)
"""The form and version that a submission answers, and whether the answer was erased."""


@dataclass(frozen=True, slots=True)
class _Kept:
    number: int
    root: int | None
    current: bool
    xml: bytes


def receive(
    connection: sqlite3.Connection,
    envelope: Envelope,
    files: Mapping[str, StoredFile],
    sender: Sender,
    *,
    contents: Mapping[str, bytes],
    complete: bool = True,
    now: float,
) -> Received:
    """Receive a submission, or raise the `RefusedError` that ODK Central would return.

    `files` are on disk already; `contents` are files of an anonymous answer, which are stored with it.
    """
    target = _target(connection, envelope, sender)
    if target.anonymous:
        if files:
            raise RefusedError(409, JUST_NOW)
        return _receive_anonymous(connection, target, envelope, contents, sender, complete=complete, now=now)
    arrival = _Arrival(target, envelope, sender, now, complete)
    if target.erased:
        raise RefusedError(409, ERASED)
    there = _find(connection, arrival.target.form, envelope.instance_id)
    if envelope.deprecated_id is not None:
        number, is_new = _edit(connection, arrival, envelope.deprecated_id, there)
    elif there is not None:
        number, is_new = _existing_number(there, arrival, envelope.instance_id), False
    else:
        number, is_new = _insert(connection, arrival), True
    owned = None if is_new else read_ownership(connection, number)
    if files:
        _attach(connection, number, files, arrival, owned)
    if owned is not None and complete and may_complete(owned, sender):
        connection.execute("UPDATE submissions SET complete = 1 WHERE number = ?", (number,))
    with making_sense("form_versions"):
        declared = EntityDeclaration.all_from_text(arrival.target.entities)
    return Received(number, is_new, declared, arrival.now)


def _receive_anonymous(
    connection: sqlite3.Connection,
    target: _Target,
    envelope: Envelope,
    contents: Mapping[str, bytes],
    sender: Sender,
    *,
    complete: bool,
    now: float,
) -> Received:
    is_new = receive_anonymous(connection, envelope, contents, AnonymousArrival(target.form, target.form_version, complete, now))
    if is_new:
        _use_link(connection, sender)
    return Received(0, is_new, (), now - now % 86400)


def _target(connection: sqlite3.Connection, envelope: Envelope, sender: Sender) -> _Target:
    told = (envelope.version, instance_hash(envelope.instance_id), envelope.form_id)
    row = connection.execute(_TARGET, told).fetchone()
    if row is None:
        raise RefusedError(404, NO_FORM.filled(form=envelope.form_id))
    form, state, anonymous, version, entities, erased = row
    if version is None:
        raise RefusedError(404, NO_VERSION.filled(version=envelope.version))
    if state == "closed":
        raise RefusedError(409, CLOSED)
    if sender.forms is not None and envelope.form_id not in sender.forms:
        raise RefusedError(401, NOT_ALLOWED)
    return _Target(form, version, bool(anonymous), entities, bool(erased))


def _find(connection: sqlite3.Connection, form: int, instance_id: str) -> _Kept | None:
    row = connection.execute(
        "SELECT number, root, current, xml FROM submissions WHERE form = ? AND instance_id = ?", (form, instance_id)
    ).fetchone()
    return _Kept(*row) if row else None


def _existing_number(there: _Kept, arrival: _Arrival, asked: str) -> int:
    if not there.current:
        raise RefusedError(409, OUT_OF_DATE.filled(instance=asked))
    if there.xml != arrival.envelope.xml:
        raise RefusedError(409, OTHER_XML)
    return there.number


def _edit(connection: sqlite3.Connection, arrival: _Arrival, edited_id: str, there: _Kept | None) -> tuple[int, bool]:
    edited = _find(connection, arrival.target.form, edited_id)
    if edited is None:
        raise RefusedError(404, NOT_FOUND.filled(instance=edited_id))
    if there is not None and there.current and there.xml == arrival.envelope.xml:
        return there.number, False
    check_edit(read_ownership(connection, edited.number), arrival.sender, arrival.now)
    if not edited.current:
        if there is None:
            raise RefusedError(409, OUT_OF_DATE.filled(instance=edited_id))
        return _existing_number(there, arrival, edited_id), False
    if there is not None:
        raise RefusedError(409, ID_TAKEN.filled(instance=arrival.envelope.instance_id))
    connection.execute("UPDATE submissions SET current = 0 WHERE number = ?", (edited.number,))
    new = _insert(connection, arrival, edited.root or edited.number)
    _carry_forward(connection, edited.number, new, arrival.envelope)
    return new, True


def _insert(connection: sqlite3.Connection, arrival: _Arrival, root: int | None = None) -> int:
    if root is None:  # an edit does not count as another use
        _use_link(connection, arrival.sender)
    target, envelope, sender = arrival.target, arrival.envelope, arrival.sender
    row = (
        target.form,
        target.form_version,
        envelope.instance_id,
        root,
        envelope.xml,
        arrival.now,
        sender.collector,
        sender.device,
        sender.is_link,
        author_mark(sender.author, envelope.instance_id),
        envelope.name,
        arrival.complete,
    )
    number = connection.execute(
        "INSERT INTO submissions (form, form_version, instance_id, root, xml, received, collector, device, by_link, author,"
        " instance_name, complete) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row,
    ).lastrowid
    assert number is not None
    return number


def _use_link(connection: sqlite3.Connection, sender: Sender) -> None:
    if sender.token is None:
        return
    spent = connection.execute("UPDATE tokens SET uses = uses - 1 WHERE sha256 = ? AND uses > 0", (sender.token,)).rowcount
    limited = connection.execute("SELECT uses IS NOT NULL FROM tokens WHERE sha256 = ?", (sender.token,)).fetchone()
    if limited is not None and limited[0] and not spent:
        raise RefusedError(403, USED_UP)


def _carry_forward(connection: sqlite3.Connection, old: int, new: int, envelope: Envelope) -> None:
    query = "SELECT name, sha256, received FROM submission_files WHERE submission = ?"
    files = connection.execute(query, (old,)).fetchall()
    named = _texts(envelope) if files else ()
    for name, sha256, received in files:
        if name in named:
            connection.execute("INSERT INTO submission_files VALUES (?, ?, ?, ?)", (new, name, sha256, received))


def _attach(
    connection: sqlite3.Connection, number: int, files: Mapping[str, StoredFile], arrival: _Arrival, owned: Ownership | None
) -> None:
    """Store the files of a submission; for an existing one (`owned`), only those its sender may still add."""
    query = "SELECT name, sha256 FROM submission_files WHERE submission = ?"
    there: dict[str, str] = dict(connection.execute(query, (number,)).fetchall())
    brought = {name: file for name, file in files.items() if there.get(name) != file.sha256}
    replaced = brought.keys() & there.keys()
    if owned is not None:
        named = _texts(arrival.envelope) if brought and arrival.sender.is_link else ()
        added = brought.keys() - replaced
        check_files(owned, arrival.sender, arrival.now, added=added, replaced=replaced, named=named)
    for name in replaced:
        connection.execute(
            "INSERT INTO replaced_files SELECT submission, name, sha256, received, ? FROM submission_files"
            " WHERE submission = ? AND name = ?",
            (arrival.now, number, name),
        )
    for name, file in brought.items():
        keep_file(connection, file)
        row = (number, name, file.sha256, arrival.now)
        connection.execute("INSERT OR REPLACE INTO submission_files VALUES (?, ?, ?, ?)", row)


def _texts(envelope: Envelope) -> set[str]:
    return {str(text).strip() for text in envelope.root.itertext()}
