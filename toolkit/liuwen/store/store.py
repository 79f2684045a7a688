"""The `Store`: one folder with forms, submissions, attachments, entities and collectors."""

import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from liuwen.errors import StoreError
from liuwen.openrosa.envelope import read_envelope
from liuwen.openrosa.publishing import FormSource, prepare
from liuwen.store import collectors, forms, kept_submissions
from liuwen.store.audit import Act, LoggedAct, actor, read_log
from liuwen.store.backup_history import remember_backup
from liuwen.store.backups import Backup, back_up
from liuwen.store.collectors import Collector, Credentials, Link, token_hash
from liuwen.store.damage import telling_damage
from liuwen.store.desk_tables import DeskTables, keep_table
from liuwen.store.draft_forms import DraftForms
from liuwen.store.entities.desk import EntityDesk
from liuwen.store.erased_index import forget_in_index
from liuwen.store.erasing import Erased, entity_ids, erase_household, erase_instance, instance_hash
from liuwen.store.forms import PublishedForm, State
from liuwen.store.keeping import Keeping
from liuwen.store.kept_answers import KeptAnswers
from liuwen.store.kept_submissions import StoredSubmission
from liuwen.store.office_desk import OfficeDesk
from liuwen.store.permissions import Sender
from liuwen.store.published_forms import PublishedForms
from liuwen.store.submissions import Received
from liuwen.store.upkeep import StoreFault, copy_to, delete_orphaned_files, faults_of

if TYPE_CHECKING:
    import pandas as pd

    from liuwen.form.model import Form
    from liuwen.responses import Responses
    from liuwen.responses.holder import ToRead


