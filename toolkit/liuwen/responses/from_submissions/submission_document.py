"""One submission that was read: with many plain ones, by the parser, or once before; all say the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from lxml import etree

from liuwen.form.model import YES
from liuwen.responses.from_submissions.instance import Identity, audit_name, identity, local_name, parse
from liuwen.responses.from_submissions.plain_batch import PlainBatch

SYNTHETIC_ATTRIBUTE = "{https://liuwen.invalid/simulate}synthetic"
"""The attribute of a submission's root that says that no real person gave it."""


@dataclass(frozen=True, slots=True)
class SubmissionDocument:
    """A submission's XML, read.

    Attributes:
        who: Who it says it is.
        tree: Gives the whole of it, parsed.
        audit: The name of its log; "" if it has none.
        synthetic: Whether it says that no real person gave it.
        anonymous: Whether it says that nobody is to know who gave it.
        place: Its number in the batch of plain ones; None if it is of none.
        kept: Its number among those kept from an earlier reading; None if it was read now.
    """

    who: Identity
    tree: Callable[[], etree._Element]
    audit: str = ""
    synthetic: bool = False
    anonymous: bool = False
    place: int | None = None
    kept: int | None = None


def parsed(root: etree._Element) -> SubmissionDocument:
    """A document that the parser read."""
    return _document(root, identity(root), lambda: root, audit_name(root))


def plain_documents(batch: PlainBatch, given: Sequence[bytes]) -> dict[int, SubmissionDocument]:
    """The documents of a batch, by their number among those given."""
    return {number: _plain(batch, place, given[number]) for place, number in enumerate(batch.given)}


def _plain(batch: PlainBatch, place: int, xml: bytes) -> SubmissionDocument:
    audit = batch.meta[place].get("audit", "")
    return _document(batch.documents[place].root, batch.who(place), partial(parse, xml), audit, place)


def _document(
    root: etree._Element, who: Identity, tree: Callable[[], etree._Element], audit: str, place: int | None = None
) -> SubmissionDocument:
    synthetic = root.get(SYNTHETIC_ATTRIBUTE) == "true"
    return SubmissionDocument(who, tree, audit, synthetic, root.get("anonymous", "").lower() in YES, place)


def is_definition(document: SubmissionDocument) -> bool:
    """Whether it is a form, which may lie among its submissions."""
    read_by_parser = document.place is None and document.kept is None
    return read_by_parser and local_name(document.tree().tag) == "html"
