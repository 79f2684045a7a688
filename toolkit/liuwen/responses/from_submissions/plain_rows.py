"""The rows of plain submissions: what a sequence of tags means is worked out once, and the texts are put in their places."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from liuwen.responses.from_submissions.plain_xml import PlainXml, tag_of
from liuwen.responses.from_submissions.raw_table import KNOWN, RawTable, Scope

_DEEPEST = 100
_MOST_SHAPES = 500
_NOTHING, _EMPTY = -1, -2
"""The places among a document's texts that hold None and ""."""
_FOR_THE_PARSER = frozenset({"entity", "base64EncryptedKey"})
"""Nodes that mean more than a value."""
Texts = Sequence[bytes | None]


class Unplain(Exception):  # noqa: N818 - no error: the parser reads the document then
    """The document holds something that only the parser can judge."""


@dataclass(frozen=True, slots=True)
class PlainRow:
    """A row that a document opens: its table, its key and its parent's, and its cells out of the document's texts."""

    table: RawTable
    key: str
    parent: str
    cells: Callable[[Texts], Texts]


@dataclass(frozen=True, slots=True)
class Shape:
    """What documents with one sequence of tags hold.

    Attributes:
        rows: Their rows.
        meta: What stands in `meta`: name and place of its text.
        strays: What the form does not know: table, key, path, and the place of its text.
    """

    rows: tuple[PlainRow, ...]
    meta: dict[str, int]
    strays: tuple[tuple[RawTable, str, str, int], ...]


class Shapes:
    """The shapes of the documents laid out as one version is."""

    def __init__(self, top: Scope) -> None:
        self._top = _Steps(top)
        self._known: dict[bytes, Shape] = {}

    def of(self, document: PlainXml) -> Shape:
        """The document's shape; raises `Unplain` where the parser has to judge."""
        written = b"<".join(document.tags)
        shape = self._known.get(written)
        if shape is None:
            shape = _Reading(self._top).shape(document.tags)
            if len(self._known) < _MOST_SHAPES:
                self._known[written] = shape
        return shape


_COLUMN, _BELOW, _UNKNOWN, _IS_READ = range(4)


@dataclass(slots=True)
class _Step:
    """What an opening tag leads to: a column by its number, what stands below a group or a repeat, or nothing known."""

    kind: int
    name: str
    closing: bytes
    """The tag that has to follow; b"" where the tag closes itself."""
    number: int = 0
    below: "_Steps | None" = None


class _Steps(dict[bytes, _Step]):
    """What stands below one node, by tags as they are written, each looked up in the scope once."""

    __slots__ = ("path", "scope")

    def __init__(self, scope: Scope, path: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.scope = scope
        self.path = path

    def __missing__(self, between: bytes) -> _Step:
        tag = tag_of(between.decode())
        if tag is None or not tag.opens or tag.name in _FOR_THE_PARSER:
            raise Unplain
        closing = b"" if tag.closes else f"/{tag.written}".encode()
        step = self.scope.below.get(tag.name)
        if isinstance(step, Scope):
            self[between] = _Step(_BELOW, tag.name, closing, below=_Steps(step, (*self.path, tag.name)))
        elif step is None or step == KNOWN:
            self[between] = _Step(_UNKNOWN if step is None else _IS_READ, tag.name, closing)
        else:
            self[between] = _Step(_COLUMN, tag.name, closing, step)
        return self[between]


@dataclass(slots=True)
class _Place:
    """Where a reading stands: what is known below, the row that is filled, its key, and how many of each repeat it has."""

    steps: _Steps
    row: list[int]
    key: str
    counts: dict[str, int]
    closing: bytes = b""
    """The tag that closes it."""


@dataclass(slots=True)
class _Reading:
    """One pass over the tags of a document."""

    top: _Steps
    rows: list[tuple[RawTable, str, str, list[int]]] = field(default_factory=list)
    meta: dict[str, int] = field(default_factory=dict)
    strays: list[tuple[RawTable, str, str, int]] = field(default_factory=list)
    _has_meta: bool = False

    def shape(self, tags: Sequence[bytes]) -> Shape:
        """The shape; raises `Unplain` where the parser has to judge."""
        place = self._opened(self.top, "", "")
        above: list[_Place] = []
        at, last = 0, len(tags) - 1  # the last one closes the root
        while at < last:
            between = tags[at]
            if above and between == place.closing:
                place, at = above.pop(), at + 1
                continue
            step = place.steps[between]
            is_leaf = not step.closing or tags[at + 1] == step.closing
            if is_leaf:
                self._leaf(place, step, at if step.closing else _EMPTY)
                at += 2 if step.closing else 1
            elif step.kind == _BELOW and len(above) < _DEEPEST:
                above.append(place)
                place = self._entered(place, step)
                at += 1
            else:
                raise Unplain
        if above or at != last:
            raise Unplain
        rows = tuple(PlainRow(table, key, parent, _getter(row)) for table, key, parent, row in self.rows)
        return Shape(rows, self.meta, tuple(self.strays))

    def _leaf(self, place: _Place, step: _Step, at: int) -> None:
        """A node that holds nothing but a text, which stands at `at`."""
        if step.kind == _COLUMN:
            if place.row[step.number] != _NOTHING:
                raise Unplain
            place.row[step.number] = at
        elif step.kind == _BELOW:
            self._entered(place, step)
        elif step.kind == _UNKNOWN:
            self.strays.append((place.steps.scope.table, place.key, "/".join((*place.steps.path, step.name)), at))
        if place.steps.path == ("meta",):
            self.meta.setdefault(step.name, at)

    def _opened(self, steps: _Steps, key: str, parent: str) -> _Place:
        row = [_NOTHING] * len(steps.scope.table.table.columns)
        self.rows.append((steps.scope.table, key, parent, row))
        return _Place(steps, row, key, {})

    def _entered(self, place: _Place, step: _Step) -> _Place:
        """The place below a group, or in the new row of a repeat or an unlinked section."""
        below = step.below
        assert below is not None, "a step of this kind leads somewhere"
        if below.path == ("meta",):
            if self._has_meta:
                raise Unplain
            self._has_meta = True
        table = below.scope.table
        if table is place.steps.scope.table:
            return _Place(below, place.row, place.key, place.counts, step.closing)
        name = table.table.name
        place.counts[name] = number = place.counts.get(name, 0) + 1
        inside = self._opened(below, f"{place.key}/{name}[{number}]".lstrip("/"), place.key)
        inside.closing = step.closing
        return inside


def _getter(places: list[int]) -> Callable[[Texts], Texts]:
    if len(places) > 1:
        return itemgetter(*places)
    return lambda texts: [texts[place] for place in places]
