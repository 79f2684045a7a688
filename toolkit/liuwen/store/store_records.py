"""Keeps records of what was shown of a form's answers in the store, so that they are backed up with the answers."""

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from liuwen.store.audit import Act

if TYPE_CHECKING:
    from liuwen.store.keeping import Keeping

_ACTS = {"releases": "figures released", "sections_shown": "sections shown"}


@dataclass(frozen=True)
class StoreRecords:
    """What remembers the releases of a store's answers, or the rows shown of sections that are kept apart."""

    keeping: "Keeping"
    table: Literal["releases", "sections_shown"] = "releases"

    def read(self, form_id: str) -> str:
        """The record of a form; "" if there is none."""
        with self.keeping.reading() as connection:
            return self._read(connection, form_id)

    def write(self, form_id: str, before: str, now: str) -> str:
        """Keep `now` if the record is still `before`; the record that is kept."""

        def keep(connection: sqlite3.Connection) -> str:
            kept = self._read(connection, form_id)
            if kept != before:
                return kept
            query = f"INSERT OR REPLACE INTO {self.table} (form_id, content, moment) VALUES (?, ?, ?)"
            connection.execute(query, (form_id, now, self.keeping.clock()))
            return now

        return self.keeping.administer(keep, Act(_ACTS[self.table], form_id))

    def _read(self, connection: sqlite3.Connection, form_id: str) -> str:
        row = connection.execute(f"SELECT content FROM {self.table} WHERE form_id = ?", (form_id,)).fetchone()
        return str(row[0]) if row else ""
