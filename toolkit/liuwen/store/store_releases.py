"""Keeps the record of a form's releases in the store, so that it is backed up with the answers."""

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from liuwen.store.audit import Act

if TYPE_CHECKING:
    from liuwen.store.keeping import Keeping


@dataclass(frozen=True)
class StoreReleases:
    """What remembers the releases of a store's answers."""

    keeping: "Keeping"

    def read(self, form_id: str) -> str:
        """The record of a form's releases; "" if there is none."""
        with self.keeping.reading() as connection:
            return _read(connection, form_id)

    def write(self, form_id: str, before: str, now: str) -> str:
        """Keep `now` if the record is still `before`; the record that is kept."""

        def keep(connection: sqlite3.Connection) -> str:
            kept = _read(connection, form_id)
            if kept != before:
                return kept
            query = "INSERT OR REPLACE INTO releases (form_id, content, moment) VALUES (?, ?, ?)"
            connection.execute(query, (form_id, now, self.keeping.clock()))
            return now

        return self.keeping.administer(keep, Act("figures released", form_id))


def _read(connection: sqlite3.Connection, form_id: str) -> str:
    row = connection.execute("SELECT content FROM releases WHERE form_id = ?", (form_id,)).fetchone()
    return str(row[0]) if row else ""
