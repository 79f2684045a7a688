"""Writes the CSV file of each entity list once per edition of the list, to be served from disk."""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from liuwen.store.compressed import WORTH_IT, write_compressed
from liuwen.store.entities.lists import csv_chunks, list_edition, list_number
from liuwen.store.entities.views import WHOLE, ListView

if TYPE_CHECKING:
    from liuwen.store.keeping import Keeping


class ListFiles:
    """Provides entity lists as files; an unchanged list is not written again."""

    def __init__(self, keeping: "Keeping") -> None:
        self._keeping = keeping
        self._folder = keeping.folder / "cache"
        self._folder.mkdir(exist_ok=True)
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        with keeping.reading() as connection:
            self._identity: str = connection.execute("SELECT uuid FROM identity").fetchone()[0]

    def hash_of(self, name: str, view: ListView = WHOLE) -> str:
        """A hash that changes whenever the list does, and differs between views.

        It is not the MD5 of the CSV, which phones do not require.
        """
        with self._keeping.reading() as connection:
            return self._hash(name, list_edition(connection, name), view)

    async def open(self, name: str, view: ListView = WHOLE, *, compressed: bool = False) -> "OpenList":
        """Open the list's current CSV, or its gzip; the open file stays readable if the list changes."""
        async with self._locks[name]:
            return await asyncio.to_thread(self._opened, name, view, compressed=compressed)

    def _opened(self, name: str, view: ListView, *, compressed: bool) -> "OpenList":
        with self._keeping.reading() as connection:
            connection.execute("BEGIN")
            try:
                number, edition = list_number(connection, name), list_edition(connection, name)
                path = self._folder / f"list-{number}-{edition}{view.key and '-'}{view.key}.csv"
                if not path.exists():
                    self._write(path, csv_chunks(connection, name, view))
                    self._forget_older(number, edition)
            finally:
                connection.execute("COMMIT")
        served = self._compressed_path(path) if compressed else path
        return OpenList(served.open("rb"), served.stat().st_size, self._hash(name, edition, view), served != path)

    def _compressed_path(self, path: Path) -> Path:
        """The list as gzip, written once; uncompressed if it is too small or the disk is full."""
        packed = path.with_name(f"{path.name}.gz")
        if path.stat().st_size < WORTH_IT:
            return path
        with suppress(OSError):
            if not packed.exists():
                write_compressed(path, packed)
        return packed if packed.exists() else path

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
        newest = self._folder.glob(f"list-{number}-{edition}[-.]*")
        for older in set(self._folder.glob(f"list-{number}-*.csv*")) - set(newest):
            with suppress(PermissionError):  # Windows does not delete a file that is open
                older.unlink(missing_ok=True)

    def _hash(self, name: str, edition: int, view: ListView) -> str:
        return hashlib.md5(
            f"{self._identity}/{name}/{edition}/{view.key}".rstrip("/").encode(), usedforsecurity=False
        ).hexdigest()


@dataclass(frozen=True, slots=True)
class OpenList:
    """An open CSV file of a list: the size in bytes to be sent, the list's hash, and whether it is gzip."""

    stream: BinaryIO
    size: int
    md5: str
    is_gzip: bool

    async def pieces(self) -> AsyncIterator[bytes]:
        """Its content in pieces of one megabyte, because each piece requires a switch of threads."""
        with self.stream as stream:
            while piece := await asyncio.to_thread(stream.read, 1024 * 1024):
                yield piece
