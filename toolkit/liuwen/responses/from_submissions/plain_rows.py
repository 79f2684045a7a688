"""The rows of a plain submission, found in one pass over its tags."""

from dataclasses import dataclass, field

from liuwen.responses.from_submissions.plain_xml import PlainXml, plain_name, tag_of
from liuwen.responses.from_submissions.raw_table import KNOWN, NOT_ASKED, Cell, RawTable, Scope

_DEEPEST = 100
_FOR_THE_PARSER = frozenset({"entity", "base64EncryptedKey"})
"""Nodes that mean more than a value."""


class Unplain(Exception):  # noqa: N818 - no error: the parser reads the document then
    """The document holds something that only the parser can judge."""


class Steps(dict[str, "int | Steps | None"]):
    """What stands below one node, by name as it is written: looked up in the scope once for each. None: nothing is known of it."""

    __slots__ = ("path", "scope")

    def __init__(self, scope: Scope, path: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.scope = scope
        self.path = path

    def __missing__(self, written: str) -> "int | Steps | None":
        name = plain_name(written)
        if name is None or name in _FOR_THE_PARSER:
            raise Unplain
        below = self.scope.below.get(name)
        self[written] = step = Steps(below, (*self.path, name)) if isinstance(below, Scope) else below
        return step


@dataclass(slots=True)
class PlainRows:
    """What a submission holds: its rows with their keys and their parents' keys, its `meta`, and what the form does not know."""

    rows: list[tuple[RawTable, list[Cell], str, str]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    strays: list[tuple[RawTable, str, str, str]] = field(default_factory=list)
    """Table, key, path and value."""


@dataclass(slots=True)
class _Place:
    """Where the reading stands: what is known below, the row that is filled, its key, and how many of each repeat it has."""

    steps: Steps
    row: list[Cell]
    key: str
    counts: dict[str, int]
    name: str = ""
    """The tag that has to close it."""


def plain_rows(document: PlainXml, top: Steps) -> PlainRows:
    """The rows of a document laid out as `top` says; raises `Unplain` where the parser has to judge."""
    found = PlainRows()
    place = _opened(found, top, "", "")
    above: list[_Place] = []
    steps, row, just_opened = place.steps, place.row, False
    for name, value, tag in document.nodes:
        if name:
            step = steps[name]
            if step.__class__ is int:
                if step >= 0:  # type: ignore[operator]
                    if row[step] is not NOT_ASKED:  # type: ignore[index]
                        raise Unplain
                    row[step] = "" if value.isspace() else value  # type: ignore[index]
            else:
                _leaf(found, place, step, name, value)
            if steps.path == ("meta",):
                found.meta.setdefault(plain_name(name) or "", value.strip())
            just_opened = False
            continue
        what = tag_of(tag)
        if what is None:
            raise Unplain
        if not what.opens:
            if just_opened or not above or place.name != what.name:
                raise Unplain
            place = above.pop()
        elif what.closes:
            _empty(found, place, what.name)
        else:
            above.append(place)
            place = _entered(found, place, what.name, len(above))
        steps, row, just_opened = place.steps, place.row, what.opens and not what.closes
    if above or just_opened:
        raise Unplain
    return found


def _opened(found: PlainRows, steps: Steps, key: str, parent: str) -> _Place:
    row = steps.scope.table.blank_row()
    found.rows.append((steps.scope.table, row, key, parent))
    return _Place(steps, row, key, {})


def _leaf(found: PlainRows, place: _Place, step: "Steps | None", name: str, value: str) -> None:
    """A node with nothing but a text that is no column: an empty group or repeat, or nothing that the form knows."""
    if isinstance(step, Steps):
        _entered(found, place, name, 0)
    elif value and not value.isspace():
        field_path = "/".join((*place.steps.path, plain_name(name) or ""))
        found.strays.append((place.steps.scope.table, place.key, field_path, value))


def _empty(found: PlainRows, place: _Place, name: str) -> None:
    step = place.steps[name]
    if isinstance(step, Steps):
        _entered(found, place, name, 0)
    elif step is not None and step != KNOWN:
        if place.row[step] is not NOT_ASKED:
            raise Unplain
        place.row[step] = ""
    if place.steps.path == ("meta",):
        found.meta.setdefault(plain_name(name) or "", "")


def _entered(found: PlainRows, place: _Place, name: str, depth: int) -> _Place:
    """The place below a group, or in the new row of a repeat or an unlinked section."""
    step = place.steps[name]
    if not isinstance(step, Steps) or depth > _DEEPEST:
        raise Unplain
    if step.path == ("meta",):
        if "" in found.meta:
            raise Unplain
        found.meta[""] = name
    if step.scope.table is place.steps.scope.table:
        return _Place(step, place.row, place.key, place.counts, name)
    table = step.scope.table.table.name
    place.counts[table] = number = place.counts.get(table, 0) + 1
    inside = _opened(found, step, f"{place.key}/{table}[{number}]".lstrip("/"), place.key)
    inside.name = name
    return inside
