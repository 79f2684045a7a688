"""The tags of many plain documents as arrays, so that thousands of them are taken apart by a few operations on columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from liuwen.responses.from_submissions.plain_xml import Tag, tag_of

_DEEPEST = 100
_FOR_THE_PARSER = frozenset({"entity", "base64EncryptedKey"})
"""Nodes that mean more than a value."""
_ODD = 9
_DIFFERENCE = ord("<") ^ ord(">")
"""The one bit by which the brackets differ."""
Numbers = np.ndarray[Any, np.dtype[Any]]


class OddDocuments(Exception):  # noqa: N818 - no error: the parser reads those documents then
    """Some documents hold something that only the parser can judge; `which` are their numbers."""

    def __init__(self, which: Numbers) -> None:
        super().__init__()
        self.which = frozenset(which.tolist())


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of some documents, an entry a node, in document order.

    Attributes:
        document: The document it stands in.
        level: How deep it stands; 1 is directly below the root.
        name: The number of its name among `names`.
        names: The names without prefixes.
        is_leaf: Whether no node stands in it.
        text: The number of its text among `pieces`; only of leaves.
        pieces: The texts, in UTF-8.
        documents: How many documents there are.
    """

    document: Numbers
    level: Numbers
    name: Numbers
    names: tuple[str, ...]
    is_leaf: Numbers
    text: Numbers
    pieces: Any
    documents: int

    def __len__(self) -> int:
        return len(self.document)


def nodes_of(bodies: Sequence[bytes]) -> Nodes:
    """The nodes of documents, of which is given what stands between the tags of their roots.

    Raises `OddDocuments` where tags are not plain, not balanced, or too deep.
    """
    whole = b"".join(bodies)
    signs = np.frombuffer(whole, np.uint8)
    brackets = np.flatnonzero((signs | _DIFFERENCE) == ord(">"))
    pieces = _pieces(whole, brackets)
    tags = len(brackets) // 2
    ends = np.searchsorted(brackets, np.cumsum([len(body) for body in bodies])) // 2
    document = np.repeat(np.arange(len(bodies), dtype=np.int32), np.diff(ends, prepend=0))
    encoded = pieces.take(pa.array(np.arange(0, 2 * tags, 2))).dictionary_encode()
    codes = encoded.indices.to_numpy()
    known = [tag_of(between[1:-1].decode()) for between in encoded.dictionary.to_pylist()]
    kind = np.array([_kind(tag) for tag in known], np.int8)[codes]
    _refuse(document[kind == _ODD])
    level = _levels(kind, document, len(bodies))
    written, _ = _numbered([tag.written if tag else "" for tag in known])
    _refuse(document[_unmatched(kind, level, written[codes])])
    name, names = _numbered([tag.name if tag else "" for tag in known])
    at = np.flatnonzero(kind >= 0).astype(np.int32)
    closes_itself = kind[at] == 0
    is_leaf = closes_itself | (kind[np.minimum(at + 1, len(kind) - 1)] == -1)
    text = np.where(closes_itself, 2 * tags, 2 * at + 1)
    return Nodes(document[at], level[at], name[codes][at], names, is_leaf, text, pieces, len(bodies))


def _pieces(whole: bytes, brackets: Numbers) -> Any:
    """Tags with their brackets and the texts that follow them, in turn, and an empty text after all; nothing is copied."""
    bounds = np.full(len(brackets) + 2, len(whole), np.int32)
    bounds[:-2] = brackets
    bounds[1:-1:2] += 1
    return pa.Array.from_buffers(pa.binary(), len(bounds) - 1, [None, pa.py_buffer(bounds), pa.py_buffer(whole)])


def _kind(tag: Tag | None) -> int:
    """1: opens a node, -1: closes one, 0: does both."""
    if tag is None or tag.name in _FOR_THE_PARSER:
        return _ODD
    return int(tag.opens) - int(tag.closes)


def _numbered(texts: list[str]) -> tuple[Numbers, tuple[str, ...]]:
    different = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    return np.array([different[text] for text in texts], np.int32), tuple(different)


def _levels(kind: Numbers, document: Numbers, documents: int) -> Numbers:
    """How deep each tag's node stands in its document."""
    after = np.cumsum(kind, dtype=np.int32)
    bounds = np.searchsorted(document, np.arange(documents + 1))
    depth_before = np.concatenate([np.zeros(1, np.int32), after])[bounds]
    _refuse(np.flatnonzero(np.diff(depth_before)))
    level = after - depth_before[document] + (kind <= 0)
    _refuse(document[(level < 1) | (level > _DEEPEST)])
    shallow: Numbers = level.astype(np.int8)
    return shallow


def _unmatched(kind: Numbers, level: Numbers, written: Numbers) -> Numbers:
    """The tags that are closed by another name: at once for most, and on each level, opening and closing tags take turns."""
    at_once = (kind[:-1] == 1) & (kind[1:] == -1)
    halves = kind != 0
    halves[:-1] &= ~at_once
    halves[1:] &= ~at_once
    apart = np.flatnonzero(halves)
    turns = apart[np.argsort(level[apart], kind="stable")]
    opening, closing = turns[0::2], turns[1::2]
    odd = at_once & (written[:-1] != written[1:])
    return np.concatenate([np.flatnonzero(odd), opening[written[opening] != written[closing]]])


def _refuse(documents: Numbers) -> None:
    if len(documents):
        raise OddDocuments(np.unique(documents))
