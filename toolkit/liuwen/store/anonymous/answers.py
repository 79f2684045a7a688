"""Receives anonymous answers, and reads them in random order.

An answer is identified by a token: a keyed hash of form ID and instance ID, with a secret of the store. The token recognises
an answer that a phone sends twice; the ID itself is not stored, except in encrypted answers, which could not be decrypted
without it.
"""

import hashlib
import hmac
import json
import sqlite3
import uuid
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from liuwen.messages import Sentence
from liuwen.openrosa.envelope import Envelope
from liuwen.openrosa.refused import RefusedError
from liuwen.responses.from_submissions.instance import identity
from liuwen.store.anonymous.cleaning import cleaned, kept_files, pointing_in
from liuwen.store.anonymous.slots import FILE, Slots, secret_of
from liuwen.store.connections import connect_to_read, snapshot
from liuwen.store.damage import making_sense, telling_damage
from liuwen.store.permissions import ANONYMOUS, NO_REPLACING, NOT_ASKED

OTHER_XML = Sentence(
    zh="已有同一编号、内容不同的匿名答卷（different XML）；补传附件时请原样重发 xml_submission_file。",
    en="Another anonymous answer with this ID is here, with different XML. To add files, send the same xml_submission_file.",
)


@dataclass(frozen=True, slots=True)
class AnonymousAnswer:
    """An anonymous answer as stored: the numbers of its form and version, and the day of arrival.

    `instance_id` is the token in the format of an instance ID, not the ID that the phone sent.
    """

    instance_id: str
    form: int
    form_version: int
    day: str
    complete: bool
    xml: bytes
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnonymousArrival:
    """The context of an anonymous answer: the numbers of form and version, whether it is complete, when it arrived."""

    form: int
    form_version: int
    complete: bool
    moment: float

    @property
    def day(self) -> str:
        """The day of arrival, in the time zone of this computer."""
        return datetime.fromtimestamp(self.moment).astimezone().date().isoformat()


def receive(connection: sqlite3.Connection, envelope: Envelope, files: Mapping[str, bytes], arrival: AnonymousArrival) -> bool:
    """Receive an anonymous answer, or further files for one; returns whether it is new. Raises `RefusedError` for an edit."""
    if envelope.deprecated_id is not None:
        raise RefusedError(403, ANONYMOUS)
    slots = Slots(connection)
    token = _token(secret_of(connection), arrival.form, envelope.instance_id)
    answer = _new_answer(connection, envelope, files, arrival, token)
    there = _answer(slots.get(token), token)
    if there is None:
        slots.put(token, _record(answer))
        return True
    if there.xml != answer.xml:
        raise RefusedError(409, OTHER_XML)
    _check_files(there, answer, files)
    added = replace(there, complete=there.complete or arrival.complete, files={**answer.files, **there.files})
    if added != there:
        slots.put(token, _record(added))
    return False


def _check_files(there: AnonymousAnswer, again: AnonymousAnswer, given: Mapping[str, bytes]) -> None:
    """Raise `RefusedError` (403) unless the files are expected and missing so far, or identical to those received."""
    for name, content in again.files.items():
        if there.files.get(name, None if there.complete else content) != content:
            raise RefusedError(403, NO_REPLACING.filled(name=name))
    if len(again.files) < len(given):
        raise RefusedError(403, NOT_ASKED.filled(name=", ".join(sorted(given))))


def keep(connection: sqlite3.Connection, envelope: Envelope, files: Mapping[str, bytes], arrival: AnonymousArrival) -> None:
    """Store a submission received before its form became anonymous; an existing answer is not changed."""
    slots = Slots(connection)
    token = _token(secret_of(connection), arrival.form, envelope.instance_id)
    if slots.get(token) is None:
        slots.put(token, _record(_new_answer(connection, envelope, files, arrival, token)))


def _new_answer(
    connection: sqlite3.Connection, envelope: Envelope, files: Mapping[str, bytes], arrival: AnonymousArrival, token: bytes
) -> AnonymousAnswer:
    """The record to store for a submission."""
    instance_id = f"uuid:{uuid.UUID(bytes=token)}"
    if identity(envelope.root).encrypted:
        xml, kept = envelope.xml, dict(files)
    else:
        (xform,) = connection.execute("SELECT xml FROM form_versions WHERE number = ?", (arrival.form_version,)).fetchone()
        xml, names = cleaned(envelope.root, instance_id, pointing_in(bytes(xform)))
        kept = kept_files(files, names)
    return AnonymousAnswer(instance_id, arrival.form, arrival.form_version, arrival.day, arrival.complete, xml, kept)


def read_answers(folder: Path, forms: Iterable[int] | None = None) -> list[AnonymousAnswer]:
    """The anonymous answers in a store's folder, for the given forms or all, in the order of their tokens."""
    if not (folder / FILE).exists():
        return []
    wanted = None if forms is None else frozenset(forms)
    with telling_damage(folder), closing(connect_to_read(folder / FILE)) as connection, snapshot(connection):
        found = [answer for _, answer in answers_in(connection)]
    return [answer for answer in found if wanted is None or answer.form in wanted]


def answers_in(connection: sqlite3.Connection) -> list[tuple[bytes, AnonymousAnswer]]:
    """All tokens and answers of a connection to the file itself; raises `AlteredError` if they are not what was stored."""
    return [(token, _answer_of(record, token)) for token, record in Slots(connection, "main").verified_items()]


def file_stamp(folder: Path) -> bytes:
    """A value that changes with every stored answer: the change counter in the file header; empty if there is no file."""
    path = folder / FILE
    if not path.exists():
        return b""
    with path.open("rb") as opened:
        return opened.read(100)[24:28]


def _token(secret: bytes, form: int, instance_id: str) -> bytes:
    made = hmac.digest(secret, f"{form}\0{instance_id}".encode(), hashlib.sha256)
    return uuid.UUID(bytes=made[:16], version=4).bytes


def _record(answer: AnonymousAnswer) -> bytes:
    told = {"form": answer.form, "form_version": answer.form_version, "day": answer.day, "complete": answer.complete}
    files = {name: b64encode(content).decode() for name, content in answer.files.items()}
    return zlib.compress(json.dumps({**told, "xml": b64encode(answer.xml).decode(), "files": files}).encode())


def _answer(record: bytes | None, token: bytes) -> AnonymousAnswer | None:
    return None if record is None else _answer_of(record, token)


def _answer_of(record: bytes, token: bytes) -> AnonymousAnswer:
    with making_sense(FILE):
        try:
            told = json.loads(zlib.decompress(record))
        except zlib.error as broken:
            raise ValueError(broken) from broken
        told["xml"] = b64decode(told["xml"])
        told["files"] = {name: b64decode(content) for name, content in told["files"].items()}
        return AnonymousAnswer(f"uuid:{uuid.UUID(bytes=token)}", **told)
