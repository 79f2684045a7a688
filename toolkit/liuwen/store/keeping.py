"""The internals of a store: its folder, the connections for reading, the writer, and its queue."""

import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from liuwen.errors import StoreError
from liuwen.messages import Sentence
from liuwen.openrosa.envelope import Envelope
from liuwen.store import forms, kept_submissions
from liuwen.store.audit import Act, actor, last_act, note
from liuwen.store.collectors import Collector
from liuwen.store.connections import connect_to_read, snapshot
from liuwen.store.damage import AlteredError, telling_damage
from liuwen.store.files import Files, StoredFile
from liuwen.store.intake import store_submission
from liuwen.store.kept_submissions import SentSubmission
from liuwen.store.permissions import Ownership, Sender, read_ownership
from liuwen.store.schema import MIGRATIONS, check_layout, give_identity, has_identity
from liuwen.store.seals import broken_tables
from liuwen.store.submissions import Received
from liuwen.store.writer import Job, Writer, write_beside

T = TypeVar("T")

NOT_FOLDER = Sentence(zh="“{path}”是一个文件；库是一个文件夹。", en='"{path}" is a file; a store is a folder.')
NOT_EMPTY = Sentence(
    zh="文件夹“{path}”里有别的东西，不是库；请给一个空的或新的文件夹。",
    en='The folder "{path}" contains other files and is not a store; use an empty or new folder.',
)


