"""The one thread that writes: jobs that come in together are committed together, and answered only when they are on disk."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from liuwen.errors import StoreError
from liuwen.messages import Sentence
from liuwen.store.lock import WriteLock
from liuwen.store.schema import migrate

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], T]

BATCH = 128
"""The most jobs that share a commit."""


DAMAGED = Sentence(
    zh="库“{store}”的数据库坏了（{detail}）。请复制一份留底，再用最近的备份。",
    en='The database of the store "{store}" is damaged ({detail}). Keep a copy of it, and go on with the last backup.',
)

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


@contextmanager
def telling_damage(folder: Path) -> Iterator[None]:
    """Raises `StoreError` where SQLite finds its file damaged."""
    try:
        yield
    except sqlite3.DatabaseError as broken:
        if getattr(broken, "sqlite_errorcode", 0) & 0xFF not in _DAMAGE:
            raise
        raise StoreError(DAMAGED.filled(store=folder.name, detail=broken)) from broken


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that only reads; also of a store on a read-only medium, which nobody can be writing."""
    connection = connect(path)
    if not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists():
        connection.close()
        connection = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA query_only = ON")
    return connection


def connect(path: Path) -> sqlite3.Connection:
    """A connection as every one of ours is: transactions by hand, foreign keys held, patient with a busy neighbour."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


class Writer:
    """Runs jobs one after another on the only writing connection; a batch of waiting jobs shares one commit.

    A job that raises is undone alone. `submit` gives a future that is done once the job's commit is on disk, so
    whatever was answered from it survives a power cut.
    """

    def __init__(self, folder: Path) -> None:
        with ExitStack() as undone:
            self._lock = WriteLock(folder)
            self._lock.acquire()
            undone.callback(self._lock.release)
            self._connection = undone.enter_context(closing(connect(folder / "store.sqlite")))
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA fullfsync = ON")
            migrate(self._connection, folder)
            undone.pop_all()
        self._jobs: SimpleQueue[tuple[Job[Any], Future[Any]] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="liuwen-writer", daemon=True)
        self._thread.start()

    def submit(self, job: Job[T]) -> Future[T]:
        """Have `job` run; its result, or what it raised, comes when it is on disk."""
        future: Future[T] = Future()
        self._jobs.put((job, future))
        return future

    def close(self) -> None:
        """Finish what waits, then give the store back."""
        self._jobs.put(None)
        self._thread.join()
        self._connection.close()
        self._lock.release()

    def _run(self) -> None:
        open_ = True
        while open_:
            batch, open_ = self._next_batch()
            if batch:
                self._commit(batch)

    def _next_batch(self) -> tuple[list[tuple[Job[Any], Future[Any]]], bool]:
        batch: list[tuple[Job[Any], Future[Any]]] = []
        while len(batch) < BATCH:
            if batch and self._jobs.empty():
                break
            item = self._jobs.get()
            if item is None:
                return batch, False
            if item[1].set_running_or_notify_cancel():
                batch.append(item)
        return batch, True

    def _commit(self, batch: list[tuple[Job[Any], Future[Any]]]) -> None:
        done: list[tuple[Future[Any], Any, BaseException | None]] = []
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for job, future in batch:
                done.append((future, *self._attempt(job)))
            self._connection.execute("COMMIT")
        except sqlite3.Error as broken:
            with suppress(sqlite3.Error):  # a full disk may have rolled back already
                self._connection.execute("ROLLBACK")
            done = [(future, None, broken) for _, future in batch]
        for future, result, fault in done:
            if fault is None:
                future.set_result(result)
            else:
                future.set_exception(fault)

    def _attempt(self, job: Job[Any]) -> tuple[Any, BaseException | None]:
        self._connection.execute("SAVEPOINT job")
        try:
            result, fault = job(self._connection), None
        except Exception as raised:  # handed to whoever asked for the job
            if not self._connection.in_transaction:  # a full disk undoes the whole batch
                raise sqlite3.OperationalError(str(raised)) from raised
            self._connection.execute("ROLLBACK TO job")
            result, fault = None, raised
        self._connection.execute("RELEASE job")
        return result, fault
