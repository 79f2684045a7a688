"""A store as a source, like any other."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from liuwen.sources.reading import Readable
from liuwen.sources.source import Listed, RemoteForm

if TYPE_CHECKING:
    from liuwen.form.model import Form
    from liuwen.store.kept_submissions import StoredSubmission
    from liuwen.store.store import Store

_ANONYMOUS = "anonymous:"


class StoreSource(Readable):
    """A `Store` as a source, to merge the submissions of several laptops.

    Args:
        store: The store.
    """

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._anonymous: dict[str, StoredSubmission] = {}
        """Anonymous answers by instance ID, because they have no numbers."""

    @property
    def name(self) -> str:
        """The store's folder."""
        return str(self._store.folder)

    def forms(self) -> tuple[RemoteForm, ...]:
        """List the forms.

        Returns:
            The current version of each form.
        """
        current = (form for form in self._store.forms() if form.current)
        return tuple(RemoteForm(form.form_id, form.title, form.version, self.count(form.form_id)) for form in current)

    def form(self, form_id: str) -> "Form":
        """Fetch a form as it is published now.

        Args:
            form_id: The form ID.

        Returns:
            The form.
        """
        return self._store.form(form_id)

    def earlier(self, form_id: str, versions: Collection[str]) -> "list[Form]":
        """Fetch earlier versions of a form.

        Args:
            form_id: The form ID.
            versions: The versions wanted.

        Returns:
            The form in each of these versions that was published here.
        """
        there = {form.version for form in self._store.forms() if form.form_id == form_id}
        return [self._store.form(form_id, version) for version in sorted(there.intersection(versions))]

    def count(self, form_id: str) -> int:
        """Count submissions, each once, however often it was edited.

        Args:
            form_id: The form ID.

        Returns:
            The number of submissions.
        """
        return self._store.count(form_id)

    def listing(self, form_id: str, since: str = "") -> Iterator[Listed]:
        """List all submissions; times are ignored, because the laptop's clock may have been set back.

        Args:
            form_id: The form ID.
            since: Not used.

        Returns:
            An iterator over the submissions.
        """
        for each in self._store.submissions(form_id):
            if not each.number:
                self._anonymous[each.instance_id] = each
            files = each.files or self._store.attachments(form_id, each.instance_id)
            yield Listed(
                each.root_id,
                each.instance_id,
                each.received.isoformat(),
                files=len(files),
                awaited=not each.complete,
                place=str(each.number),
                sent_by=each.collector or "",
            )

    def xml(self, form_id: str, listed: Listed) -> bytes:
        """The XML of a submission as received; of an anonymous answer as stored.

        Args:
            form_id: The form ID.
            listed: The submission as it was listed.

        Returns:
            The XML.
        """
        if listed.stamp in self._anonymous:
            return self._anonymous[listed.stamp].xml
        kept = self._store.submission(int(listed.place))
        assert kept is not None, "a store forgets nothing"
        return kept.xml

    def attachments(self, form_id: str, listed: Listed) -> Mapping[str, str]:
        """List the attachments of a submission.

        Args:
            form_id: The form ID.
            listed: The submission as it was listed.

        Returns:
            File name → path; those of an anonymous answer have no path, and are named in their own way.
        """
        if listed.stamp in self._anonymous:
            return {name: f"{_ANONYMOUS}{listed.stamp}/{name}" for name in self._anonymous[listed.stamp].files}
        return {name: str(path) for name, path in self._store.attachments(form_id, listed.stamp).items()}

    def download(self, address: str) -> Iterator[bytes]:
        """Read an attachment.

        Args:
            address: A path that `attachments` returned.

        Returns:
            An iterator over pieces of its bytes.
        """
        if address.startswith(_ANONYMOUS):
            instance_id, _, name = address.removeprefix(_ANONYMOUS).partition("/")
            yield self._anonymous[instance_id].files[name]
            return
        with Path(address).open("rb") as opened:
            while piece := opened.read(1 << 16):
                yield piece
