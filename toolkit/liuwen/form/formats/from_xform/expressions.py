"""Replaces paths in an XForm's expressions by the `${name}` of an XLSForm."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from liuwen.form.formats.from_xform.document import Document, Node

_NAME = r"[\w.-]+"
_STEPS = rf"(?:/{_NAME})+"
_TOKEN = re.compile(
    rf"""
    (?P<text>"[^"]*"|'[^']*')
    | (?P<saved>instance\(\s*['"]__last-saved['"]\s*\)\s*(?P<saved_path>{_STEPS}))
    | (?P<path>current\(\)(?:/\.\.)+{_STEPS}|\.\.(?:/\.\.)*{_STEPS}|{_STEPS})
    | (?P<bracket>[\[\]])
    | {_NAME} | .
    """,
    re.VERBOSE | re.DOTALL,
)
_WHOLE_REPEAT = re.compile(r"\b(sum|count|count-non-empty|min|max|join|indexed-repeat|position)\s*\(")


class Piece(NamedTuple):
    """A part of an expression: unchanged text, or a reference that replaces a path."""

    text: str
    is_reference: bool = False


class References:
    """Finds the node that each name refers to."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.by_name: dict[str, list[Node]] = {}
        for node in document.tree.walk():
            self.by_name.setdefault(node.name, []).append(node)

    def restored(self, expression: str, context: str) -> str:
        """Replace each path by `${name}` if the name is unambiguous; `context` is the path of the expression.

        A path without an equivalent name, such as to another record of the same repeat, is not changed.
        """
        pieces = list(self._pieces(expression, context))
        if not any(piece.is_reference for piece in pieces):
            return expression.strip()
        return _joined(pieces)

    def name_of(self, path: str) -> str | None:
        """The name of the node at `path`, if it is unambiguous."""
        node = self.document.by_path.get(path)
        return node.name if node and node.parent and len(self.by_name[node.name]) == 1 else None

    def _pieces(self, expression: str, context: str) -> Iterator[Piece]:
        depth = 0
        for match in _TOKEN.finditer(expression):
            if match["bracket"]:
                depth += 1 if match[0] == "[" else -1
            name = None
            if match["saved"]:
                name = self.name_of(match["saved_path"])
                name = name and f"last-saved#{name}"
            elif match["path"] and not _is_part_of_a_path(expression, match.start(), match.end()):
                name = self._equivalent_name(match[0], context, expression, in_predicate=depth > 0)
            yield Piece(f"${{{name}}}", True) if name else Piece(match[0])

    def _equivalent_name(self, path: str, context: str, expression: str, *, in_predicate: bool) -> str | None:
        """The name equivalent to `path` in this context: inside a repeat, a name refers to the current record."""
        target = self.document.resolved(path, context)
        name = self.name_of(target)
        if name is None or (path.startswith("..") and in_predicate):
            return None
        if not self._share_a_repeat(target, context):
            return name
        if path.startswith("/"):
            return None if in_predicate or _WHOLE_REPEAT.search(expression) else name
        return None if "indexed-repeat" in expression else name

    def _share_a_repeat(self, target: str, context: str) -> bool:
        here = self.document.by_path.get(context)
        there = self.document.by_path[target]
        ours = {
            *(here.repeats if here else _repeats_above(self.document, context)),
            *([context] if here and here.is_repeat else []),
        }
        return bool(ours & {*there.repeats, *([target] if there.is_repeat else [])})


def _repeats_above(document: Document, path: str) -> list[str]:
    """The repeats around a path that is not a question, such as an entity's label."""
    while path and path not in document.by_path:
        path = path.rpartition("/")[0]
    node = document.by_path.get(path)
    return [*node.repeats, *([path] if node.is_repeat else [])] if node else []


def _is_part_of_a_path(expression: str, start: int, end: int) -> bool:
    """Whether the match is part of a longer path, or is followed by something that cannot follow a name."""
    before = expression[start - 1] if start else " "
    return before.isalnum() or before in ")]/._:" or expression[end:].lstrip().startswith(("[", "/", ":"))


def _joined(pieces: list[Piece]) -> str:
    """Join the parts without the spaces that pyxform adds around each path."""
    text = ""
    after_reference = False
    for piece in pieces:
        if piece.is_reference:
            text = text.rstrip(" ")
            text += piece.text if not text or text.endswith(("(", "[")) else f" {piece.text}"
        elif after_reference and not piece.text.strip(" "):
            continue
        elif after_reference and not piece.text.startswith((")", "]", ",")):
            text += f" {piece.text}"
        else:
            text += piece.text
        after_reference = piece.is_reference
    return text.strip()