class Keeping:
    """The interface of a store for the server and other rooms, not for users; see `keeping_of`.

    Args:
        folder: The folder; it is created if it does not exist.
        clock: Returns the time in seconds since 1970.
    """

    def __init__(self, folder: Path, clock: Callable[[], float]) -> None:
        self.folder = folder
        self.files = Files(folder)
        self.clock = clock
        self._writer: Writer | None = None
        self._held = 0
        self._verified = False
        self._opening = threading.RLock()
        self._reading = threading.local()
        self._readers: dict[threading.Thread, sqlite3.Connection] = {}
        weakref.finalize(self, _close_all, self._readers)
        self._make()

    def _make(self) -> None:
        if self.folder.exists() and not self.folder.is_dir():
            raise StoreError(NOT_FOLDER.filled(path=self.folder))
        if (self.folder / "store.sqlite").exists():
            with self.reading(verified=False) as connection:
                if check_layout(connection, self.folder) == len(MIGRATIONS) and has_identity(connection):
                    return
        elif self.folder.exists() and any(entry.name != "lock" for entry in self.folder.iterdir()):
            raise StoreError(NOT_EMPTY.filled(path=self.folder))
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.write(give_identity)

    # -- connections ----------------------------------------------------------------------------------------------

    @contextmanager
    def reading(self, *, verified: bool = True) -> Iterator[sqlite3.Connection]:
        """This thread's connection for reading; it sees all committed data, also of other processes.

        `verified=False` reads a damaged store too, as far as it can be read.
        """
        with telling_damage(self.folder):
            connection: sqlite3.Connection | None = getattr(self._reading, "connection", None)
            if connection is None:
                connection = connect_to_read(self.folder / "store.sqlite")
                self._reading.connection = connection
                self._note_reader(connection)
            if verified and not self._verified:
                self._verify(connection)
            yield connection

    def _verify(self, connection: sqlite3.Connection) -> None:
        """Compare all tables but the submissions with their checksums, once: submissions are compared when they are read."""
        with snapshot(connection):
            found = next(broken_tables(connection), None)
        if found is not None:
            raise AlteredError(found)
        self._verified = True

    def _note_reader(self, connection: sqlite3.Connection) -> None:
        """Register a connection to be closed later, and close those of threads that have ended."""
        with self._opening:
            for ended in [thread for thread in self._readers if not thread.is_alive()]:
                self._readers.pop(ended).close()
            self._readers[threading.current_thread()] = connection

    def close(self) -> None:
        """Close the connections for reading; they are reopened when needed."""
        with self._opening:
            self._reading = threading.local()
            _close_all(self._readers)

    def hold(self) -> Writer:
        """Lock the store for writing until `release`; raises `StoreError` if another process is writing."""
        with self._opening:
            if self._writer is None:
                with telling_damage(self.folder):
                    self._writer = Writer(self.folder)
                self.files.prepare()
            self._held += 1
            return self._writer

    def release(self) -> None:
        """Release the lock, once for each `hold`."""
        with self._opening:
            self._held -= 1
            if self._held == 0 and self._writer is not None:
                self._writer.close()
                self._writer = None

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Hold the lock for a block."""
        writer = self.hold()
        try:
            yield writer
        finally:
            self.release()

    def write(self, job: Job[T]) -> T:
        """Run a function of the writing connection; its result is on disk when this returns."""
        with self.writing() as writer, telling_damage(self.folder):
            return writer.submit(job).result()

    def change(self, job: Job[T]) -> T:
        """Run a function of a writing connection, also while another process, such as a server, writes.

        The right to write is for submissions, whose files and queue are in one process. Other changes are short transactions of
        their own, which SQLite keeps apart.
        """
        if self._writer is not None:
            return self.write(job)
        with telling_damage(self.folder):
            return write_beside(self.folder, job)

    def administer(self, job: Job[T], act: Act) -> T:
        """Do an administrative act as `change` does, and log it in the same transaction.

        A server in another process notices it by the last number of the log.
        """
        who = actor()  # of this thread: the job runs in another

        def logged(connection: sqlite3.Connection) -> T:
            done = job(connection)
            note(connection, act, self.clock(), who)
            return done

        return self.change(logged)

    def note_soon(self, act: Act, who: str) -> None:
        """Log an act of a stranger, without waiting; only while the store is held."""
        if self._writer is not None:
            self._writer.submit(lambda connection: note(connection, act, self.clock(), who))

    @property
    def access(self) -> int:
        """Changes whenever this or another process changes forms or collectors, to invalidate caches."""
        with self.reading() as connection:
            return last_act(connection)

    # -- receiving ------------------------------------------------------------------------------------------------

    def begin_receiving(
        self,
        envelope: Envelope,
        files: Mapping[str, StoredFile],
        sender: Sender,
        *,
        contents: Mapping[str, bytes] = MappingProxyType({}),
        complete: bool = True,
    ) -> Future[Received]:
        """Queue a submission for the writer of a locked store.

        Args:
            envelope: The submission and its IDs.
            files: Its attachments, already on disk.
            sender: Who sends it.
            contents: The attachments of an anonymous answer, by name; they are never kept among the others.
            complete: False if the phone has announced further files.

        Returns:
            A future that is done when the submission is on disk or refused.
        """
        assert self._writer is not None, "hold the store first"
        taken = self._writer.submit(self.receiving(envelope, files, sender, contents=contents, complete=complete))
        taken.add_done_callback(
            lambda one: self.discard_files(files.values(), failed=one.cancelled() or one.exception() is not None)
        )
        return taken

    def receiving(
        self,
        envelope: Envelope,
        files: Mapping[str, StoredFile],
        sender: Sender,
        *,
        contents: Mapping[str, bytes],
        complete: bool,
    ) -> Job[Received]:
        """The job that receives a submission, as `begin_receiving` queues it."""
        return lambda c: store_submission(c, envelope, files, sender, contents=contents, complete=complete, now=self.clock())

    @property
    def writer(self) -> Writer:
        """The writer of a locked store."""
        assert self._writer is not None, "hold the store first"
        return self._writer

    def discard_files(self, files: Iterable[StoredFile], *, failed: bool = False) -> None:
        """Tell the store that files on disk are registered in the database, or can be deleted.

        Args:
            files: The files.
            failed: Whether what they belong to was refused; files that nothing else uses are then deleted.
        """
        given = tuple(files)
        for file in given:
            self.files.unprotect(file)
        writer = self._writer
        if failed and given and writer is not None:
            writer.submit(lambda c: forms.forget_unkept(c, self.files, given))

    # -- queries of the running server ----------------------------------------------------------------------------

    def form_xml(self, number: int) -> bytes:
        """The exact XML of a published version, by its number."""
        with self.reading() as connection:
            return forms.read_xml_of(connection, number)

    def latest(self, collector: Collector, count: int = 20) -> tuple[SentSubmission, ...]:
        """The last submissions of a collector, without XML, newest first; those to anonymous forms have no collector."""
        with self.reading() as connection:
            found = kept_submissions.read_latest(connection, collector.number, count)
        writer = self._writer
        for sent in found:
            if not sent.name_is_kept and writer is not None:
                writer.submit(partial(kept_submissions.keep_name, number=sent.number, name=sent.name))
        return found

    def count_sent(self, collector: Collector) -> int:
        """How many answers a collector has sent, edited ones counted once; those to anonymous forms have no collector."""
        query = "SELECT count(*) FROM submissions WHERE collector = ? AND root IS NULL"
        with self.reading() as connection:
            return int(connection.execute(query, (collector.number,)).fetchone()[0])

    def last_number(self) -> int:
        """The number of the newest submission, 0 if there is none; `Store.submissions(after=...)` then returns later ones."""
        with self.reading() as connection:
            return kept_submissions.last_number(connection)

    def ownership(self, number: int) -> Ownership:
        """The sender of a submission and its permissions, by number."""
        with self.reading() as connection:
            return read_ownership(connection, number)


def _close_all(connections: dict[threading.Thread, sqlite3.Connection]) -> None:
    while connections:
        connections.popitem()[1].close()
