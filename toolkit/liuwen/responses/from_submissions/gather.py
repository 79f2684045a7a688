"""A submission's answers, gathered into the rows of the tables they belong to, in one pass over its XML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from lxml import etree

from liuwen.responses.from_submissions.instance import is_template, local_name
from liuwen.responses.from_submissions.plain_rows import Shape, Shapes
from liuwen.responses.from_submissions.plain_xml import PlainXml
from liuwen.responses.from_submissions.raw_table import ASKED_BLANK, KNOWN, NOT_ASKED, Cell, RawTable, Scope
from liuwen.responses.plan import MAIN, Table, TablePlan
from liuwen.responses.versions import VersionLayout

StrayReason = Literal["field", "system", "split"]
"""No such question; an exporter's own column; a second column of a question that says otherwise."""


@dataclass(frozen=True, slots=True)
class Stray:
    """Something a submission holds that the form does not know."""

    submission: int | None
    """The submission, numbered in reading order; None in an unlinked section."""
    table: str
    key: str
    field: str
    value: str
    reason: StrayReason = "field"


@dataclass(frozen=True, slots=True)
class EntityRow:
    """One entity that a submission creates or updates."""

    submission: int
    table: str
    key: str
    attributes: dict[str, str]
    label: str


_KNOWN_TO_SERVERS = (
    ("meta", "instanceID"),
    ("meta", "instanceName"),
    ("meta", "deprecatedID"),
    ("formhub", "uuid"),
    ("__version__",),
)


class Gatherer:
    """Takes submissions in one after another; `tables`, `strays` and `entities` hold what was gathered."""

    def __init__(self, plan: TablePlan, layouts: Mapping[str, VersionLayout], others: VersionLayout) -> None:
        self.tables = {name: RawTable(table) for name, table in plan.tables.items()}
        self.strays: list[Stray] = []
        self.entities: list[EntityRow] = []
        self.count = 0
        self._tops = {version: _scopes(layout, self.tables) for version, layout in layouts.items()}
        self._others = _scopes(others, self.tables)
        self._shapes: dict[str | None, Shapes] = {}

    def shape(self, document: PlainXml, version: str) -> Shape:
        """What a plain submission of a version holds; raises `Unplain` where the parser has to judge."""
        known = version if version in self._tops else None
        if known not in self._shapes:
            self._shapes[known] = Shapes(self._tops.get(version, self._others))
        return self._shapes[known].of(document)

    def take_plain(self, shape: Shape, texts: "list[bytes | None]") -> None:
        """Gather one plain submission."""
        for row in shape.rows:
            row.table.add(row.cells(texts), self.count, row.key, row.parent)
        for table, key, path, place in shape.strays:
            value = (texts[place] or b"").decode()
            if value and not value.isspace():
                self._keep_stray(table.table, key, path, value)
        self.count += 1

    def take(self, root: etree._Element, version: str) -> None:
        """Gather one submission, laid out as `version` is, or as `others` where that is not known."""
        self._open(root, self._tops.get(version, self._others), "", "")
        self.count += 1

    def absorb(self, tables: Mapping[str, RawTable], strays: Sequence[Stray], count: int) -> None:
        """Add `count` submissions that were gathered elsewhere."""
        for name, table in tables.items():
            self.tables[name].extend(table, self.count)
        moved = (
            stray if stray.submission is None else replace(stray, submission=self.count + stray.submission) for stray in strays
        )
        self.strays += moved
        self.count += count

    def _open(self, node: etree._Element, scope: Scope, key: str, parent: str) -> None:
        row = scope.table.blank_row()
        scope.table.add(row, self.count, key, parent)
        self._fill(node, scope, row, key, {})

    def _fill(self, node: etree._Element, scope: Scope, row: list[Cell], key: str, counts: dict[str, int]) -> None:
        below = scope.below
        for child in node:
            tag = child.tag
            step = below.get(tag)
            if step is None:
                step = below.get(local_name(tag))
                if step is None:
                    self._stray(child, scope, key)
                    continue
                below[tag] = step
            if isinstance(step, int):
                if step != KNOWN and (row[step] is not NOT_ASKED or len(child)):
                    self._stray(child, scope, key)
                elif step != KNOWN:
                    text = child.text
                    row[step] = ASKED_BLANK if text is None or text.isspace() else text
            elif step.table is scope.table:
                self._fill(child, step, row, key, counts)
            elif not is_template(child):
                name = step.table.table.name
                counts[name] = counts.get(name, 0) + 1
                self._open(child, step, f"{key}/{name}[{counts[name]}]".lstrip("/"), key)

    def _stray(self, node: etree._Element, scope: Scope, key: str) -> None:
        """Keep what the form does not know: entities as such, and every other value with its path."""
        table = scope.table.table
        declared = [] if table.unlinked else [entity for entity in node.iter("{*}entity") if _is_in_meta(entity)]
        for entity in declared:
            says = {str(name): str(value) for name, value in entity.attrib.items()}
            self.entities.append(EntityRow(self.count, table.name, key, says, (entity.findtext("{*}label") or "").strip()))
        of_entities = {part for entity in declared for part in entity.iter()}
        for leaf in node.iter():
            if len(leaf) == 0 and leaf.text and not leaf.text.isspace() and leaf not in of_entities:
                self._keep_stray(table, key, _path(leaf), leaf.text)

    def _keep_stray(self, table: Table, key: str, path: str, value: str) -> None:
        linked = not table.unlinked
        self.strays.append(Stray(self.count if linked else None, table.name, key if linked else "", path, value))


def _is_in_meta(node: etree._Element) -> bool:
    """Whether it stands where entities are declared (ODK entities specification)."""
    above = node.getparent()
    return above is not None and local_name(above.tag) == "meta"


def _path(node: etree._Element) -> str:
    names = [local_name(node.tag), *(local_name(above.tag) for above in node.iterancestors())]
    return "/".join(reversed(names[:-1]))


def _scopes(layout: VersionLayout, tables: Mapping[str, RawTable]) -> Scope:
    top = Scope(tables[MAIN])
    aside = RawTable(Table("", unlinked=True))

    def at(path: tuple[str, ...]) -> Scope:
        scope = top
        for depth, name in enumerate(path, start=1):
            here = path[:depth]
            table = aside if here in layout.apart else tables[layout.openings[here]] if here in layout.openings else scope.table
            step = scope.below.get(name)
            if not isinstance(step, Scope):  # in a faulty form a question may have a group's name
                step = scope.below[name] = Scope(table)
            scope = step
        return scope

    for known in _KNOWN_TO_SERVERS:
        at(known[:-1]).below[known[-1]] = KNOWN
    for path in (*layout.openings, *layout.apart):
        at(path)
    for path, column in layout.columns.items():
        at(path[:-1]).below.setdefault(path[-1], tables[column.table].table.columns.index(column))
    for path in layout.withheld:
        at(path[:-1]).below[path[-1]] = KNOWN
    return top
