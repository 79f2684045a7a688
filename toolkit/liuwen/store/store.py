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
    en='The folder "{path}" holds other things and is no store; give an empty or a new folder.',
)


class Store:
    """What a town has collected: a folder with one SQLite file and the attachments beside it.

    One process writes a store at a time, others may read it meanwhile. The right to write is taken for each change and
    given back, or kept throughout a `with` block and while a server runs; a second writer is refused with `StoreError`.

    Args:
        folder: Where the store is, or is to be made.
        clock: Gives the time in seconds since 1970; only tests have reason to pass one.

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
        """Take the right to write, until `release`; raises `StoreError` where another process has it."""
        with self._opening:
            if self._writer is None:
                self._writer = Writer(self.folder)
                self.files.prepare()
            self._held += 1
            return self._writer

    def release(self) -> None:
        """Give the right to write back, once for each `hold`."""
        with self._opening:
            self._held -= 1
            if self._held == 0 and self._writer is not None:
                self._writer.close()
                self._writer = None

    def write(self, job: Job[T]) -> T:
        """Run one change on the writing connection; it is on disk when this returns."""
        writer = self.hold()
        try:
            with telling_damage(self.folder):
                return writer.submit(job).result()
        finally:
            self.release()

    def close(self) -> None:
        """Let go of the files; what is asked of the store afterwards opens them again."""
        with self._opening:
            self._reading = threading.local()
            _close_all(self._readers)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that reads, this thread's own; it sees what has been committed, also by another process."""
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
        """Publish a form, or a new version of one, for phones to fetch; all versions are kept.

        Args:
            form: A `Form`, the path of one, or the bytes of an XForm.
            media: Files the form needs, by name, beside those in `form.media`; of the latter, one that is called as an
                entity list of the store gives way to the list, with a `LiuwenWarning`.
            key: A public key (`new_keys`); phones then encrypt, and the store holds only what its owner can read.
            anonymous: True to publish it as anonymous although it does not say so itself (`Form.anonymous`); it then says so
                to phones. None takes it at its word, and an anonymous form stays so in every later version.

        Nothing of who answered, with which phone, when and in which order is kept of an anonymous form; what a store received
        under a name before is moved apart (`liuwen.store.anonymous`).

        Raises `FormError` where a file is missing, the version is already there with other content, an encrypted form
        fills entity lists, an anonymous one asks for what points at somebody, or an unlinked section steers linked questions.
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
            self.let_go(kept.values(), in_vain=True)
            raise
        self.let_go(kept.values())

    def forms(self) -> tuple[PublishedForm, ...]:
        """Every version of every form, in order of publishing."""
        with self.reading() as connection:
            return forms.read_forms(connection)

    def form(self, form_id: str, version: str | None = None) -> "Form":
        """A published form as it was given, with its files; the current version where none is named."""
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
        """What is known of a published version, the current one where none is named; raises `StoreError`."""
        versions = [form for form in self.forms() if form.form_id == form_id]
        if not versions:
            raise StoreError(forms.NO_FORM.filled(form=form_id))
        found = next((form for form in reversed(versions) if version in {None, form.version}), None)
        if found is None:
            raise StoreError(forms.NO_VERSION.filled(form=form_id, version=version))
        return found

    def form_xml(self, number: int) -> bytes:
        """The exact XForm bytes of a published version, by its `number`."""
        with self.reading() as connection:
            return forms.read_xml_of(connection, number)

    def set_state(self, form_id: str, state: State) -> None:
        """Open a form; or close it, `closing` to new downloads only, `closed` to submissions too."""
        self.write(lambda c: forms.set_state(c, form_id, state))
        self.edition += 1

    # -- submissions ----------------------------------------------------------------------------------------------

    def submissions(self, form_id: str | None = None, *, current: bool = True, after: int = 0) -> Iterator[StoredSubmission]:
        """Submissions in the order they came, with their raw XML, read as they are asked for; then anonymous ones, in none.

        Args:
            form_id: Only those of this form.
            current: Only the last edit of each; False gives the replaced ones too.
            after: Only those with a higher `number`: what came since the last look. Anonymous answers have no number, and
                are given only where everything is asked for.
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
        """One submission by its `number`, also one that an edit has replaced; None where there is none."""
        with self.reading() as connection:
            return kept_submissions.read_submission(connection, number)

    def latest(self, collector: Collector, count: int = 20) -> tuple[SentSubmission, ...]:
        """The last submissions of a collector, newest first, without their XML; those to anonymous forms are nobody's."""
        with self.reading() as connection:
            found = kept_submissions.read_latest(connection, collector.number, count)
        writer = self._writer
        for sent in found:
            if not sent.name_is_kept and writer is not None:
                writer.submit(partial(kept_submissions.keep_name, number=sent.number, name=sent.name))
        return found

    def last_number(self) -> int:
        """The `number` of the newest submission, 0 where there is none: `submissions(after=…)` then gives what comes next."""
        with self.reading() as connection:
            return kept_submissions.last_number(connection)

    def count(self, form_id: str | None = None, *, after: int = 0) -> int:
        """How many submissions there are, each once whatever its edits; of one form, or since the one numbered `after`."""
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

    def responses(self, form: "Form | str | None" = None, *, form_id: str | None = None, **told: Any) -> "Responses":
        """The answers to a form as typed tables, those to its earlier versions by the form they were given to.

        Args:
            form: A `Form`, or the ID of a published one; the only one there is where none is given.
            form_id: The ID that it is published under, where that is not the form's own.
            told: What `read_responses` takes: `key` and `passphrase` of an encrypted form, `media_to`, `renamed`, …
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
        return read_responses(answered, known, **{"earlier": earlier, "form_id": form_id, **told})

    def _open_attachment(self, submission: StoredSubmission, name: str) -> IO[bytes] | None:
        if name in submission.files:
            return BytesIO(submission.files[name])
        path = self.attachments(submission.form_id, submission.instance_id).get(name)
        return path.open("rb") if path else None

    def receive(self, xml: bytes, files: Mapping[str, bytes] = MappingProxyType({}), sender: Sender | None = None) -> Received:
        """Take one submission in, as the server does; raises `RefusedError`."""
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
        """Queue a submission for the writer of a held store; the future is done when it is on disk, or refused.

        The `files` of an anonymous answer are given by their `contents`, and never come among the others.
        """
        assert self._writer is not None, "hold the store first"
        taken = self._writer.submit(
            lambda c: take_in(c, envelope, files, sender, contents=contents, complete=complete, now=self.clock())
        )
        taken.add_done_callback(lambda one: self.let_go(files.values(), in_vain=one.cancelled() or one.exception() is not None))
        return taken

    def let_go(self, files: Iterable[StoredFile], *, in_vain: bool = False) -> None:
        """Say that files put on disk are in the database now; or, brought in vain, may go where nothing else needs them."""
        given = tuple(files)
        for file in given:
            self.files.need_no_longer(file)
        writer = self._writer
        if in_vain and given and writer is not None:
            writer.submit(lambda c: forms.forget_unkept(c, self.files, given))

    def attachments(self, form_id: str, instance_id: str) -> dict[str, Path]:
        """The files that came with a submission, by name: where each is kept; anonymous ones have theirs in `.files`."""
        with self.reading() as connection:
            rows = connection.execute(
                "SELECT name, sha256 FROM submission_files JOIN submissions ON submissions.number = submission"
                " JOIN forms ON forms.number = form WHERE form_id = ? AND instance_id = ? ORDER BY name",
                (form_id, instance_id),
            )
            return {name: self.files.path(sha256) for name, sha256 in rows}

    def replaced_attachments(self, form_id: str, instance_id: str) -> dict[str, tuple[Path, ...]]:
        """The files of a submission in whose place its sender later sent others, by name, the oldest first."""
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
        """Whose a submission is, by its `number`."""
        with self.reading() as connection:
            return read_ownership(connection, number)

    # -- collectors -----------------------------------------------------------------------------------------------

    def add_collector(self, name: str, *, forms: Iterable[str] | None = None, expires: datetime | None = None) -> Credentials:
        """Add somebody who may collect, and make the secrets for the phone; they are shown this once.

        Args:
            name: Who it is.
            forms: The IDs of the forms it may see; all where None.
            expires: When it is shut out by itself (a datetime with its time zone).
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
        """Another secret token for a collector: for one more phone (`Server.join`)."""
        made = self.write(lambda c: collectors.add_token(c, name, expires, self.clock()))
        self.edition += 1
        return made

    def add_link(self, form_id: str, *, collector: str = "web", uses: int | None = None, expires: datetime | None = None) -> str:
        """A secret token at whose address (`Server.link`) anybody who has it fills in one form, in a browser.

        It opens that form and nothing else, above all nothing that was sent.

        Args:
            form_id: The form that it opens.
            collector: The name that its answers are kept under; added where there is none.
            uses: How many answers it takes; 1 for a link that each respondent gets for himself, None for one for all.
            expires: When it stops (a datetime with its time zone).
        """
        made = self.write(lambda c: collectors.add_link(c, form_id, collector, self.clock(), expires=expires, uses=uses))
        self.edition += 1
        return made

    def revoke(self, name: str) -> None:
        """Shut a collector out, with all its tokens."""
        self.write(lambda c: collectors.revoke_collector(c, name, self.clock()))
        self.edition += 1

    def revoke_token(self, token: str) -> None:
        """Shut one token out: a lost phone."""
        self.write(lambda c: collectors.revoke_token(c, token, self.clock()))
        self.edition += 1

    def collectors(self) -> tuple[Collector, ...]:
        """Everybody who may collect, or might."""
        with self.reading() as connection:
            return collectors.read_collectors(connection)

    # -- upkeep ---------------------------------------------------------------------------------------------------

    def backup(self, folder: str | PathLike[str]) -> Path:
        """Copy the store to a new folder while it goes on working; the copy is a store, whole as of one moment."""
        return backup_to(self, Path(folder))

    def check(self) -> tuple[StoreFault, ...]:
        """Read everything and say what is damaged or missing; () is what you want."""
        return faults_of(self)

    def __repr__(self) -> str:
        return f"Store({str(self.folder)!r})"


def _close_all(connections: dict[threading.Thread, sqlite3.Connection]) -> None:
    while connections:
        connections.popitem()[1].close()
