"""The CSV of each entity list, written once for each state of the list and served from disk."""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Iterator
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
                    self._write(path, csv_chunks(connection, name))
                    self._forget_older(number, edition)
            finally:
                connection.execute("COMMIT")
        return path, self._hash(name, edition)

    def _write(self, path: Path, chunks: Iterator[bytes]) -> None:
        half = path.with_suffix(".part")
        try:
            with half.open("wb") as stream:
                stream.writelines(chunks)
            half.rename(path)
        except OSError:
            half.unlink(missing_ok=True)
            raise

    def _forget_older(self, number: int, edition: int) -> None:
        """All but the last two: the one before may be on its way to a phone at this moment."""
        there = [path for path in self._folder.glob(f"list-{number}-*.csv") if _edition_of(path) < edition]
        for older in sorted(there, key=_edition_of)[:-1]:
            older.unlink(missing_ok=True)

    def _hash(self, name: str, edition: int) -> str:
        return hashlib.md5(f"{self._identity}/{name}/{edition}".encode(), usedforsecurity=False).hexdigest()


def _edition_of(path: Path) -> int:
    return int(path.stem.rpartition("-")[2])
