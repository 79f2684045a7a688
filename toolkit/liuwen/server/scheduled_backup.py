"""Backs a served store up at regular intervals, in a thread of its own."""

import threading
from collections.abc import Callable
from contextvars import copy_context
from pathlib import Path
from typing import TYPE_CHECKING, Self

from liuwen.errors import StoreError
from liuwen.store.audit import actor
from liuwen.store.backup_history import remember_backup

if TYPE_CHECKING:
    from liuwen.store import Backup, Store


class ScheduledBackup:
    """A backup now, one every so many hours, and one when the server stops.

    A backup that fails is reported and tried again at the next time; the server goes on.

    Args:
        store: The store.
        folder: The backup folder.
        every: Hours between two backups.
        key: A public key to encrypt to (PEM).
        on_made: Called with each backup.
        on_fault: Called with the reason why one was not made.
    """

    def __init__(
        self,
        store: "Store",
        folder: Path,
        *,
        every: float,
        key: bytes | None = None,
        on_made: "Callable[[Backup], object]",
        on_fault: Callable[[StoreError], object],
    ) -> None:
        self._store, self._folder, self._every, self._key = store, folder, every, key
        self._on_made, self._on_fault = on_made, on_fault
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=copy_context().run, args=(self._run,), name="liuwen-backup", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        self._back_up()
        while not self._stopping.wait(self._every * 3600):
            self._back_up()
        self._back_up()

    def _back_up(self) -> None:
        try:
            self._on_made(self._store.backup(self._folder, key=self._key))
        except StoreError as failed:
            self._on_fault(failed)
            remember_backup(self._store.folder, self._folder, actor(), fault=str(failed))
