"""The writing thread: waiting jobs share one commit, and each is answered when its result is on disk."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from liuwen.store.anonymous.setting_apart import has_named_answers, set_apart
from liuwen.store.anonymous.slots import attach
from liuwen.store.connections import connect
from liuwen.store.files import Files
from liuwen.store.lock import WriteLock
from liuwen.store.schema import migrate
from liuwen.store.seals import keep_sealed

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], T]

BATCH = 128
"""Maximum number of jobs per commit."""


def _tidy(connection: sqlite3.Connection) -> None:
    """Runs outside a transaction; readers in the middle of a query keep the log until the next time."""
    connection.execute("VACUUM")
    _empty_log(connection)


def _empty_log(connection: sqlite3.Connection) -> None:
    """Empty the write-ahead log, which keeps earlier content of rows; readers in the middle of a query keep it until later."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


_ALONE: frozenset[Job[Any]] = frozenset({_tidy, _empty_log})
"""Jobs that run outside a transaction."""


def write_beside(folder: Path, job: Job[T]) -> T:
    """Run a job in a short transaction of its own, also while another process writes; what it removes is overwritten."""
    with closing(connect(folder / "store.sqlite")) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        keep_sealed(connection)
        connection.execute("BEGIN IMMEDIATE")
        try:
            done = job(connection)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
        connection.execute("PRAGMA busy_timeout = 2000")
        _empty_log(connection)
    return done


class Writer:
    """Runs jobs one after another on the only writing connection; waiting jobs share one commit.

    A job that raises is rolled back alone. `submit` returns a future that is done when the commit is on disk, so anything
    reported as stored survives a power cut.
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
            keep_sealed(self._connection)
            attach(self._connection, folder)
            if has_named_answers(self._connection):
                self._set_apart(Files(folder))
            undone.pop_all()
        self._jobs: SimpleQueue[tuple[Job[Any], Future[Any]] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="liuwen-writer", daemon=True)
        self._thread.start()

    def submit(self, job: Job[T]) -> Future[T]:
        """Queue `job`; the future returns its result, or raises its exception, when it is on disk."""
        future: Future[T] = Future()
        self._jobs.put((job, future))
        return future

    def tidy(self) -> None:
        """Rewrite the database without free pages and empty its log, so that removed content is gone from the file."""
        self.submit(_tidy).result()

    def empty_log(self) -> None:
        """Empty the database's log, so that removed content is gone from it too."""
        self.submit(_empty_log).result()

    def _set_apart(self, files: Files) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        gone = set_apart(self._connection, files)
        self._connection.execute("COMMIT")
        for sha256 in gone:
            files.forget(sha256)
        _tidy(self._connection)

    def close(self) -> None:
        """Finish the queue, then release the store."""
        self._jobs.put(None)
        self._thread.join()
        self._connection.close()
        self._lock.release()

    def _run(self) -> None:
        open_ = True
        while open_:
            batch, open_ = self._next_batch()
            jobs = [item for item in batch if item[0] not in _ALONE]
            if jobs:
                self._commit(jobs)
            for job, future in batch:
                if job in _ALONE:
                    self._run_alone(job, future)

    def _run_alone(self, job: Job[Any], future: Future[Any]) -> None:
        try:
            future.set_result(job(self._connection))
        except sqlite3.Error as broken:
            future.set_exception(broken)

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
        except Exception as raised:  # raised to the caller of the job
            if not self._connection.in_transaction:  # a full disk rolls back the whole batch
                raise sqlite3.OperationalError(str(raised)) from raised
            self._connection.execute("ROLLBACK TO job")
            result, fault = None, raised
        self._connection.execute("RELEASE job")
        return result, fault
