"""Files addressed by content hash: written once, atomically, and synced to disk before the database refers to them."""

import hashlib
import os
import secrets
import sys
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MEMORY = 2 * 1024 * 1024
"""Files up to this size, such as photos, are received in memory; larger ones go directly to disk."""
MEMORY_IN_ALL = 32 * 1024 * 1024
"""Maximum size in bytes of all files in memory; beyond it, smaller files go to disk too."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on disk: its hashes (hex) and its size in bytes; only files that phones fetch need an MD5, others have ""."""

    sha256: str
    md5: str
    size: int


class MemoryRoom:
    """A budget of memory in bytes, shared by all threads."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._counting = threading.Lock()

    def take(self, size: int) -> bool:
        """Reserve memory, if available."""
        with self._counting:
            has_room = size <= self._left
            self._left -= size if has_room else 0
            return has_room

    def give_back(self, size: int) -> None:
        """Release memory."""
        with self._counting:
            self._left += size


class Incoming:
    """A file being received; `close` it when complete, then `keep` or `discard` it."""

    def __init__(self, files: "Files") -> None:
        self._files = files
        self._memory = bytearray()
        self._path: Path | None = None
        self._stream: BinaryIO | None = None
        self.size = 0

    def write(self, chunk: bytes | bytearray | memoryview) -> None:
        """Receive the next bytes."""
        self.size += len(chunk)
        if self._path is None and (self.size > MEMORY or not self._files.memory.take(len(chunk))):
            self._spill()
        if self._stream is None:
            self._memory += chunk
        else:
            self._stream.write(chunk)

    def close(self) -> None:
        """The file is complete; a file on disk is closed, so that hundreds may wait to be stored."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def content(self) -> bytes:
        """The received content."""
        return bytes(self._memory) if self._path is None else self._path.read_bytes()

    def keep(self, *, with_md5: bool = False) -> StoredFile:
        """Hash the file and store it permanently, which takes time; equal content is stored once.

        It gets its name before it is synced, so that one commit of the file system keeps both.
        """
        stored = StoredFile(*_hashes(self._pieces(), with_md5=with_md5), self.size)
        place = self._files.path(stored.sha256)
        self._files.protect(stored)
        is_new = not _holds(place, stored)
        try:
            self._move_into_place(place) if is_new else self.discard()
            _sync(place)
            sync_folder(place.parent)
        except OSError:
            self.discard()
            self._files.unprotect(stored)
            if is_new:
                self._files.forget(stored.sha256)
            raise
        return stored

    def _pieces(self) -> Iterator[bytes | bytearray]:
        return iter([self._memory]) if self._path is None else _read_in_pieces(self._path)

    def discard(self) -> None:
        """Discard the received content."""
        if self._stream is not None:
            with suppress(OSError):  # on a full disk: buffered content is not needed any more
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

    def _move_into_place(self, place: Path) -> None:
        if self._path is None:
            self._spill()
        assert self._path is not None
        self.close()
        if not place.parent.exists():
            self._files.make_folders()
        self._path.replace(place)


class Files:
    """The files of a store: `attachments/ab/abcd…` by SHA-256, and `incoming/` for incomplete ones."""

    def __init__(self, folder: Path) -> None:
        self.kept = folder / "attachments"
        self.incoming = folder / "incoming"
        self.memory = MemoryRoom(MEMORY_IN_ALL)
        self._needed: Counter[str] = Counter()
        self._counting = threading.Lock()

    def prepare(self) -> None:
        """Create the folders, and delete files left incomplete by a crash."""
        self.kept.mkdir(exist_ok=True)
        self.incoming.mkdir(exist_ok=True)
        for left in self.incoming.iterdir():
            left.unlink(missing_ok=True)

    def make_folders(self) -> None:
        """Create all folders of files at once: the first file waits for the disk, and none of the next 255."""
        for number in range(256):
            (self.kept / f"{number:02x}").mkdir(exist_ok=True)
        sync_folder(self.kept)

    def path(self, sha256: str) -> Path:
        """The path of the file with this hash."""
        return self.kept / sha256[:2] / sha256

    def add(self, content: bytes) -> StoredFile:
        """Store `content`, with the MD5 by which phones know it."""
        incoming = Incoming(self)
        incoming.write(content)
        return incoming.keep(with_md5=True)

    def protect(self, file: StoredFile) -> None:
        """Protect a file from deletion while the submission that contains it is being stored."""
        with self._counting:
            self._needed[file.sha256] += 1

    def unprotect(self, file: StoredFile) -> None:
        """End the protection: the submission was stored or refused."""
        with self._counting:
            self._needed[file.sha256] -= 1
            self._needed += Counter()

    def forget(self, sha256: str) -> None:
        """Delete a file that the database does not refer to, unless another upload is bringing it."""
        with self._counting:
            if not self._needed[sha256]:
                self.path(sha256).unlink(missing_ok=True)


def _read_in_pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(1024 * 1024):
            yield piece


def _hashes(pieces: Iterable[bytes | bytearray], *, with_md5: bool) -> tuple[str, str]:
    """The SHA-256, and the MD5 if it is wanted, which takes twice as long."""
    sha256, md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    for piece in pieces:
        sha256.update(piece)
        if with_md5:
            md5.update(piece)
    return sha256.hexdigest(), md5.hexdigest() if with_md5 else ""


def _holds(place: Path, file: StoredFile) -> bool:
    """Whether the file exists with this content; a power cut can leave a file with the right name and wrong bytes."""
    if not place.exists() or place.stat().st_size != file.size:
        return False
    with place.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256


def write_in_place(place: Path, half: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all; `half` is its name while it is written. Raises `OSError`."""
    try:
        with half.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        half.replace(place)
    except OSError:
        half.unlink(missing_ok=True)
        raise


def _sync(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
