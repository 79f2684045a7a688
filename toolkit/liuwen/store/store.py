"""A town's store: one folder that holds forms, submissions, attachments, entities and who may collect."""

import sqlite3
import threading
import time
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from io import BytesIO
from itertools import chain
from os import PathLike
from pathlib import Path
from random import SystemRandom
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, Self, TypeVar

from liuwen.errors import StoreError
from liuwen.form.anonymity import made_anonymous
from liuwen.messages import Sentence
from liuwen.openrosa.envelope import Envelope, read_envelope
from liuwen.openrosa.publishing import FormSource, prepare, sheets_from_text
from liuwen.store import collectors, forms, kept_submissions
from liuwen.store.anonymous.answers import file_stamp, read_answers
from liuwen.store.anonymous.setting_apart import has_named_answers, set_apart
from liuwen.store.collectors import Collector, Credentials
from liuwen.store.connections import connect_to_read
from liuwen.store.damage import making_sense, telling_damage
from liuwen.store.desk_tables import DeskTables
from liuwen.store.entities.desk import EntityDesk
from liuwen.store.files import Files, StoredFile
from liuwen.store.forms import PublishedForm, State
from liuwen.store.intake import take_in
from liuwen.store.kept_submissions import SentSubmission, StoredSubmission
from liuwen.store.permissions import Ownership, Sender, read_ownership
from liuwen.store.schema import MIGRATIONS, check_layout, give_identity, has_identity
from liuwen.store.submissions import Received
from liuwen.store.upkeep import MISSING, StoreFault, backup_to, faults_of
from liuwen.store.writer import Job, Writer

if TYPE_CHECKING:
    from liuwen.form.model import Form
    from liuwen.responses import Responses

T = TypeVar("T")

NOT_FOLDER = Sentence(zh="“{path}”是一个文件；库是一个文件夹。", en='"{path}" is a file; a store is a folder.')
NOT_EMPTY = Sentence(
    zh="文件夹“{path}”里有别的东西，不是库；请给一个空的或新的文件夹。",
    en='The folder "{path}" contains other files and is not a store; use an empty or new folder.',
)


