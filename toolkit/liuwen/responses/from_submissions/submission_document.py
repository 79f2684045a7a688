"""One submission that was read, either way: with many plain ones, or by the parser; both say the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import etree

from liuwen.responses.from_submissions.instance import Identity, audit_name, identity, local_name, parse
from liuwen.responses.from_submissions.plain_batch import PlainBatch


@dataclass(frozen=True, slots=True)
class SubmissionDocument:
    """A submission's XML, read.

    Attributes:
        root: Its root; of a plain one without what stands below it.
        who: Who it says it is.
        tree: Gives the whole of it, parsed.
        audit: The name of its log; "" if it has none.
        place: Its number in the batch of plain ones; None if the parser read it.
    """

    root: etree._Element
    who: Identity
    tree: Callable[[], etree._Element]
    audit: str = ""
    place: int | None = None


def parsed(root: etree._Element) -> SubmissionDocument:
    """A document that the parser read."""
    return SubmissionDocument(root, identity(root), lambda: root, audit_name(root))


def plain_documents(batch: PlainBatch, given: Sequence[bytes]) -> dict[int, SubmissionDocument]:
    """The documents of a batch, by their number among those given."""
    return {number: _plain(batch, place, given[number]) for place, number in enumerate(batch.given)}


def _plain(batch: PlainBatch, place: int, xml: bytes) -> SubmissionDocument:
    audit = batch.meta[place].get("audit", "")
    return SubmissionDocument(batch.documents[place].root, batch.who(place), lambda: parse(xml), audit, place)


def is_definition(document: SubmissionDocument) -> bool:
    """Whether it is a form, which may lie among its submissions."""
    return document.place is None and local_name(document.root.tag) == "html"
