"""Entity lists: as CSV for phones, and as tables to read and edit at the office."""

import csv
import io
import sqlite3
import uuid as uuids
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from liuwen.errors import StoreError
from liuwen.messages import Sentence
from liuwen.openrosa.declaration import check_list_name, check_property_name
from liuwen.store.damage import kept_object, making_sense
from liuwen.store.entities import records
from liuwen.store.entities.faults import BadFieldError, EntityError, NoSuchEntityError
from liuwen.store.entities.proposal import normal_uuid
from liuwen.store.entities.views import WHOLE, ListView
from liuwen.store.forms import declare_list

if TYPE_CHECKING:
    import pandas as pd

NO_LIST = Sentence(zh="库里没有实体列表“{list}”。", en='The store has no entity list "{list}".')
NO_PROPERTY = Sentence(
    zh="实体列表“{list}”没有属性“{name}”。",
    en='The entity list "{list}" has no property "{name}".',
)
MOVED_ON = Sentence(
    zh="实体 {uuid} 现在是第 {current} 版，而不是第 {given} 版；请看过再改，或用 base_version=None 直接覆盖。",
    en="The entity {uuid} is now at version {current}, not {given}; look at it again, or pass base_version=None to overwrite.",
)
NO_CONFLICT = Sentence(zh="实体 {uuid} 没有冲突。", en="The entity {uuid} has no conflict.")


