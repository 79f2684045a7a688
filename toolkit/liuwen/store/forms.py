"""The forms of a store with all their versions: publish, list, open and close."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from liuwen.errors import FormError, StoreError
from liuwen.messages import Sentence
from liuwen.openrosa.declaration import Declaration, EntityDeclaration
from liuwen.openrosa.names import is_plain
from liuwen.store.damage import content_of, making_sense
from liuwen.store.entities.records import touch
from liuwen.store.files import Files, StoredFile

SAME_VERSION = Sentence(
    zh="问卷“{form}”的版本“{version}”已经发布，而内容不同；请给新内容一个新的版本号。",
    en='Version "{version}" of the form "{form}" is already published with different content; change the version.',
)
MISSING_FILE = Sentence(
    zh="问卷“{form}”要用文件“{file}”，但没有附上，也没有同名的实体列表。",
    en='The form "{form}" needs the file "{file}", which is neither attached nor the name of an entity list.',
)
BAD_FILE_NAME = Sentence(
    zh="附件名不可用：{name!r}（不能含路径或控制字符）。",
    en="Invalid file name: {name!r} (no paths, no control characters).",
)
BAD_ID = Sentence(
    zh="表单编号或标题不可用：{name!r}（不能含控制字符，至多 500 字）。",
    en="Invalid form ID or title: {name!r} (no control characters, at most 500 characters).",
)
NOT_ANONYMOUS = Sentence(
    zh="问卷“{form}”要手机填上自己的 {what}，不能匿名发布；请先从问卷里去掉。",
    en='The form "{form}" asks the phone for its {what}, so it cannot be published as anonymous; remove that first.',
)
NO_FORM = Sentence(zh="库里没有问卷“{form}”。", en='The store has no form "{form}".')
NO_VERSION = Sentence(
    zh="问卷“{form}”没有版本“{version}”。",
    en='The form "{form}" has no version "{version}".',
)
BAD_STATE = Sentence(
    zh="问卷的状态只能是 open、closing 或 closed，不是 {state!r}。",
    en="The state of a form must be open, closing or closed, not {state!r}.",
)

State = Literal["open", "closing", "closed"]


@dataclass(frozen=True, slots=True)
class Medium:
    """An attached file of a form: stored by hash, or an entity list that is written as CSV on request."""

    name: str
    sha256: str | None
    md5: str | None
    entity_list: str | None


@dataclass(frozen=True, slots=True)
class PublishedForm:
    """One published version of a form.

    Attributes:
        number: The number in the store.
        form_id: The form ID.
        version: The version.
        title: The title.
        md5: The MD5 hash of the exact bytes of the XML.
        state: "open", "closing" or "closed".
        anonymous: Whether collector, device and time of day are not kept.
        current: Whether it is the current version.
        published: When it was published.
        encrypted: Whether answers are encrypted on the phone.
        media: The files that travel with it.
    """

    number: int
    form_id: str
    version: str
    title: str
    md5: str
    state: State
    anonymous: bool
    current: bool
    published: datetime
    encrypted: bool
    media: tuple[Medium, ...]


def check_file_name(name: str) -> str:
    """Return the name; raises `FormError` if it contains a path or control characters."""
    if not name or name in {".", ".."} or len(name) > 255 or not is_plain(name) or set(name) & set("/\\"):
        raise FormError(BAD_FILE_NAME.filled(name=name))
    return name


def publish(
    connection: sqlite3.Connection,
    declared: Declaration,
    xml: bytes,
    md5: str,
    *,
    media: Mapping[str, StoredFile],
    sheets: str | None,
    now: float,
) -> int:
    """Publish a version and return its number; publishing identical content again returns the existing version."""
    for text in (declared.form_id, declared.title, declared.version):
        if len(text) > 500 or not is_plain(text):
            raise FormError(BAD_ID.filled(name=text))
    form = _form_number(connection, declared)
    there = connection.execute(
        "SELECT number, md5 FROM form_versions WHERE form = ? AND version = ?", (form, declared.version)
    ).fetchone()
    if there is not None:
        if there[1] != md5 or not _has_files(connection, there[0], media):
            raise FormError(SAME_VERSION.filled(form=declared.form_id, version=declared.version))
        return int(there[0])
    entities = json.dumps([entity.to_data() for entity in declared.entities])
    row = (form, declared.version, declared.title, xml, md5, sheets, entities, now, declared.encrypted)
    number = connection.execute(
        "INSERT INTO form_versions (form, version, title, xml, md5, sheets, entities, published, encrypted)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row,
    ).lastrowid
    assert number is not None
    _declare_lists(connection, declared.entities)
    _attach(connection, number, declared, media)
    return number


def _form_number(connection: sqlite3.Connection, declared: Declaration) -> int:
    connection.execute("INSERT OR IGNORE INTO forms (form_id) VALUES (?)", (declared.form_id,))
    connection.execute("UPDATE forms SET anonymous = anonymous OR ? WHERE form_id = ?", (declared.anonymous, declared.form_id))
    row = connection.execute("SELECT number, anonymous FROM forms WHERE form_id = ?", (declared.form_id,)).fetchone()
    if row[1] and declared.identifying:
        raise FormError(NOT_ANONYMOUS.filled(form=declared.form_id, what=", ".join(declared.identifying)))
    return int(row[0])


def _has_files(connection: sqlite3.Connection, number: int, media: Mapping[str, StoredFile]) -> bool:
    kept = dict(connection.execute("SELECT name, sha256 FROM form_media WHERE form_version = ?", (number,)))
    return all(kept.get(name) == file.sha256 for name, file in media.items())


def _declare_lists(connection: sqlite3.Connection, entities: tuple[EntityDeclaration, ...]) -> None:
    for entity in entities:
        number = declare_list(connection, entity.list)
        rows = [(number, name) for name in entity.properties.values()]
        added = connection.executemany("INSERT OR IGNORE INTO entity_properties (list, name) VALUES (?, ?)", rows)
        if added.rowcount > 0:
            touch(connection, number)


def declare_list(connection: sqlite3.Connection, name: str) -> int:
    """The number of the entity list with this name, created if necessary."""
    connection.execute("INSERT OR IGNORE INTO entity_lists (name) VALUES (?)", (name,))
    return int(connection.execute("SELECT number FROM entity_lists WHERE name = ?", (name,)).fetchone()[0])


def _attach(connection: sqlite3.Connection, number: int, declared: Declaration, media: Mapping[str, StoredFile]) -> None:
    lists = dict(connection.execute("SELECT name || '.csv', number FROM entity_lists"))
    for name in dict.fromkeys([*declared.media, *media]):
        check_file_name(name)
        file = media.get(name)
        if file is not None:
            keep_file(connection, file)
        elif name not in lists:
            raise FormError(MISSING_FILE.filled(form=declared.form_id, file=name))
        row = (number, name, file.sha256 if file else None, None if file else lists[name])
        connection.execute("INSERT INTO form_media (form_version, name, sha256, entity_list) VALUES (?, ?, ?, ?)", row)


def keep_file(connection: sqlite3.Connection, file: StoredFile) -> None:
    """Register a file that is on disk; a photo that becomes a file of a form gets its MD5 then."""
    connection.execute(
        "INSERT INTO files (sha256, md5, size) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET md5 = excluded.md5 WHERE md5 = '' AND excluded.md5 <> ''",
        (file.sha256, file.md5, file.size),
    )


def forget_unkept(connection: sqlite3.Connection, files: Files, given: Iterable[StoredFile]) -> None:
    """Delete the files that the database does not refer to."""
    for file in given:
        if connection.execute("SELECT 1 FROM files WHERE sha256 = ?", (file.sha256,)).fetchone() is None:
            files.forget(file.sha256)


def set_state(connection: sqlite3.Connection, form_id: str, state: str) -> None:
    """Open a form, close it to downloads (`closing`), or to everything (`closed`)."""
    if state not in get_args(State):
        raise StoreError(BAD_STATE.filled(state=state))
    if not connection.execute("UPDATE forms SET state = ? WHERE form_id = ?", (state, form_id)).rowcount:
        raise StoreError(NO_FORM.filled(form=form_id))


def read_forms(connection: sqlite3.Connection) -> tuple[PublishedForm, ...]:
    """All versions of all forms, in order of publishing; the last version of each form is current."""
    media: dict[int, list[Medium]] = {}
    for version, *medium in connection.execute(
        "SELECT form_version, form_media.name, sha256, md5, entity_lists.name FROM form_media LEFT JOIN files USING (sha256)"
        " LEFT JOIN entity_lists ON entity_lists.number = entity_list ORDER BY form_media.rowid"
    ):
        media.setdefault(version, []).append(Medium(*medium))
    rows = connection.execute(
        "SELECT v.number, form_id, version, title, md5, state, anonymous, published, encrypted,"
        " v.number = (SELECT max(number) FROM form_versions WHERE form = v.form)"
        " FROM form_versions AS v JOIN forms ON forms.number = v.form ORDER BY v.number"
    )
    with making_sense("form_versions"):
        return tuple(
            PublishedForm(
                number, form_id, version, title, md5, state, bool(anonymous), bool(current),
                datetime.fromtimestamp(published, UTC), bool(encrypted), tuple(media.get(number, ())),
            )
            for number, form_id, version, title, md5, state, anonymous, published, encrypted, current in rows
        )  # fmt: skip


def read_xml_of(connection: sqlite3.Connection, number: int) -> bytes:
    """The exact bytes of a published version."""
    with making_sense("form_versions"):
        return content_of(connection.execute("SELECT xml FROM form_versions WHERE number = ?", (number,)).fetchone()[0])
