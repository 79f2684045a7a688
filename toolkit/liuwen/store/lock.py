"""A file lock that allows one process to write a store, and names that process to others."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from liuwen.errors import StoreError
from liuwen.messages import Sentence

BUSY = Sentence(
    zh="库“{store}”正由另一个程序（进程 {holder}）写入；请先关闭它，或改用另一个库。",
    en='Another program (process {holder}) is writing to the store "{store}"; close it first, or use another store.',
)


class WriteLock:
    """The write lock of a store, held by at most one opened store; the system releases it when a process dies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._handle: int | None = None

    def acquire(self) -> None:
        """Acquire the lock; raises `StoreError` naming the process that holds it."""
        handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle)
        except OSError as held:
            holder = os.pread(handle, 32, 1).decode("ascii", "replace").strip() if sys.platform != "win32" else "?"
            os.close(handle)
            raise StoreError(BUSY.filled(store=self.folder.name, holder=holder or "?")) from held
        os.truncate(handle, 1)
        os.lseek(handle, 1, os.SEEK_SET)
        os.write(handle, str(os.getpid()).encode())
        self._handle = handle
        keep_private(self.folder)

    def release(self) -> None:
        """Release the lock."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def keep_private(folder: Path) -> None:
    """Keep other accounts of the computer out, also of a folder that existed before; USB sticks have no permissions."""
    with suppress(OSError):
        folder.chmod(0o700)
        for file in folder.iterdir():
            file.chmod(0o700 if file.is_dir() else 0o600)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder for a block."""
    lock = WriteLock(folder)
    lock.acquire()
    try:
        yield
    finally:
        lock.release()


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
