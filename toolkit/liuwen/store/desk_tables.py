"""Tables kept at the office and never sent to phones: posts, leave, households in hardship, steps entered by hand."""

import csv
import io
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from liuwen.errors import StoreError
from liuwen.messages import Sentence
from liuwen.store.audit import Act

if TYPE_CHECKING:
    import pandas as pd

    from liuwen.store.keeping import Keeping

NO_TABLE = Sentence(
    zh="库里没有内部表“{name}”。请先用 store.desk_tables[“{name}”] = 表 存入。",
    en='The store has no desk table "{name}". Keep one first: store.desk_tables["{name}"] = frame.',
)
BAD_NAME = Sentence(
    zh="内部表的名称“{name}”不能用：请用字母、数字和下划线，以字母开头。",
    en='A desk table cannot be called "{name}": use letters, digits and underscores, beginning with a letter.',
)


class DeskTables:
    """The desk tables of a store by name; all versions are kept, so that the state known on a day can be read later.

    Args:
        keeping: What holds the store's database; `store.desk_tables` is made with it.

    >>> import pandas as pd, tempfile
    >>> from liuwen.store import Store
    >>> store = Store(tempfile.mkdtemp())
    >>> store.desk_tables["posts"] = pd.DataFrame({"person": ["Wang"], "rank": ["staff"]})
    >>> store.desk_tables["posts"].to_dict("records")
    [{'person': 'Wang', 'rank': 'staff'}]
    """

    def __init__(self, keeping: "Keeping") -> None:
        self._keeping = keeping

    def __getitem__(self, name: str) -> "pd.DataFrame":
        """The latest version of the table; every cell is text, "" if blank. Raises `StoreError` if there is no such table."""
        found = self.get(name)
        if found is None:
            raise StoreError(NO_TABLE.filled(name=name))
        return found

    def __setitem__(self, name: str, table: "pd.DataFrame") -> None:
        """Store a table under this name, keeping earlier versions, also while the store is served.

        Raises `StoreError` for an invalid name.
        """
        now = self._keeping.clock()
        self._keeping.administer(lambda c: keep_table(c, name, table, now), Act("table kept", name))

    def __iter__(self) -> Iterator[str]:
        return iter(self.names())

    def get(self, name: str) -> "pd.DataFrame | None":
        """The latest version of the table; None if there is none."""
        with self._keeping.reading() as connection:
            row = _last(connection, name)
        return None if row is None else _frame(row)

    def names(self) -> tuple[str, ...]:
        """The names of the tables, sorted."""
        with self._keeping.reading() as connection:
            return tuple(name for (name,) in connection.execute("SELECT DISTINCT name FROM desk_tables ORDER BY name"))

    def history(self, name: str) -> "list[tuple[datetime, pd.DataFrame]]":
        """All versions of a table with the time they were stored (UTC), oldest first."""
        with self._keeping.reading() as connection:
            rows = connection.execute("SELECT kept, content FROM desk_tables WHERE name = ? ORDER BY number", (name,)).fetchall()
        return [(datetime.fromtimestamp(kept, UTC), _frame(content)) for kept, content in rows]

    def last_number(self) -> int:
        """A number that grows with every table that is kept."""
        with self._keeping.reading() as connection:
            return int(connection.execute("SELECT COALESCE(MAX(number), 0) FROM desk_tables").fetchone()[0])

    def rows(self, name: str) -> "pd.DataFrame":
        """The rows of all versions in order, for a table that only grows; empty if there are none."""
        import pandas as pd

        with self._keeping.reading() as connection:
            kept = connection.execute("SELECT content FROM desk_tables WHERE name = ? ORDER BY number", (name,)).fetchall()
        return pd.DataFrame([row for (content,) in kept for row in csv.DictReader(io.StringIO(content))], dtype=object)


def keep_table(connection: sqlite3.Connection, name: str, table: "pd.DataFrame", now: float) -> None:
    """Add a version of a desk table; raises `StoreError` for an invalid name."""
    if not (name.isidentifier() and name.isascii()):
        raise StoreError(BAD_NAME.filled(name=name))
    query = "INSERT INTO desk_tables (name, kept, content) VALUES (?, ?, ?)"
    connection.execute(query, (name, now, table.to_csv(index=False)))


def _last(connection: sqlite3.Connection, name: str) -> str | None:
    query = "SELECT content FROM desk_tables WHERE name = ? ORDER BY number DESC LIMIT 1"
    row = connection.execute(query, (name,)).fetchone()
    return None if row is None else str(row[0])


def _frame(content: str) -> "pd.DataFrame":
    import pandas as pd

    return pd.read_csv(io.StringIO(content), dtype=str, keep_default_na=False) if content.strip() else pd.DataFrame()
