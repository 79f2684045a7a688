"""The interface of sources of submissions, common to a store, ODK Central and KoboToolbox."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from liuwen.form.model import Form
    from liuwen.responses import Export, Submission


@dataclass(frozen=True, slots=True)
class RemoteForm:
    """A form on a source.

    Attributes:
        form_id: The ID to ask for it by; on KoboToolbox the uid of the asset.
        title: The title.
        version: The version.
        submissions: The number of submissions.
    """

    form_id: str
    title: str
    version: str
    submissions: int


@dataclass(frozen=True, slots=True)
class Listed:
    """One submission as a source lists it. Times are ISO 8601, "" if unknown.

    Attributes:
        key: Its permanent ID; edits do not change it.
        stamp: A mark that changes with its content.
        submitted_at: When it was received.
        updated_at: When it was last edited or reviewed.
        review: Its review state.
        files: The number of attachments that the source has.
        awaited: Whether further attachments are expected.
        place: What the source itself needs to find it.
        sent_by: Who sent it; "" if unknown.
    """

    key: str
    stamp: str
    submitted_at: str
    updated_at: str = ""
    review: str = ""
    files: int = 0
    awaited: bool = False
    place: str = ""
    sent_by: str = ""


class Source(Protocol):
    """A place with submissions: `StoreSource`, `Central`, `Kobo`."""

    @property
    def name(self) -> str:
        """A readable name of the source, without secrets."""
        ...

    @property
    def renames(self) -> bool:
        """Whether it assigns its own IDs to forms, which submissions carry instead of the form's ID."""
        ...

    def forms(self) -> tuple[RemoteForm, ...]:
        """List the forms.

        Returns:
            The forms that the source holds.
        """
        ...

    def form(self, form_id: str) -> "Form":
        """Fetch a form.

        Args:
            form_id: The ID of the form.

        Returns:
            The form in its current version.
        """
        ...

    def count(self, form_id: str) -> int:
        """Count submissions.

        Args:
            form_id: The ID of the form.

        Returns:
            The number of submissions, as the source counts them.
        """
        ...

    def listing(self, form_id: str, since: str = "") -> Iterator[Listed]:
        """List submissions.

        Args:
            form_id: The ID of the form.
            since: A time in ISO 8601; only submissions that may be new or changed since then are needed.

        Returns:
            An iterator over the submissions.
        """
        ...

    def xml(self, form_id: str, listed: Listed) -> bytes:
        """Fetch a submission.

        Args:
            form_id: The ID of the form.
            listed: The submission as it was listed.

        Returns:
            Its XML.
        """
        ...

    def attachments(self, form_id: str, listed: Listed) -> Mapping[str, str]:
        """List the attachments of a submission.

        Args:
            form_id: The ID of the form.
            listed: The submission as it was listed.

        Returns:
            File name → address for `download`, of the attachments that the source has.
        """
        ...

    def download(self, address: str) -> Iterator[bytes]:
        """Download an attachment.

        Args:
            address: An address that `attachments` returned.

        Returns:
            An iterator over pieces of its bytes.
        """
        ...


@runtime_checkable
class Bulk(Protocol):
    """A source that returns the XML of many submissions in one answer: `Kobo`."""

    def many(self, form_id: str, listed: Sequence[Listed]) -> Mapping[str, bytes]:
        """The XML of as many of them as possible, by key; the others must be requested one by one."""
        ...


@runtime_checkable
class Deciphering(Protocol):
    """A source that keeps a private key and decrypts with it, given the passphrase: `Central`."""

    def deciphered(
        self,
        form_id: str,
        received: "Iterable[tuple[str, Submission]]",
        passphrase: str | None,
        media_to: str | PathLike[str] | None,
    ) -> "Iterator[Submission | Export]":
        """The submissions (each with its key) as they are, and those that the source can decrypt in its own format."""
        ...