def list_number(connection: sqlite3.Connection, name: str) -> int:
    """The number of a list; raises `StoreError`."""
    row = connection.execute("SELECT number FROM entity_lists WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise StoreError(NO_LIST.filled(list=name))
    return int(row[0])


def list_edition(connection: sqlite3.Connection, name: str) -> int:
    """A number that changes with every change of a list and is never reused, not even after restoring a backup."""
    return int(connection.execute("SELECT edition FROM entity_lists WHERE name = ?", (name,)).fetchone()[0])


def properties(connection: sqlite3.Connection, number: int) -> tuple[str, ...]:
    """The properties of a list, in order of declaration."""
    rows = connection.execute("SELECT name FROM entity_properties WHERE list = ? ORDER BY rowid", (number,))
    return tuple(name for (name,) in rows)


def csv_chunks(connection: sqlite3.Connection, name: str, view: ListView = WHOLE, rows: int = 2000) -> Iterator[bytes]:
    """The list as phones read it (`name,label,__version,…`), in chunks of `rows` lines, with values as received."""
    number = list_number(connection, name)
    columns = properties(connection, number)
    text = io.StringIO()
    writer = csv.writer(text)  # line ends follow RFC 4180; otherwise a carriage return in a label would not be quoted
    writer.writerow(["name", "label", "__version", *columns])
    cursor = connection.execute(
        "SELECT uuid, label, version, data FROM entities WHERE list = ? AND deleted IS NULL ORDER BY number DESC", (number,)
    )
    while batch := cursor.fetchmany(rows):
        for uuid, label, version, data in batch:
            values = kept_object(data, "entities")
            if not view.shows(values):
                continue
            writer.writerow([uuid, label, version, *(values.get(column, "") for column in columns)])
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
    if text.tell():
        yield text.getvalue().encode()


def states(connection: sqlite3.Connection, name: str, ids: Iterable[str], view: ListView = WHOLE) -> list[tuple[str, bool]]:
    """The known entities among those asked about: their IDs, and whether each was deleted or is not visible in the view."""
    found: list[tuple[str, bool]] = []
    for uuid in dict.fromkeys(ids):
        row = connection.execute(
            "SELECT uuid, deleted IS NOT NULL, data FROM entities WHERE list = (SELECT number FROM entity_lists WHERE name = ?)"
            " AND uuid = ?",
            (name, uuid.lower()),
        ).fetchone()
        if row:
            found.append((row[0], bool(row[1]) or not view.shows(kept_object(row[2], "entities"))))
    return found


def read_list(connection: sqlite3.Connection, name: str) -> "pd.DataFrame":
    """One row per entity: index `name` (its ID), `label`, one column per property, `version`, `conflict`, `created`, `updated`
    (UTC).
    """
    import pandas as pd

    number = list_number(connection, name)
    columns = properties(connection, number)
    cursor = connection.execute(
        "SELECT uuid, label, data, version, conflict, created, updated FROM entities WHERE list = ? AND deleted IS NULL"
        " ORDER BY number",
        (number,),
    )
    rows = [(uuid, label, *(data.get(c) for c in columns), *rest) for uuid, label, data, *rest in _parsed(cursor)]
    frame = pd.DataFrame(rows, columns=["name", "label", *columns, "version", "conflict", "created", "updated"])
    with making_sense("entities"):
        for moment in ("created", "updated"):
            frame[moment] = pd.to_datetime(frame[moment], unit="s", utc=True)
    return frame.set_index("name")


def _parsed(rows: Iterable[tuple[str, str, str, int, str | None, float, float | None]]) -> Iterator[tuple]:  # type: ignore[type-arg]
    for uuid, label, data, *rest in rows:
        yield (uuid, label, kept_object(data, "entities"), *rest)


def create_list(connection: sqlite3.Connection, name: str, names: Iterable[str]) -> None:
    """Create a list, or add properties to it."""
    check_list_name(name)
    number = declare_list(connection, name)
    for property_name in names:
        check_property_name(property_name)
        connection.execute("INSERT OR IGNORE INTO entity_properties (list, name) VALUES (?, ?)", (number, property_name))
    records.touch(connection, number)


def create_entities(connection: sqlite3.Connection, name: str, rows: Iterable[Mapping[str, str]], now: float) -> list[str]:
    """Create entities: rows with `label`, properties, and optionally their ID as `name`; returns the IDs."""
    number = list_number(connection, name)
    known = set(properties(connection, number))
    made: list[str] = []
    for row in rows:
        data = {column: str(value) for column, value in row.items() if column not in {"name", "label"}}
        _check_properties(name, known, data)
        label = str(row.get("label", ""))
        if not label.strip():
            raise BadFieldError("label")
        uuid = normal_uuid(str(row["name"]), "uuid") if row.get("name") else str(uuids.uuid4())
        records.create(connection, number, uuid, records.EntityChange(label, data, {**data, "label": label}), now)
        made.append(uuid)
    return made


def update_entity(
    connection: sqlite3.Connection,
    name: str,
    uuid: str,
    change: Mapping[str, str],
    *,
    base_version: int | None,
    now: float,
) -> None:
    """Change properties or the `label` of an entity; if `base_version` is given, only if it is still the current version."""
    number = list_number(connection, name)
    there = records.find(connection, number, uuid)
    if there is None:
        raise NoSuchEntityError(name, uuid)
    if base_version is not None and base_version != there.version:
        raise EntityError(MOVED_ON.filled(uuid=uuid, current=there.version, given=base_version))
    change = {column: str(value) for column, value in change.items()}
    data = {column: value for column, value in change.items() if column != "label"}
    _check_properties(name, set(properties(connection, number)), data)
    next_one = records.EntityChange(
        change.get("label") or there.label, {**there.data, **data}, dict(change), base_version=there.version
    )
    records.update(connection, there, next_one, there.conflict, now)


def delete_entity(connection: sqlite3.Connection, name: str, uuid: str, now: float) -> None:
    """Delete an entity; phones learn of it, its history is kept."""
    number = list_number(connection, name)
    query = "UPDATE entities SET deleted = ? WHERE list = ? AND uuid = ? AND deleted IS NULL"
    if not connection.execute(query, (now, number, uuid)).rowcount:
        raise NoSuchEntityError(name, uuid)
    records.touch(connection, number)


def resolve_conflict(connection: sqlite3.Connection, name: str, uuid: str) -> None:
    """Mark the conflict of an entity as resolved in its current version."""
    number = list_number(connection, name)
    there = records.find(connection, number, uuid)
    if there is None:
        raise NoSuchEntityError(name, uuid)
    if there.conflict is None:
        raise EntityError(NO_CONFLICT.filled(uuid=uuid))
    connection.execute("UPDATE entities SET conflict = NULL, resolved = version WHERE number = ?", (there.number,))


def read_faults(connection: sqlite3.Connection) -> "pd.DataFrame":
    """Submissions whose entities could not be processed: `form_id`, `instance_id`, `zh`, `en`, `found` (UTC)."""
    import pandas as pd

    rows = connection.execute(
        "SELECT form_id, instance_id, fault, found FROM entity_faults JOIN submissions ON submissions.number = submission"
        " JOIN forms ON forms.number = form ORDER BY entity_faults.rowid"
    )
    table = [(form, instance, *fault.split("\n", 1), datetime.fromtimestamp(found, UTC)) for form, instance, fault, found in rows]
    return pd.DataFrame(table, columns=["form_id", "instance_id", "zh", "en", "found"])


def _check_properties(name: str, known: set[str], data: Mapping[str, str]) -> None:
    for column in data:
        if column not in known:
            raise StoreError(NO_PROPERTY.filled(list=name, name=column))
