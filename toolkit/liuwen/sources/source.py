"""What a place that holds submissions must be able to do: a store, ODK Central and KoboToolbox are asked alike."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from liuwen.form.model import Form
    from liuwen.responses import Export, Submission


@dataclass(frozen=True, slots=True)
class RemoteForm:
    """A form that a source holds; `form_id` is the name to ask for it by (on Kobo the asset's uid)."""

    form_id: str
    title: str
    version: str
    submissions: int


@dataclass(frozen=True, slots=True)
class Listed:
    """One submission as a source lists it.

    `key` is its name for good, whatever edits follow; `stamp` changes with its content; `files` is how many attachments
    the source has, and `awaited` says that more are to come; `place` is what the source itself needs to find it, `sent_by` the
    account that sent it. Times are ISO 8601, "" where there is none.
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
    """A place that holds submissions: `StoreSource`, `Central`, `Kobo`."""

    @property
    def name(self) -> str:
        """Which place it is, for people to read; no secret is in it."""
        ...

    @property
    def renames(self) -> bool:
        """Whether it gives a form an ID of its own, which the submissions bear instead of the form's."""
        ...

    def forms(self) -> tuple[RemoteForm, ...]:
        """The forms it holds."""
        ...

    def form(self, form_id: str) -> "Form":
        """A form as it stands now."""
        ...

    def count(self, form_id: str) -> int:
        """How many submissions it has, by its own count."""
        ...

    def listing(self, form_id: str, since: str = "") -> Iterator[Listed]:
        """All submissions that may be new or changed since that time; all of them where none is given."""
        ...

    def xml(self, form_id: str, listed: Listed) -> bytes:
        """A submission as it stands now."""
        ...

    def attachments(self, form_id: str, listed: Listed) -> Mapping[str, str]:
        """Its attachments that are there: file name → address, for `download`."""
        ...

    def download(self, address: str) -> Iterator[bytes]:
        """An attachment's bytes, piece by piece."""
        ...


@runtime_checkable
class Bulk(Protocol):
    """A source that gives the XML of many submissions in one answer: `Kobo`."""

    def many(self, form_id: str, listed: Sequence[Listed]) -> Mapping[str, bytes]:
        """The XML of as many of them as it can give, by key; the others must be asked for one by one."""
        ...


@runtime_checkable
class Deciphering(Protocol):
    """A source that keeps a private key itself, and deciphers for whoever knows its passphrase: `Central`."""

    def deciphered(
        self,
        form_id: str,
        received: "Iterable[tuple[str, Submission]]",
        passphrase: str | None,
        media_to: str | PathLike[str] | None,
    ) -> "Iterator[Submission | Export]":
        """The submissions (each with its key) as they are, and those that the source can decipher as it gives them."""
        ...
