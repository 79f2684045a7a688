"""Reads submissions as phones write them, without building a tree: tags and texts, no comments, entities or odd attributes.

Whatever else XML may hold makes it give up, and the parser reads the document. It takes nothing that the parser would refuse, and
says nothing else than the parser would.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from liuwen.responses.from_submissions.instance import InstanceError, local_name, parse

_LARGEST = 1024 * 1024
_SIGNS = bytes(code for code in range(32) if code not in b"\t\n") + b"<>&"
"""Where tags begin and end; and what makes a document unlike the plain ones: controls (the carriage return too, which parsers
change) and references."""
_SPACE = b" \t\n"
_OTHERS = bytes(set(range(256)) - set(_SIGNS))
_PROLOG = re.compile(rb"""\?xml version=(?:"1\.0"|'1\.0')(?: encoding=(?:"(?i:utf-8)"|'(?i:utf-8)'))? ?\?""")
_NAME = r"[A-Za-z_\u3400-\u9fff][A-Za-z0-9_.\-\u3400-\u9fff]{0,999}"
_QUALIFIED = re.compile(rf"(?![Xx][Mm][Ll])(?:{_NAME}:)?({_NAME})")
_ADDRESS = r"(?!http://www\.w3\.org/(?:2000/xmlns|XML/1998))https?://[A-Za-z0-9.\-]{1,99}(?:/[A-Za-z0-9._~/\-]{0,99})?"
"""A namespace that the parser takes without a warning."""
_ATTRIBUTE = rf"""[ \t\n]+xmlns(?::(?![Xx][Mm][Ll])[A-Za-z][A-Za-z0-9_]{{0,99}})?=(?:"{_ADDRESS}"|'{_ADDRESS}')"""
_TAG = re.compile(rf"(/?)([^\s/]+)((?:{_ATTRIBUTE})?)[ \t\n]*(/?)")


@dataclass(frozen=True, slots=True)
class Tag:
    """What a tag says: a name as it is written, and one without its prefix."""

    written: str
    name: str
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class PlainXml:
    """A plain document.

    Attributes:
        root: The root with its attributes, and nothing below it.
        body: What stands between the root's tags.
    """

    root: etree._Element
    body: bytes = field(repr=False)


def plain_xml(data: bytes) -> PlainXml | None:
    """The document, if it is plain; None if the parser has to read it."""
    if not _is_plain(data):
        return None
    begins = _after_prolog(data)
    opened, closing = data.find(b">", begins), data.rfind(b"<")
    if not 0 <= begins < opened < closing:
        return None
    opening = data[begins + 1 : opened]
    between, rest = data[closing + 1 :].split(b">")
    root = None if rest.strip(_SPACE) else _root(opening)
    if root is None or between.rstrip(_SPACE) != b"/" + _written_name(opening):
        return None
    return PlainXml(root, data[opened + 1 : closing])


def _after_prolog(data: bytes) -> int:
    """Where the root begins; -1 if something else stands before it."""
    if not data.startswith(b"<?"):
        return 0
    ends = data.index(b">")
    begins = data.find(b"<", ends)
    is_prolog = _PROLOG.fullmatch(data, 1, ends) and not data[ends + 1 : begins].strip(_SPACE)
    return begins if is_prolog else -1


def _is_plain(data: bytes) -> bool:
    """Whether it is UTF-8 that XML allows, with an end for every beginning of a tag."""
    signs = data.translate(None, _OTHERS)
    if len(data) > _LARGEST or data[:1] != b"<" or signs != b"<>" * (len(signs) // 2):
        return False
    if data.isascii():
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return b"\xef\xbf\xbe" not in data and b"\xef\xbf\xbf" not in data


def _written_name(opening: bytes) -> bytes:
    return opening.split(None, 1)[0] if opening[:1].strip() else b""


@lru_cache(maxsize=256)
def _root(opening: bytes) -> etree._Element | None:
    """Parse the root tag alone; None if the document is not plain."""
    if opening.endswith(b"/") or not _QUALIFIED.fullmatch(_written_name(opening).decode()):
        return None
    try:
        root = parse(b"<%b/>" % opening)
    except InstanceError:
        return None
    return None if local_name(root.tag) == "html" or "encrypted" in root.attrib else root


@lru_cache(maxsize=4096)
def tag_of(between: str) -> Tag | None:
    """What a tag says by what stands between its angle brackets; None if it is not plain.

    >>> tag_of("/orx:meta").name, tag_of("1st")
    ('meta', None)
    """
    found = _TAG.fullmatch(between)
    known = _QUALIFIED.fullmatch(found[2]) if found else None
    if found is None or known is None:
        return None
    closing, name, attribute, empty = found.groups()
    if closing and (empty or attribute):
        return None
    return Tag(name, known[1], opens=not closing, closes=bool(closing or empty))
