"""Reads submissions as phones write them, without building a tree: tags and texts, no comments, entities or odd attributes.

Whatever else XML may hold makes it give up, and the parser reads the document. It takes nothing that the parser would refuse, and
says nothing else than the parser would.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from liuwen.responses.from_submissions.instance import InstanceError, local_name, parse

Node = tuple[str, str, str]

_LARGEST = 1024 * 1024
_TOKEN = re.compile(r"<([^\s<>/?!=\"']+)>([^<>]*)</\1>|<([^<>]*)>")
"""A node with its text, or any other tag."""
_PROLOG = re.compile(r"""<\?xml version=(?:"1\.0"|'1\.0')(?: encoding=(?:"utf-8"|'utf-8'))? ?\?>[ \t\n]*""", re.IGNORECASE)
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n")
"""What XML does not allow, and the carriage return, which parsers change."""
_NAME = r"[A-Za-z_\u3400-\u9fff][A-Za-z0-9_.\-\u3400-\u9fff]*"
_QUALIFIED = re.compile(rf"(?![Xx][Mm][Ll])(?:{_NAME}:)?({_NAME})")
_ADDRESS = r"(?!http://www\.w3\.org/(?:2000/xmlns|XML/1998))[!#-%(-;=?-~]+"
_ATTRIBUTE = rf"""[ \t\n]+xmlns(?::(?![Xx][Mm][Ll])[A-Za-z][A-Za-z0-9_]*)?=(?:"{_ADDRESS}"|'{_ADDRESS}')"""
_TAG = re.compile(rf"(/?)(\S+?)((?:{_ATTRIBUTE})?)[ \t\n]*(/?)")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that is not one of a pair around a text, with its name as it is written."""

    name: str
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class PlainXml:
    """A plain document.

    Attributes:
        root: The root with its attributes, and nothing below it.
        nodes: What stands in it, in document order: name and text of a node with a text, else ("", "", what a tag says).
    """

    root: etree._Element
    nodes: list[Node] = field(repr=False)


def plain_xml(data: bytes) -> PlainXml | None:
    """The document, if it is plain; None if the parser has to read it."""
    text = _decoded(data)
    if not text:
        return None
    prolog = _PROLOG.match(text)
    start = prolog.end() if prolog else 0
    nodes: list[Node] = _TOKEN.findall(text, start)
    if len(nodes) < 2 or text[start] != "<" or text[-1] != ">" or not _is_whole(text, start, nodes):
        return None
    opening, closing = nodes[0][2], nodes.pop()[2]
    root = _root(opening) if opening else None
    if root is None or closing.rstrip(" \t\n") != f"/{_written_name(opening)}":
        return None
    del nodes[0]
    return PlainXml(root, nodes)


def _decoded(data: bytes) -> str | None:
    if len(data) > _LARGEST or b"&" in data or b"<!" in data or len(data.translate(None, _CONTROLS)) != len(data):
        return None
    try:
        text = data.decode().rstrip(" \t\n")
    except UnicodeDecodeError:
        return None
    return text if data.isascii() or not ("\ufffe" in text or "\uffff" in text) else None


def _is_whole(text: str, start: int, nodes: list[Node]) -> bool:
    """Whether every sign that begins or ends a tag belongs to one of the nodes."""
    pairs = len(nodes) - [name for name, _, _ in nodes].count("")
    return text.count("<", start) == len(nodes) + pairs == text.count(">", start)


def _written_name(opening: str) -> str:
    return opening.split(None, 1)[0]


@lru_cache(maxsize=256)
def _root(opening: str) -> etree._Element | None:
    """The root alone; None where the parser has to read it."""
    if opening.endswith("/") or opening[0].isspace() or not _QUALIFIED.fullmatch(_written_name(opening)):
        return None
    try:
        root = parse(f"<{opening}/>".encode())
    except InstanceError:
        return None
    return None if local_name(root.tag) == "html" or "encrypted" in root.attrib else root


@lru_cache(maxsize=4096)
def tag_of(written: str) -> Tag | None:
    """What a tag says by what stands between its angle brackets; None if it is not plain."""
    found = _TAG.fullmatch(written)
    if found is None or not _QUALIFIED.fullmatch(found[2]):
        return None
    closing, name, attribute, empty = found.groups()
    if closing and (empty or attribute):
        return None
    return Tag(name, opens=not closing, closes=bool(closing or empty))


def plain_name(written: str) -> str | None:
    """The name without its prefix; None if it is not plain.

    >>> plain_name("orx:meta"), plain_name("1st")
    ('meta', None)
    """
    found = _QUALIFIED.fullmatch(written)
    return found[1] if found else None
