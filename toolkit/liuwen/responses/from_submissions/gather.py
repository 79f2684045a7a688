"""A submission's answers, gathered into the rows of the tables they belong to, in one pass over its XML."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pyarrow as pa
from lxml import etree

from liuwen.responses.from_submissions.instance import is_template, local_name
from liuwen.responses.from_submissions.pack import EntityRow, Pack, Stray
from liuwen.responses.from_submissions.plain_batch import BatchRows, PlainBatch, plain_batch
from liuwen.responses.from_submissions.raw_table import ASKED_BLANK, KNOWN, NOT_ASKED, Cell, RawTable, Scope
from liuwen.responses.plan import MAIN, Table, TablePlan
from liuwen.responses.versions import VersionLayout

_OF_SERVERS = frozenset({"meta", "formhub"})
_KNOWN_TO_SERVERS = (
    ("meta", "instanceID"),
    ("meta", "instanceName"),
    ("meta", "deprecatedID"),
    ("formhub", "uuid"),
    ("__version__",),
)


class Gatherer:
    """Takes submissions in one after another; `taken_out` gives what was gathered of them."""

    def __init__(self, plan: TablePlan, layouts: Mapping[str, VersionLayout], others: VersionLayout) -> None:
        self.count = 0
        self._tables = {name: RawTable(table) for name, table in plan.tables.items()}
        self._strays: list[tuple[int, Stray]] = []
        self._entities: list[EntityRow] = []
        self._tops = {version: _scopes(layout, self._tables) for version, layout in layouts.items()}
        self._others = _scopes(others, self._tables)
        self._gone = {version: frozenset(layout.gone_repeats) for version, layout in layouts.items()}
        self._gone_here: frozenset[tuple[str, ...]] = frozenset()

    def taken_out(self) -> Pack:
        """What was gathered since the last call."""
        pack = Pack({name: table.taken_out() for name, table in self._tables.items()}, self._strays, self._entities)
        self._strays, self._entities = [], []
        return pack

    def plain(self, documents: Sequence[bytes]) -> PlainBatch | None:
        """Read those of some documents that are plain; many threads may do so at once."""
        return plain_batch(documents, lambda version: self._tops.get(version, self._others))

    def take_plain(self, batch: PlainBatch, numbers: Mapping[int, int]) -> None:
        """Gather documents of a batch, each with its number among the submissions; the others of the batch are left out."""
        for rows in batch.rows:
            if rows.table.table.name in self._tables:
                _add_rows(rows, numbers)
        for unknown in batch.unknown:
            if unknown.document in numbers:
                self._keep_stray(unknown.table.table, unknown.key, unknown.path, unknown.value, numbers[unknown.document])

    def next_number(self) -> int:
        """The number of a submission that is gathered later."""
        self.count += 1
        return self.count - 1

    def take(self, root: etree._Element, version: str) -> None:
        """Gather one submission, laid out as `version` is, or as `others` where that is not known."""
        self._gone_here = self._gone.get(version, frozenset())
        self._open(root, self._tops.get(version, self._others), "", "")
        self.count += 1

    def absorb(self, tables: Mapping[str, RawTable], strays: Sequence[Stray], count: int) -> None:
        """Add `count` submissions that were gathered elsewhere."""
        for name, table in tables.items():
            self._tables[name].extend(table, self.count)
        moved = (
            stray if stray.submission is None else replace(stray, submission=self.count + stray.submission) for stray in strays
        )
        self._strays += [(self.count if stray.submission is None else stray.submission, stray) for stray in moved]
        self.count += count

    def _open(self, node: etree._Element, scope: Scope, key: str, parent: str) -> None:
        row = scope.table.blank_row()
        scope.table.add(row, self.count, key, parent)
        self._fill(node, scope, row, key, {})

    def _fill(self, node: etree._Element, scope: Scope, row: list[Cell], key: str, counts: dict[str, int]) -> None:
        below = scope.below
        strays: Counter[str] = Counter()
        for child in node:
            tag = child.tag
            step = below.get(tag)
            if step is None:
                step = below.get(local_name(tag))
                if step is None:
                    self._stray(child, scope, self._key_below(child, key, strays))
                    continue
                below[tag] = step
            if isinstance(step, int):
                if step != KNOWN and (row[step] is not NOT_ASKED or len(child)):
                    self._stray(child, scope, key)
                elif step != KNOWN:
                    text = child.text
                    row[step] = ASKED_BLANK if text is None or text.isspace() else text
            elif step.table is scope.table and _is_repeated(child) and local_name(tag) not in _OF_SERVERS:
                self._stray(child, scope, self._key_below(child, key, strays))  # a group stands once: this one was a repeat
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
            self._entities.append(EntityRow(self.count, table.name, key, says, (entity.findtext("{*}label") or "").strip()))
        of_entities = {part for entity in declared for part in entity.iter()}
        for leaf, below in self._leaves(node, key):
            if leaf.text and not leaf.text.isspace() and leaf not in of_entities:
                self._keep_stray(table, below, _path(leaf), leaf.text)

    def _leaves(self, node: etree._Element, key: str) -> Iterator[tuple[etree._Element, str]]:
        """The nodes below one that hold a value, each with the key of its row."""
        if len(node) == 0:
            yield node, key
        counts: Counter[str] = Counter()
        for child in node:
            yield from self._leaves(child, self._key_below(child, key, counts))

    def _key_below(self, node: etree._Element, key: str, counts: Counter[str]) -> str:
        """The key of what stands in a node that the form does not know: of a row, where there are several."""
        if len(node) == 0:
            return key
        name = local_name(node.tag)
        counts[name] += 1
        is_row = _is_repeated(node) or tuple(_path(node).split("/")) in self._gone_here
        return f"{key}/{name}[{counts[name]}]".lstrip("/") if is_row else key

    def _keep_stray(self, table: Table, key: str, path: str, value: str, number: int | None = None) -> None:
        submission = self.count if number is None else number
        linked = not table.unlinked
        stray = Stray(submission if linked else None, table.name, key if linked else "", path, value)
        self._strays.append((submission, stray))


def _add_rows(rows: BatchRows, numbers: Mapping[int, int]) -> None:
    submissions = [numbers.get(document, -1) for document in rows.documents.tolist()]
    columns, keys, parents = rows.columns, rows.keys, rows.parents
    if -1 in submissions:
        kept = [row for row, submission in enumerate(submissions) if submission >= 0]
        columns = [column.take(pa.array(kept, pa.int64())) for column in columns]
        keys, parents = ([cells[row] for row in kept] for cells in (keys, parents))
        submissions = [submissions[row] for row in kept]
    rows.table.add_columns(columns, submissions, keys, parents)


def _is_repeated(node: etree._Element) -> bool:
    """Whether another node of its name, in which something stands, is beside it."""
    return any(len(other) for before in (False, True) for other in node.itersiblings(node.tag, preceding=before))


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
