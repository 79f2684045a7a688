"""Files by the hash of what they hold: written once, whole, and on disk before anything points at them."""

import hashlib
import os
import secrets
import sys
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MEMORY = 256 * 1024
"""A file up to this size is received in memory; a larger one goes to disk as it comes."""
MEMORY_IN_ALL = 32 * 1024 * 1024
"""The bytes of all files that are in memory at a time; where there is no room, smaller ones go to disk too."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is on disk: its hashes (hex) and its size in bytes."""

    sha256: str
    md5: str
    size: int


class MemoryRoom:
    """How many bytes may still be held in memory, by all threads together."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._counting = threading.Lock()

    def take(self, size: int) -> bool:
        """Take so many, if there are."""
        with self._counting:
            has_room = size <= self._left
            self._left -= size if has_room else 0
            return has_room

    def give_back(self, size: int) -> None:
        """Hold so many no longer."""
        with self._counting:
            self._left += size


class Incoming:
    """A file on its way in, hashed as it comes; `close` it when all has come, then `keep` it or `discard` it."""

    def __init__(self, files: "Files") -> None:
        self._files = files
        self._sha256 = hashlib.sha256()
        self._md5 = hashlib.md5(usedforsecurity=False)
        self._memory = bytearray()
        self._path: Path | None = None
        self._stream: BinaryIO | None = None
        self.size = 0

    def write(self, chunk: bytes | bytearray | memoryview) -> None:
        """Take the next bytes."""
        self._sha256.update(chunk)
        self._md5.update(chunk)
        self.size += len(chunk)
        if self._path is None and (self.size > MEMORY or not self._files.memory.take(len(chunk))):
            self._spill()
        if self._stream is None:
            self._memory += chunk
        else:
            self._stream.write(chunk)

    def close(self) -> None:
        """All has come; a file on disk is closed, so that hundreds may wait to be kept."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def content(self) -> bytes:
        """What has come."""
        return bytes(self._memory) if self._path is None else self._path.read_bytes()

    def keep(self) -> StoredFile:
        """Put it in its place, on disk for good; the same content is kept once."""
        stored = StoredFile(self._sha256.hexdigest(), self._md5.hexdigest(), self.size)
        place = self._files.path(stored.sha256)
        self._files.need(stored)
        try:
            self._put(place)
        except OSError:
            self._files.need_no_longer(stored)
            raise
        return stored

    def _put(self, place: Path) -> None:
        if place.exists() and place.stat().st_size == self.size:
            self.discard()
        else:
            self._settle(place)
        _sync_folder(place.parent)

    def discard(self) -> None:
        """Forget it."""
        if self._stream is not None:
            with suppress(OSError):  # a full disk: what is still buffered is not wanted any more
                self._stream.close()
        if self._path is not None:
            self._path.unlink(missing_ok=True)
        self._forget_memory()

    def _spill(self) -> None:
        self._path = self._files.incoming / secrets.token_hex(16)
        self._stream = self._path.open("xb")
        self._stream.write(self._memory)
        self._forget_memory()

    def _forget_memory(self) -> None:
        self._files.memory.give_back(len(self._memory))
        self._memory = bytearray()

    def _settle(self, place: Path) -> None:
        if self._path is None:
            self._spill()
        assert self._path is not None
        try:
            self.close()
            with self._path.open("rb+") as stream:
                os.fsync(stream.fileno())
            if not place.parent.exists():
                place.parent.mkdir(exist_ok=True)
                _sync_folder(place.parent.parent)
            self._path.replace(place)
        except OSError:
            self.discard()
            raise


class Files:
    """The files of a store: `attachments/ab/abcd…` by SHA-256, and `incoming/` for those not yet whole."""

    def __init__(self, folder: Path) -> None:
        self.kept = folder / "attachments"
        self.incoming = folder / "incoming"
        self.memory = MemoryRoom(MEMORY_IN_ALL)
        self._needed: Counter[str] = Counter()
        self._counting = threading.Lock()

    def prepare(self) -> None:
        """Make the folders, and clear away what a crash left half received."""
        self.kept.mkdir(exist_ok=True)
        self.incoming.mkdir(exist_ok=True)
        for left in self.incoming.iterdir():
            left.unlink(missing_ok=True)

    def path(self, sha256: str) -> Path:
        """Where the file with this hash is."""
        return self.kept / sha256[:2] / sha256

    def add(self, content: bytes) -> StoredFile:
        """Keep `content`."""
        incoming = Incoming(self)
        incoming.write(content)
        return incoming.keep()

    def need(self, file: StoredFile) -> None:
        """Keep a file from being forgotten while a submission that brings it is on its way into the database."""
        with self._counting:
            self._needed[file.sha256] += 1

    def need_no_longer(self, file: StoredFile) -> None:
        """It is in, or was refused."""
        with self._counting:
            self._needed[file.sha256] -= 1
            self._needed += Counter()

    def forget(self, sha256: str) -> None:
        """Take a file away that the database does not speak of, unless somebody else is bringing it just now."""
        with self._counting:
            if not self._needed[sha256]:
                self.path(sha256).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
