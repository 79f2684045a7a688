"""One submission that was read, either way: plain, or by the parser; both say the same."""

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from liuwen.responses.from_submissions.gather import Gatherer
from liuwen.responses.from_submissions.instance import Identity, identity, identity_of, local_name, parse
from liuwen.responses.from_submissions.plain_rows import Shape, Unplain
from liuwen.responses.from_submissions.plain_xml import plain_xml
from liuwen.responses.versions import plain_version


@dataclass(frozen=True, slots=True)
class SubmissionDocument:
    """A submission's XML, read.

    Attributes:
        root: Its root; of a plain one without what stands below it.
        who: Who it says it is.
    """

    root: etree._Element
    who: Identity
    tree: Callable[[], etree._Element]
    """The whole of it, parsed."""
    plain: "tuple[Shape, list[bytes | None]] | None" = None
    """What it holds, if it is plain."""

    def gather(self, gatherer: Gatherer, version: str) -> None:
        """Add its rows to what was gathered."""
        if self.plain is None:
            gatherer.take(self.root, version)
        else:
            gatherer.take_plain(*self.plain)


def read_document(data: bytes, gatherer: Gatherer) -> SubmissionDocument:
    """The document, laid out as its version is; raises `InstanceError` where it is not well-formed."""
    return _plainly(data, gatherer) or parsed(parse(data))


def parsed(root: etree._Element) -> SubmissionDocument:
    """A document that the parser read."""
    return SubmissionDocument(root, identity(root), lambda: root)


def is_definition(document: SubmissionDocument) -> bool:
    """Whether it is a form, which may lie among its submissions."""
    return document.plain is None and local_name(document.root.tag) == "html"


def _plainly(data: bytes, gatherer: Gatherer) -> SubmissionDocument | None:
    plain = plain_xml(data)
    if plain is None:
        return None
    try:
        shape = gatherer.shape(plain, plain_version(plain.root.get("version") or ""))
    except Unplain:
        return None
    told = {name: (plain.texts[place] or b"").decode().strip() for name, place in shape.meta.items()}
    return SubmissionDocument(plain.root, identity_of(plain.root, told), lambda: parse(data), (shape, plain.texts))