class Store:
    """A store of collected answers: a folder with one SQLite database and the attachments.

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
        self._keeping = Keeping(self.folder, clock)
        self._forms = PublishedForms(self._keeping)
        self._answers = KeptAnswers(self._keeping, self._forms)
        self.entities = EntityDesk(self._keeping)
        self.desk_tables = DeskTables(self._keeping)
        self.office = OfficeDesk(self._keeping)
        self.drafts = DraftForms(self, partial(Store, clock=clock))

    def __enter__(self) -> Self:
        self._keeping.hold()
        return self

    def __exit__(self, *_: object) -> None:
        self._keeping.release()

    def close(self) -> None:
        """Close all files; they are reopened when needed."""
        self._keeping.close()

    # -- forms ----------------------------------------------------------------------------------------------------

    def publish(
        self,
        form: FormSource,
        *,
        media: Mapping[str, bytes] = MappingProxyType({}),
        key: str | bytes | None = None,
        anonymous: bool | None = None,
    ) -> PublishedForm:
        """Publish a form or a new version of it, also while the store is served. All versions are kept.

        Drafts of the form are deleted with their test answers.

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
        prepared = prepare(form, media, key, anonymous=anonymous, was_anonymous=self._forms.anonymous())
        published = self._forms.publish(prepared, self.entities.lists())
        prepared.tell_of({medium.name for medium in published.media if medium.entity_list})
        self.drafts.discard_of(published.form_id)
        return published

    def forms(self) -> tuple[PublishedForm, ...]:
        """List all versions of all forms.

        Returns:
            The versions, in the order they were published.
        """
        return self._forms.all()

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
        return self._forms.read(form_id, version)

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
        return self._forms.find(form_id, version)

    def set_state(self, form_id: str, state: State) -> None:
        """Open or close a form.

        Args:
            form_id: The form ID.
            state: "open"; "closing" stops new downloads; "closed" also stops submissions.
        """
        self._keeping.administer(lambda c: forms.set_state(c, form_id, state), Act("form opened or closed", form_id, state))

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
        yield from self._answers.named(form_id, current=current, after=after)
        if not after:
            yield from self._answers.anonymous(form_id)

    def submission(self, number: int) -> StoredSubmission | None:
        """Read one submission, also one that was replaced by an edit.

        Args:
            number: The number of the submission.

        Returns:
            The submission, or None.
        """
        with self._keeping.reading() as connection:
            return kept_submissions.read_submission(connection, number)

    def count(self, form_id: str | None = None, *, after: int = 0) -> int:
        """Count submissions, each once, however often it was edited.

        Args:
            form_id: Only submissions to this form.
            after: Only submissions with a higher `number`.

        Returns:
            The number of submissions.
        """
        return self._answers.count(form_id, after=after)

    def anonymous_counts(self) -> dict[str, int]:
        """Count the answers to anonymous forms; they are counted again only if the file has changed.

        Returns:
            Form ID → number of answers.
        """
        return self._answers.anonymous_counts()

    def responses(
        self,
        form: "Form | str | None" = None,
        *,
        form_id: str | None = None,
        after: int = 0,
        numbers: Collection[int] | None = None,
        **options: Any,
    ) -> "Responses":
        """Load the answers to a form as typed tables.

        Submissions to earlier versions are read by the version they were made with.

        Args:
            form: The form, or the ID of a published one; by default the only one there is.
            form_id: The ID that it is published under, if it differs from the form's own.
            after: Only submissions with a higher `number`; anonymous answers have none and are then left out.
            numbers: Only the submissions with these numbers, in this order.
            **options: Further arguments for `read_responses`: `key`, `passphrase`, `media_to`, `renamed`, …

        Returns:
            The answers.
        """
        return self._answers.load(form, form_id, after, options, numbers=numbers)

    def to_read(self, form: "Form | str | None" = None, *, form_id: str | None = None) -> "ToRead":
        """Give the answers to a form one after another, for `load_to_parquet`.

        Args:
            form: The form, or the ID of a published one; by default the only one there is.
            form_id: The ID that it is published under, if it differs from the form's own.

        Returns:
            The submissions, the form, and the earlier versions that they were made with.
        """
        return self._answers.to_read(form, form_id)

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
        keeping, envelope, by = self._keeping, read_envelope(xml), sender or Sender()
        named = {forms.check_file_name(name): content for name, content in files.items()}
        with self:
            if envelope.form_id in self._forms.anonymous():
                receiving = keeping.begin_receiving(envelope, {}, by, contents=named)
            else:
                receiving = keeping.begin_receiving(envelope, {name: keeping.files.add(each) for name, each in named.items()}, by)
            with telling_damage(self.folder):
                return receiving.result()

    def attachments(self, form_id: str, instance_id: str) -> dict[str, Path]:
        """List the attachments of a submission.

        Args:
            form_id: The form ID.
            instance_id: The instance ID of the submission.

        Returns:
            File name → path; an anonymous answer has its files in `StoredSubmission.files`.
        """
        return self._answers.attachments(form_id, instance_id)

    def replaced_attachments(self, form_id: str, instance_id: str) -> dict[str, tuple[Path, ...]]:
        """List the attachments of a submission that its sender replaced later.

        Args:
            form_id: The form ID.
            instance_id: The instance ID of the submission.

        Returns:
            File name → paths of the replaced files, the oldest first.
        """
        return self._answers.replaced_attachments(form_id, instance_id)

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
        seen = None if forms is None else sorted(forms)
        return self._keeping.administer(
            lambda c: collectors.add_collector(c, name, seen, expires, self._keeping.clock()),
            Act("collector added", name, ", ".join(seen or ())),
        )

    def set_places(self, name: str, places: Iterable[str] | None) -> None:
        """Set whose rows a collector's phone receives from lists with a place column (`for_phone`, `town`).

        Args:
            name: The collector.
            places: The codes of its villages and its town; None for every row.

        Raises:
            StoreError: There is no such collector.
        """
        seen = None if places is None else sorted(places)
        act = Act("places set", name, ", ".join(seen or ()))
        self._keeping.administer(lambda c: collectors.set_places(c, name, seen), act)

    def add_token(self, name: str, *, expires: datetime | None = None) -> str:
        """Make another secret token for a collector, for a further phone.

        Args:
            name: The collector.
            expires: When the token expires (a datetime with a time zone).

        Returns:
            The token, for `Server.join`.
        """
        return self._keeping.administer(
            lambda c: collectors.add_token(c, name, expires, self._keeping.clock()), Act("code made", name, _until(expires))
        )

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
        return self._keeping.administer(
            lambda c: collectors.add_link(c, form_id, collector, self._keeping.clock(), expires=expires, uses=uses),
            Act("link made", form_id, _until(expires)),
        )

    def revoke(self, name: str) -> None:
        """Revoke the access of a collector, with all its tokens.

        Args:
            name: The collector.
        """
        self._keeping.administer(
            lambda c: collectors.revoke_collector(c, name, self._keeping.clock()), Act("collector revoked", name)
        )

    def rename_collector(self, name: str, new: str) -> None:
        """Rename a collector, for example when a name was misspelt.

        Codes stay valid and answers stay with the collector, under the new name; a register of people that names the collector
        has to be changed as well. Who signs in with a user name that was the old name needs a new
        code, because the password belongs to the user name.

        Args:
            name: The collector.
            new: The new name.

        Raises:
            StoreError: If there is no such collector, or the new name is taken or not usable.
        """
        self._keeping.administer(lambda c: collectors.rename_collector(c, name, new), Act("collector renamed", name, new))

    def revoke_token(self, token: str) -> None:
        """Revoke one token, for example that of a lost phone.

        Args:
            token: The token.
        """
        act = Act("code revoked", token_hash(token)[:8])
        self._keeping.administer(lambda c: collectors.revoke_token(c, token, self._keeping.clock()), act)

    def collectors(self) -> tuple[Collector, ...]:
        """List all collectors, also those whose access has ended.

        Returns:
            The collectors.
        """
        with self._keeping.reading() as connection:
            return collectors.read_collectors(connection)

    def links(self) -> tuple[Link, ...]:
        """List the links, also those that have ended. Their secret addresses are not kept.

        Returns:
            The links, oldest first.
        """
        with self._keeping.reading() as connection:
            return collectors.read_links(connection)

    def revoke_link(self, link_id: str) -> None:
        """Revoke a link, by the ID that `links` shows.

        Args:
            link_id: The ID.

        Raises:
            StoreError: There is no such link.
        """
        act = Act("link revoked", link_id)
        self._keeping.administer(lambda c: collectors.revoke_link(c, link_id, self._keeping.clock()), act)

    # -- administration -------------------------------------------------------------------------------------------

    def log(self) -> tuple[LoggedAct, ...]:
        """Read the log of administrative acts and of wrong passwords.

        Returns:
            The entries, oldest first.
        """
        with self._keeping.reading() as connection:
            return read_log(connection)

    def erase(
        self,
        *,
        instance: str | None = None,
        household: str | None = None,
        remains: "Callable[[tuple[str, ...]], Mapping[str, pd.DataFrame]]" = lambda instances: {},
    ) -> Erased:
        """Erase a person's answers: one by its instance ID, or a row of an entity list with every answer that names it.

        Edits, attachments and rows of lists that consist of nothing else go with it. A phone that sends the answer again is
        refused. The log does not say whose answers they were. Earlier backups still hold them, and so may desk tables and rows
        of lists that other answers wrote too; encrypted answers are found by their instance ID only.

        Args:
            instance: The instance ID of an answer.
            household: The ID of a row of an entity list.
            remains: Called with the instance IDs of what is erased; the desk tables that it returns, by name, are kept in its
                place, both or neither.

        Returns:
            What was erased.

        Raises:
            StoreError: If there is nothing to erase.
        """
        now = self._keeping.clock()
        # The ID of a household may be known to many, and a hash of it would name it.
        act = Act("answers erased", instance_hash(instance or "")[:16]) if household is None else Act("household erased", "")

        def work(connection: sqlite3.Connection) -> Erased:
            listed = entity_ids(connection)
            erased = (
                erase_instance(connection, instance or "", now)
                if household is None
                else erase_household(connection, household, now)
            )
            for name, table in remains(erased.instances).items():
                keep_table(connection, name, table, now)
            self.drafts.erase_rows(listed - entity_ids(connection))  # before it is on disk, so that it can be repeated
            return erased

        try:
            return self._keeping.administer(work, act)
        finally:  # also if an erasure that was interrupted is repeated, and finds nothing left but files
            self._delete_remains()

    def _delete_remains(self) -> None:
        """Delete what erased answers have left outside the database; a server in another process does so when it starts."""
        forget_in_index(self.folder)
        with suppress(StoreError), self._keeping.writing() as writer:
            writer.empty_log()
            writer.submit(lambda connection: delete_orphaned_files(connection, self._keeping.files)).result()

    # -- maintenance ----------------------------------------------------------------------------------------------

    def copy_to(self, folder: str | PathLike[str]) -> Path:
        """Copy the store to a new folder, also while it is in use.

        Args:
            folder: The folder to create.

        Returns:
            The folder; it is a store itself, as of one moment.

        Raises:
            StoreError: If the folder already exists.
        """
        return copy_to(self._keeping, Path(folder))

    def backup(self, folder: str | PathLike[str], *, key: str | bytes | None = None) -> Backup:
        """Add a backup of one moment to a folder that keeps many, also while the store is served.

        What has not changed since the last backup is not written again. Interrupted at any moment, earlier backups stay as
        they were.

        Args:
            folder: The backup folder, on another disk; it is created if it does not exist.
            key: A public key (see `new_keys`); only the holder of the private key can then restore.

        Returns:
            What was kept; `lacking` names the attachments that could not be.

        Raises:
            StoreError: If the folder cannot be written, holds other files, or is inside the store.
        """
        made = back_up(self._keeping, Path(folder).absolute(), key.encode() if isinstance(key, str) else key)
        remember_backup(self.folder, Path(folder).absolute(), actor(), submissions=made.submissions)
        return made

    def check(self) -> tuple[StoreFault, ...]:
        """Read everything and list damaged or missing content.

        Returns:
            The faults; empty if there are none.
        """
        return faults_of(self._keeping)

    def __repr__(self) -> str:
        return f"Store({str(self.folder)!r})"


def _until(expires: datetime | None) -> str:
    return "" if expires is None else f"{expires:%Y-%m-%d}"


def keeping_of(store: Store) -> Keeping:
    """The internals of a store, for the server, other rooms and tests."""
    return store._keeping
