"""Replaces the content of a list that only the server writes, in one transaction; unchanged rows are not touched."""

import json
import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from liuwen.store.entities import lists, records


class _Existing(NamedTuple):
    number: int
    version: int
    label: str
    data: dict[str, str]
    deleted: bool


def replace_list(
    connection: sqlite3.Connection, name: str, columns: tuple[str, ...], rows: Mapping[str, Mapping[str, str]], now: float
) -> int:
    """Make the list contain exactly these rows (by entity ID, each with `label` and the columns); returns how many changed."""
    known = connection.execute("SELECT number FROM entity_lists WHERE name = ?", (name,)).fetchone()
    if known is None or set(columns) - set(lists.properties(connection, known[0])):
        lists.create_list(connection, name, columns)
    number = lists.list_number(connection, name)
    there = _existing(connection, number)
    changed = 0
    for uuid, row in rows.items():
        if not _is_same(there.get(uuid), row):
            _put(connection, number, uuid, there=there.get(uuid), row=row, now=now)
            changed += 1
    for uuid in [uuid for uuid, one in there.items() if uuid not in rows and not one.deleted]:
        lists.delete_entity(connection, name, uuid, now)
        changed += 1
    return changed


def _existing(connection: sqlite3.Connection, number: int) -> dict[str, _Existing]:
    query = "SELECT uuid, number, version, label, data, deleted IS NOT NULL FROM entities WHERE list = ?"
    found = connection.execute(query, (number,))
    return {
        uuid: _Existing(entity, version, label, json.loads(data), bool(gone))
        for uuid, entity, version, label, data, gone in found
    }


def _is_same(there: _Existing | None, row: Mapping[str, str]) -> bool:
    return there is not None and not there.deleted and {"label": there.label, **there.data} == row


def _put(
    connection: sqlite3.Connection, number: int, uuid: str, *, there: _Existing | None, row: Mapping[str, str], now: float
) -> None:
    label, data = row["label"], {column: value for column, value in row.items() if column != "label"}
    change = records.EntityChange(label, data, dict(row), base_version=there.version if there else None)
    if there is None:
        records.create(connection, number, uuid, change, now)
        return
    if there.deleted:
        connection.execute("UPDATE entities SET deleted = NULL WHERE number = ?", (there.number,))
    current = records.Current(there.number, number, uuid, there.version, there.label, there.data, None)
    records.update(connection, current, change, None, now)
