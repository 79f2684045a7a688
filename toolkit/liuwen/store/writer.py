"""The writing thread: waiting jobs share one commit, and each is answered when its result is on disk."""

import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from liuwen.store.anonymous.setting_apart import has_named_answers, set_apart
from liuwen.store.anonymous.slots import attach
from liuwen.store.connections import connect
from liuwen.store.erased_index import forget_in_index
from liuwen.store.files import Files
from liuwen.store.lock import WriteLock, keep_private
from liuwen.store.schema import migrate
from liuwen.store.seals import keep_sealed

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], T]

BATCH = 128
"""Jobs after which a commit takes no more."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: its result, or the exception that it raised."""

    result: Any
    fault: BaseException | None


@dataclass(frozen=True, slots=True)
class _Group:
    jobs: Sequence[Job[Any]]
    on_disk: Callable[[list[Outcome]], object]


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
    keep_private(folder)
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
                self._set_apart(folder)
            undone.pop_all()
        self._queue: SimpleQueue[_Group | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="liuwen-writer", daemon=True)
        self._thread.start()

    def submit(self, job: Job[T]) -> Future[T]:
        """Queue `job`; the future returns its result, or raises its exception, when it is on disk."""
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        self.submit_together([job], lambda outcomes: _tell(future, outcomes[0]))
        return future

    def submit_together(self, jobs: Sequence[Job[Any]], on_disk: Callable[[list[Outcome]], object]) -> None:
        """Queue jobs for one commit; `on_disk` is called with their outcomes, from the writing thread, when it is on disk."""
        self._queue.put(_Group(jobs, on_disk))

    def tidy(self) -> None:
        """Rewrite the database without free pages and empty its log, so that removed content is gone from the file."""
        self.submit(_tidy).result()

    def empty_log(self) -> None:
        """Empty the database's log, so that removed content is gone from it too."""
        self.submit(_empty_log).result()

    def _set_apart(self, folder: Path) -> None:
        files = Files(folder)
        self._connection.execute("BEGIN IMMEDIATE")
        gone = set_apart(self._connection, files)
        self._connection.execute("COMMIT")
        for sha256 in gone:
            files.forget(sha256)
        _tidy(self._connection)
        forget_in_index(folder)

    def close(self) -> None:
        """Finish the queue, then release the store."""
        self._queue.put(None)
        self._thread.join()
        self._connection.close()
        self._lock.release()

    def _run(self) -> None:
        open_ = True
        while open_:
            batch, open_ = self._next_batch()
            together = [group for group in batch if _ALONE.isdisjoint(group.jobs)]
            if together:
                self._commit(together)
            for group in batch:
                if not _ALONE.isdisjoint(group.jobs):
                    group.on_disk([self._run_alone(job) for job in group.jobs])

    def _run_alone(self, job: Job[Any]) -> Outcome:
        try:
            return Outcome(job(self._connection), None)
        except sqlite3.Error as broken:
            return Outcome(None, broken)

    def _next_batch(self) -> tuple[list[_Group], bool]:
        """All groups that wait, up to the size of a batch; and whether more may follow."""
        batch: list[_Group] = []
        while sum(len(group.jobs) for group in batch) < BATCH:
            if batch and self._queue.empty():
                break
            group = self._queue.get()
            if group is None:
                return batch, False
            batch.append(group)
        return batch, True

    def _commit(self, batch: list[_Group]) -> None:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            done = [[self._attempt(job) for job in group.jobs] for group in batch]
            self._connection.execute("COMMIT")
        except sqlite3.Error as broken:
            with suppress(sqlite3.Error):  # a full disk may have rolled back already
                self._connection.execute("ROLLBACK")
            done = [[Outcome(None, broken)] * len(group.jobs) for group in batch]
        for group, outcomes in zip(batch, done, strict=True):
            group.on_disk(outcomes)

    def _attempt(self, job: Job[Any]) -> Outcome:
        self._connection.execute("SAVEPOINT job")
        try:
            outcome = Outcome(job(self._connection), None)
        except Exception as raised:  # raised to the caller of the job
            if not self._connection.in_transaction:  # a full disk rolls back the whole batch
                raise raised if isinstance(raised, sqlite3.Error) else sqlite3.OperationalError(str(raised)) from raised
            self._connection.execute("ROLLBACK TO job")
            outcome = Outcome(None, raised)
        self._connection.execute("RELEASE job")
        return outcome


def _tell(future: Future[Any], outcome: Outcome) -> None:
    if outcome.fault is None:
        future.set_result(outcome.result)
    else:
        future.set_exception(outcome.fault)