class Store:
    """What was collected: a folder with one SQLite file and the attachments.

    Only one process writes to a store at a time; others can read it meanwhile. The right to write is taken for each
    change, or for a whole `with` block, or while a server runs; a second writer gets a `StoreError`.

    Args:
        folder: The folder; it is created if it does not exist.
        clock: Returns the time in seconds since 1970; for tests.

    Example:
        >>> import tempfile
        >>> store = Store(tempfile.mkdtemp())
        >>> store.forms()
        ()
    """

    def __init__(self, folder: str | PathLike[str], *, clock: Callable[[], float] = time.time) -> None:
        self.folder = Path(folder).absolute()
        self.files = Files(self.folder)
        self.entities = EntityDesk(self)
        self.desk_tables = DeskTables(self)
        self.clock = clock
        self.edition = 0
        """Grows whenever this process changes forms or collectors, so that what was read of them can be kept till then."""
        self._writer: Writer | None = None
        self._counted: tuple[bytes, dict[str, int]] | None = None
        self._held = 0
        self._opening = threading.RLock()
        self._reading = threading.local()
        self._readers: dict[threading.Thread, sqlite3.Connection] = {}
        weakref.finalize(self, _close_all, self._readers)
        self._make()

    def _make(self) -> None:
        if self.folder.exists() and not self.folder.is_dir():
            raise StoreError(NOT_FOLDER.filled(path=self.folder))
        if (self.folder / "store.sqlite").exists():
            with self.reading() as connection:
                if check_layout(connection, self.folder) == len(MIGRATIONS) and has_identity(connection):
                    return
        elif self.folder.exists() and any(entry.name != "lock" for entry in self.folder.iterdir()):
            raise StoreError(NOT_EMPTY.filled(path=self.folder))
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.write(give_identity)

    # -- reading and writing --------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self.hold()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def hold(self) -> Writer:
        """Take the right to write until `release`.

        Returns:
            The writer.

        Raises:
            StoreError: If another process is writing.
        """
        with self._opening:
            if self._writer is None:
                self._writer = Writer(self.folder)
                self.files.prepare()
            self._held += 1
            return self._writer

    def release(self) -> None:
        """Give back the right to write, once for each `hold`."""
        with self._opening:
            self._held -= 1
            if self._held == 0 and self._writer is not None:
                self._writer.close()
                self._writer = None

    def write(self, job: Job[T]) -> T:
        """Run one change on the writing connection.

        Args:
            job: The change: a function of the connection.

        Returns:
            The result of the change, which is on disk by then.
        """
        writer = self.hold()
        try:
            with telling_damage(self.folder):
                return writer.submit(job).result()
        finally:
            self.release()

    def close(self) -> None:
        """Close the files; they are opened again when they are needed."""
        with self._opening:
            self._reading = threading.local()
            _close_all(self._readers)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Open this thread's connection for reading; it sees everything that is committed, also by other processes.

        Returns:
            A context manager with the connection.
        """
        connection: sqlite3.Connection | None = getattr(self._reading, "connection", None)
        if connection is None:
            connection = connect_to_read(self.folder / "store.sqlite")
            self._reading.connection = connection
            self._note_reader(connection)
        with telling_damage(self.folder):
            yield connection

    def _note_reader(self, connection: sqlite3.Connection) -> None:
        """Keep it to be closed, and close those of threads that have ended: each pull has threads of its own."""
        with self._opening:
            for ended in [thread for thread in self._readers if not thread.is_alive()]:
                self._readers.pop(ended).close()
            self._readers[threading.current_thread()] = connection

    # -- forms ----------------------------------------------------------------------------------------------------

    def publish(
        self,
        form: FormSource,
        *,
        media: Mapping[str, bytes] = MappingProxyType({}),
        key: str | bytes | None = None,
        anonymous: bool | None = None,
    ) -> PublishedForm:
        """Publish a form or a new version of it. All versions are kept.

        Args:
            form: The form, the path of one, or the bytes of an XForm.
            media: Files that the form needs, by name, besides those in `form.media`. A file in `form.media` with the name
                of an entity list is replaced by the list, with a `LiuwenWarning`.
            key: A public key (see `new_keys`). Phones then encrypt, and only the owner of the key can read the answers.
            anonymous: True to publish it as anonymous even if it does not say so itself (`Form.anonymous`); by default the
                form decides, and an anonymous form stays so in every later version. Nothing of who answered, when and in which
                order is kept of it; what was received under a name before is moved apart (`liuwen.store.anonymous`).

        Returns:
            The published version.

        Raises:
            FormError: If a file is missing, the version is already published with different content, an encrypted form
                writes to entity lists, an anonymous form asks for what identifies a person, or an unlinked section steers
                linked questions.
        """
        prepared = prepare(form, media, key, anonymous=anonymous, was_anonymous=self._anonymous_forms())
        lists = {f"{name}.csv" for name in (*self.entities.lists(), *(each.list for each in prepared.declared.entities))}
        with self, self._bringing(prepared.files_for(lists)) as files:
            number = self.write(
                lambda c: forms.publish(
                    c, prepared.declared, prepared.xml, prepared.md5,
                    media=files, sheets=prepared.sheets, now=self.clock(),
                )
            )  # fmt: skip
        if prepared.declared.anonymous:
            self._set_apart()
        self.edition += 1
        published = next(published for published in self.forms() if published.number == number)
        prepared.tell_of({medium.name for medium in published.media if medium.entity_list})
        return published

    def _anonymous_forms(self) -> frozenset[str]:
        return frozenset(form.form_id for form in self.forms() if form.anonymous)

    def _set_apart(self) -> None:
        """Move what was received under a name apart."""
        with self.reading() as connection:
            if not has_named_answers(connection):
                return
        writer = self.hold()
        try:
            for sha256 in self.write(lambda c: set_apart(c, self.files)):
                self.files.forget(sha256)
            writer.tidy()
        finally:
            self.release()

    @contextmanager
    def _bringing(self, contents: Mapping[str, bytes]) -> Iterator[dict[str, StoredFile]]:
        kept: dict[str, StoredFile] = {}
        try:
            for name, content in contents.items():
                kept[name] = self.files.add(content)
            yield kept
        except BaseException:
            self.discard_files(kept.values(), failed=True)
            raise
        self.discard_files(kept.values())

    def forms(self) -> tuple[PublishedForm, ...]:
        """List all versions of all forms.

        Returns:
            The versions, in the order they were published.
        """
        with self.reading() as connection:
            return forms.read_forms(connection)

    def form(self, form_id: str, version: str | None = None) -> "Form":
        """Read a published form.

        Args:
            form_id: The form ID.
            version: The version; by default the current one.

        Returns:
            The form as it was published, with its files.

        Raises:
            StoreError: If there is no such form or version.
        """
        from liuwen.form.reading import read_form

        published = self.published(form_id, version)
        media = {m.name: self._content(m.name, m.sha256) for m in published.media if m.sha256}
        with self.reading() as connection:
            sheets = connection.execute("SELECT sheets FROM form_versions WHERE number = ?", (published.number,)).fetchone()[0]
        if sheets is None:
            return read_form(self.form_xml(published.number), name=f"{form_id}.xml")
        with telling_damage(self.folder), making_sense("form_versions"):
            return sheets_from_text(sheets, media)

    def _content(self, name: str, sha256: str) -> bytes:
        try:
            return self.files.path(sha256).read_bytes()
        except OSError as fault:
            raise StoreError(MISSING.filled(name=name, sha256=sha256)) from fault

    def published(self, form_id: str, version: str | None = None) -> PublishedForm:
        """Look up a published version.

        Args:
            form_id: The form ID.
            version: The version; by default the current one.

        Returns:
            The published version.

        Raises:
            StoreError: If there is no such form or version.
        """
        versions = [form for form in self.forms() if form.form_id == form_id]
        if not versions:
            raise StoreError(forms.NO_FORM.filled(form=form_id))
        found = next((form for form in reversed(versions) if version in {None, form.version}), None)
        if found is None:
            raise StoreError(forms.NO_VERSION.filled(form=form_id, version=version))
        return found

    def form_xml(self, number: int) -> bytes:
        """Read the exact XML of a published version.

        Args:
            number: The number of the version.

        Returns:
            The XML.
        """
        with self.reading() as connection:
            return forms.read_xml_of(connection, number)

    def set_state(self, form_id: str, state: State) -> None:
        """Open or close a form.

        Args:
            form_id: The form ID.
            state: "open"; "closing" stops new downloads; "closed" also stops submissions.
        """
        self.write(lambda c: forms.set_state(c, form_id, state))
        self.edition += 1

    # -- submissions ----------------------------------------------------------------------------------------------

    def submissions(self, form_id: str | None = None, *, current: bool = True, after: int = 0) -> Iterator[StoredSubmission]:
        """Read submissions in the order they were received, one by one; then anonymous ones, in no order.

        Args:
            form_id: Only submissions to this form.
            current: Whether to leave out submissions that were replaced by an edit.
            after: Only submissions with a higher `number`; anonymous answers have none and are then left out.

        Returns:
            An iterator over submissions with their XML.
        """
        yield from self._named(form_id, current=current, after=after)
        if not after:
            yield from self._anonymous(form_id)

    def _named(self, form_id: str | None, *, current: bool = True, after: int = 0) -> Iterator[StoredSubmission]:
        with self.reading() as connection:
            yield from kept_submissions.read_submissions(connection, form_id, current=current, after=after)

    def _anonymous(self, form_id: str | None) -> list[StoredSubmission]:
        """Anonymous answers, shuffled."""
        with self.reading() as connection:
            versions = kept_submissions.anonymous_versions(connection, form_id)
        answers = read_answers(self.folder, {form for form, _ in versions}) if versions else []
        shuffled = SystemRandom().sample(answers, len(answers))
        return [kept_submissions.anonymous_submission(answer, versions) for answer in shuffled]

    def submission(self, number: int) -> StoredSubmission | None:
        """Read one submission, also one that was replaced by an edit.

        Args:
            number: The number of the submission.

        Returns:
            The submission, or None.
        """
        with self.reading() as connection:
            return kept_submissions.read_submission(connection, number)

    def latest(self, collector: Collector, count: int = 20) -> tuple[SentSubmission, ...]:
        """Read the last submissions of a collector; those to anonymous forms belong to nobody.

        Args:
            collector: The collector.
            count: The number of submissions.

        Returns:
            The submissions without their XML, the newest first.
        """
        with self.reading() as connection:
            found = kept_submissions.read_latest(connection, collector.number, count)
        writer = self._writer
        for sent in found:
            if not sent.name_is_kept and writer is not None:
                writer.submit(partial(kept_submissions.keep_name, number=sent.number, name=sent.name))
        return found

    def last_number(self) -> int:
        """The number of the newest submission.

        Returns:
            The number, 0 if there is none; `submissions(after=...)` then gives what is new.
        """
        with self.reading() as connection:
            return kept_submissions.last_number(connection)

    def count(self, form_id: str | None = None, *, after: int = 0) -> int:
        """Count submissions, each once, however often it was edited.

        Args:
            form_id: Only submissions to this form.
            after: Only submissions with a higher `number`.

        Returns:
            The number of submissions.
        """
        with self.reading() as connection:
            count = kept_submissions.count_submissions(connection, form_id, after=after)
        apart = {} if after else self.anonymous_counts()
        return count + (sum(apart.values()) if form_id is None else apart.get(form_id, 0))

    def anonymous_counts(self) -> dict[str, int]:
        """How many answers there are to each anonymous form that has any; counted anew only when the file has changed."""
        stamp = file_stamp(self.folder)
        if self._counted is None or self._counted[0] != stamp:
            self._counted = stamp, dict(Counter(answer.form_id for answer in self._anonymous(None)))
        return self._counted[1]

    def responses(self, form: "Form | str | None" = None, *, form_id: str | None = None, **options: Any) -> "Responses":
        """Load the answers to a form as typed tables.

        Submissions to earlier versions are read by the version they were made with.

        Args:
            form: The form, or the ID of a published one; by default the only one there is.
            form_id: The ID that it is published under, if it differs from the form's own.
            **options: Further arguments for `read_responses`: `key`, `passphrase`, `media_to`, `renamed`, …

        Returns:
            The answers.
        """
        from liuwen.responses import Submission as Answered
        from liuwen.responses import read_responses
        from liuwen.responses.holder import only_form

        given = form if isinstance(form, str) else form_id or (form.id if form else None)
        asked = given or only_form(str(self.folder), list(dict.fromkeys(each.form_id for each in self.forms())))
        known = self.form(asked) if form is None or isinstance(form, str) else form
        apart = self._anonymous(asked)
        if apart:
            known = made_anonymous(known)
        with self.reading() as connection:
            answered_versions = {*kept_submissions.versions_of(connection, asked), *(each.version for each in apart)}
        published = (each.version for each in self.forms() if each.form_id == asked)
        earlier = [self.form(asked, each) for each in published if each in answered_versions and each != known.version]
        answered = (
            Answered(s.xml, s.instance_id, s.received.isoformat(), partial(self._open_attachment, s), sent_by=s.collector or "")
            for s in chain(self._named(asked), apart)
        )
        return read_responses(answered, known, **{"earlier": earlier, "form_id": form_id, **options})

    def _open_attachment(self, submission: StoredSubmission, name: str) -> IO[bytes] | None:
        if name in submission.files:
            return BytesIO(submission.files[name])
        path = self.attachments(submission.form_id, submission.instance_id).get(name)
        return path.open("rb") if path else None

    def receive(self, xml: bytes, files: Mapping[str, bytes] = MappingProxyType({}), sender: Sender | None = None) -> Received:
        """Receive one submission, as the server does.

        Args:
            xml: The XML of the submission.
            files: Its attachments, by name.
            sender: Who sends it.

        Returns:
            What was received.

        Raises:
            RefusedError: If the submission is not accepted.
        """
        envelope, by = read_envelope(xml), sender or Sender()
        named = {forms.check_file_name(name): content for name, content in files.items()}
        with self:
            if any(form.anonymous for form in self.forms() if form.form_id == envelope.form_id):
                receiving = self.begin_receiving(envelope, {}, by, contents=named)
            else:
                receiving = self.begin_receiving(envelope, {name: self.files.add(each) for name, each in named.items()}, by)
            with telling_damage(self.folder):
                return receiving.result()

    def begin_receiving(
        self,
        envelope: Envelope,
        files: Mapping[str, StoredFile],
        sender: Sender,
        *,
        contents: Mapping[str, bytes] = MappingProxyType({}),
        complete: bool = True,
    ) -> Future[Received]:
        """Queue a submission for the writer of a held store.

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
        taken = self._writer.submit(
            lambda c: take_in(c, envelope, files, sender, contents=contents, complete=complete, now=self.clock())
        )
        taken.add_done_callback(
            lambda one: self.discard_files(files.values(), failed=one.cancelled() or one.exception() is not None)
        )
        return taken

    def discard_files(self, files: Iterable[StoredFile], *, failed: bool = False) -> None:
        """Tell the store that files on disk are registered in the database, or can be deleted.

        Args:
            files: The files.
            failed: Whether what they belong to was refused; files that nothing else uses are then deleted.
        """
        given = tuple(files)
        for file in given:
            self.files.need_no_longer(file)
        writer = self._writer
        if failed and given and writer is not None:
            writer.submit(lambda c: forms.forget_unkept(c, self.files, given))

    def attachments(self, form_id: str, instance_id: str) -> dict[str, Path]:
        """List the attachments of a submission.

        Args:
            form_id: The form ID.
            instance_id: The instance ID of the submission.

        Returns:
            File name → path; an anonymous answer has its files in `StoredSubmission.files`.
        """
        with self.reading() as connection:
            rows = connection.execute(
                "SELECT name, sha256 FROM submission_files JOIN submissions ON submissions.number = submission"
                " JOIN forms ON forms.number = form WHERE form_id = ? AND instance_id = ? ORDER BY name",
                (form_id, instance_id),
            )
            return {name: self.files.path(sha256) for name, sha256 in rows}

    def replaced_attachments(self, form_id: str, instance_id: str) -> dict[str, tuple[Path, ...]]:
        """List the attachments of a submission that its sender replaced later.

        Args:
            form_id: The form ID.
            instance_id: The instance ID of the submission.

        Returns:
            File name → paths of the replaced files, the oldest first.
        """
        with self.reading() as connection:
            rows = connection.execute(
                "SELECT name, sha256 FROM replaced_files JOIN submissions ON submissions.number = submission"
                " JOIN forms ON forms.number = form WHERE form_id = ? AND instance_id = ? ORDER BY name, replaced_files.rowid",
                (form_id, instance_id),
            )
            found: dict[str, tuple[Path, ...]] = {}
            for name, sha256 in rows:
                found[name] = (*found.get(name, ()), self.files.path(sha256))
            return found

    def ownership(self, number: int) -> Ownership:
        """Tell whose a submission is.

        Args:
            number: The number of the submission.

        Returns:
            Who sent it and may change it.
        """
        with self.reading() as connection:
            return read_ownership(connection, number)

    # -- collectors -----------------------------------------------------------------------------------------------

    def add_collector(self, name: str, *, forms: Iterable[str] | None = None, expires: datetime | None = None) -> Credentials:
        """Add a collector and make the secrets for the phone. They are shown only once.

        Args:
            name: The name.
            forms: The IDs of the forms that the collector may see; all if None.
            expires: When the access ends (a datetime with a time zone).

        Returns:
            The secrets, for `Server.join`.
        """
        made = self.write(lambda c: collectors.add_collector(c, name, forms, expires, self.clock()))
        self.edition += 1
        return made

    def set_places(self, name: str, places: Iterable[str] | None) -> None:
        """Settle whose rows a collector's phone gets of lists that say for which place a row is (`for_phone`, `town`).

        Args:
            name: The collector.
            places: The codes of its villages and its town; None for every row.

        Raises:
            StoreError: There is no such collector.
        """
        self.write(lambda c: collectors.set_places(c, name, places))
        self.edition += 1

    def add_token(self, name: str, *, expires: datetime | None = None) -> str:
        """Make another secret token for a collector, for a further phone.

        Args:
            name: The collector.
            expires: When the token expires (a datetime with a time zone).

        Returns:
            The token, for `Server.join`.
        """
        made = self.write(lambda c: collectors.add_token(c, name, expires, self.clock()))
        self.edition += 1
        return made

    def add_link(self, form_id: str, *, collector: str = "web", uses: int | None = None, expires: datetime | None = None) -> str:
        """Make a secret token with which anybody can fill in one form in a browser. It opens nothing else, and nothing
        that was sent.

        Args:
            form_id: The form ID.
            collector: The name that the answers are stored under; it is added if it does not exist.
            uses: How many answers it accepts: 1 for a personal link, None for any number.
            expires: When it expires (a datetime with a time zone).

        Returns:
            The token, for `Server.link`.
        """
        made = self.write(lambda c: collectors.add_link(c, form_id, collector, self.clock(), expires=expires, uses=uses))
        self.edition += 1
        return made

    def revoke(self, name: str) -> None:
        """Revoke the access of a collector, with all its tokens.

        Args:
            name: The collector.
        """
        self.write(lambda c: collectors.revoke_collector(c, name, self.clock()))
        self.edition += 1

    def revoke_token(self, token: str) -> None:
        """Revoke one token, for example that of a lost phone.

        Args:
            token: The token.
        """
        self.write(lambda c: collectors.revoke_token(c, token, self.clock()))
        self.edition += 1

    def collectors(self) -> tuple[Collector, ...]:
        """List all collectors, also those whose access has ended.

        Returns:
            The collectors.
        """
        with self.reading() as connection:
            return collectors.read_collectors(connection)

    # -- upkeep ---------------------------------------------------------------------------------------------------

    def backup(self, folder: str | PathLike[str]) -> Path:
        """Copy the store to a new folder, also while it is in use.

        Args:
            folder: The folder to create.

        Returns:
            The folder; it is a store itself, as of one moment.

        Raises:
            StoreError: If the folder already exists.
        """
        return backup_to(self, Path(folder))

    def check(self) -> tuple[StoreFault, ...]:
        """Read everything and list what is damaged or missing.

        Returns:
            The faults; empty if there are none.
        """
        return faults_of(self)

    def __repr__(self) -> str:
        return f"Store({str(self.folder)!r})"


def _close_all(connections: dict[threading.Thread, sqlite3.Connection]) -> None:
    while connections:
        connections.popitem()[1].close()
