"""The CSV of each entity list, written once for each state of the list and served from disk."""

import asyncio
import hashlib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from liuwen.collect.entities.lists import csv_chunks, list_edition, list_number

if TYPE_CHECKING:
    from liuwen.collect.store import Store


class ListFiles:
    """Gives entity lists as files; a list that has not changed is not written again."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._folder = store.folder / "cache"
        self._folder.mkdir(exist_ok=True)
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        with store.reading() as connection:
            self._identity: str = connection.execute("SELECT uuid FROM identity").fetchone()[0]

    def hash_of(self, name: str) -> str:
        """What changes whenever the list does; it is not the MD5 of the CSV, and phones do not need it to be."""
        with self._store.reading() as connection:
            return self._hash(name, list_edition(connection, name))

    async def path_of(self, name: str) -> tuple[Path, str]:
        """The list's CSV as it is now, and its hash."""
        async with self._locks[name]:
            return await asyncio.to_thread(self._written, name)

    def _written(self, name: str) -> tuple[Path, str]:
        with self._store.reading() as connection:
            connection.execute("BEGIN")
            try:
                number, edition = list_number(connection, name), list_edition(connection, name)
                path = self._folder / f"list-{number}-{edition}.csv"
                if not path.exists():
                    half = path.with_suffix(".part")
                    with half.open("wb") as stream:
                        stream.writelines(csv_chunks(connection, name))
                    self._forget_older(number)
                    half.rename(path)
            finally:
                connection.execute("COMMIT")
        return path, self._hash(name, edition)

    def _forget_older(self, number: int) -> None:
        for older in self._folder.glob(f"list-{number}-*.csv"):
            older.unlink(missing_ok=True)

    def _hash(self, name: str, edition: int) -> str:
        return hashlib.md5(f"{self._identity}/{name}/{edition}".encode(), usedforsecurity=False).hexdigest()
