"""Which table each grid of an export holds, and what each of its columns stands for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liuwen.errors import ReadError
from liuwen.form.types import METADATA
from liuwen.messages import Sentence
from liuwen.responses.from_exports.coded import Coded
from liuwen.responses.from_exports.grid import Grid, grid_of_columns
from liuwen.responses.from_exports.headers import Headers, Meaning
from liuwen.responses.from_exports.heading_rows import headed
from liuwen.responses.from_exports.lone_repeats import submissions_of
from liuwen.responses.from_exports.server_headers import System
from liuwen.responses.plan import MAIN, Column, Table, TablePlan

_SHEET_NAME_LENGTH = 31
"""Excel's limit, to which exporters cut the name of a repeat."""

_NOT_THIS_FORM = Sentence(
    zh="{names} 中没有一列是表单“{id}”的问题。", en="No column of {names} is a question of the form “{id}”."
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A grid and the table it holds, with those unlinked sections whose answers stand in the same rows."""

    grid: Grid
    host: Table
    tables: tuple[Table, ...]
    meanings: tuple[Meaning | None, ...]
    headers: Headers

    def without_columns(self) -> tuple[Table, ...]:
        """The unlinked sections of which the grid has no column at all, nor of a section inside them."""
        there = {id(means.column) for means in self.meanings if means and means.column}
        holding = {table.name for table in self.tables if any(id(column) in there for column in table.columns)}
        for table in reversed(self.tables):
            if table.name in holding and table.parent is not None:
                holding.add(table.parent)
        return tuple(table for table in self.tables if table is not self.host and table.name not in holding)

    def cells(self, wanted: System) -> "Coded[Any] | None":
        """The column that the exporter wrote for `wanted`."""
        number = self.system(wanted)
        return None if number is None else self.grid.columns[number]

    def system(self, wanted: System) -> int | None:
        """The number of the column that the exporter wrote for `wanted`."""
        return next((number for number, means in enumerate(self.meanings) if means and means.system == wanted), None)


@dataclass(frozen=True, slots=True)
class Placement:
    """The placed grids by their table, and those that hold none."""

    placed: dict[str, Placed]
    passed_over: tuple[Placed, ...]
    told: tuple[Sentence, ...] = ()
    lone: bool = False
    """Whether the submissions themselves are not in the source, only rows of their repeats."""


Paths = Mapping[tuple[str, ...], Column]
"""Where the columns may stand."""


def place(grids: Sequence[Grid], plan: TablePlan, paths: Paths) -> Placement:
    """Which grid holds which table; raises `ReadError` where none holds a question of the form."""
    known = {host.name: _Known.of(host, plan, paths) for host in plan.tables.values()}
    moved = [headed(grid, lambda text: any(each.headers.meaning(text) for each in known.values())) for grid in grids]
    as_main = [known[MAIN].placed(grid) for grid, _ in moved]
    children = [placed.grid for placed in as_main if is_child(placed)]
    submissions = max((placed for placed in as_main if _may_be_main(placed)), key=_likeness, default=None)
    others = [placed for placed in as_main if placed is not submissions]
    repeats, passed_over = _repeats(others, children, known)
    lone = submissions is None and bool(repeats)
    if lone:
        top = next((placed for placed in repeats.values() if placed.host.parent == MAIN), next(iter(repeats.values())))
        submissions = known[MAIN].placed(submissions_of(top.grid, top.meanings))
    if submissions is None and _is_empty(grids):
        submissions = known[MAIN].placed(grid_of_columns("", [], []))
    elif submissions is None or not (_answers(submissions, plan) or repeats):
        raise ReadError(_NOT_THIS_FORM.filled(names=", ".join(grid.name or "-" for grid in grids) or "-", id=plan.form.id))
    placed = {MAIN: submissions, **repeats}
    told = tuple(sentence for grid, sentence in moved if sentence and any(each.grid is grid for each in placed.values()))
    return Placement({name: placed[name] for name in plan.tables if name in placed}, tuple(passed_over), told, lone)


def _repeats(
    others: Sequence[Placed], children: Sequence[Grid], known: "Mapping[str, _Known]"
) -> tuple[dict[str, Placed], list[Placed]]:
    hosts = [each for each in known.values() if each.host.element and each.host.element.kind == "repeat"]
    found: dict[str, Placed] = {}
    passed_over = []
    for other in others:
        free = [each.placed(other.grid) for each in hosts if each.host.name not in found]
        repeat = _repeat_of(other.grid, free) if other.grid in children or _is_bare(other.grid, free) else None
        if repeat:
            found[repeat.host.name] = repeat
        else:
            passed_over.append(other)
    return found, passed_over


def _may_be_main(placed: Placed) -> bool:
    return not is_child(placed) and any(placed.meanings)


def _is_bare(grid: Grid, tried: Sequence[Placed]) -> bool:
    """Whether a grid without rows is named for a repeat: an export of no instances need not link them."""
    return not len(grid) and any(_is_named_for(grid, placed.host) for placed in tried)


def _is_empty(grids: Sequence[Grid]) -> bool:
    """Whether there is neither a row nor a header, as in JSON of no submissions."""
    return not any(grid.header for grid in grids)


def _answers(placed: Placed, plan: TablePlan) -> int:
    """How many questions are answered; of a form that has none outside its repeats, the phone's own count."""
    asks = any(column.element.type not in METADATA for column in plan.tables[MAIN].columns)
    return _questions(placed) if asks or _questions(placed) else _likeness(placed)[1]


def _likeness(placed: Placed) -> tuple[int, int, int]:
    """Its questions; what the phone itself fills in; and what its exporter wrote, so that a bare list of IDs counts."""
    known = [means for means in placed.meanings if means]
    return _questions(placed), len({means.column for means in known if means.column}), sum(bool(means.system) for means in known)


def is_child(placed: Placed) -> bool:
    """Whether the rows of a grid say whose they are."""
    return bool({means.system for means in placed.meanings if means} & {"parent_index", "parent_key", "parent_table"})


def _repeat_of(grid: Grid, tried: Sequence[Placed]) -> Placed | None:
    """The repeat a grid is named for, or else the one that most of its columns belong to."""
    named = (placed for placed in tried if _is_named_for(grid, placed.host))
    best = max(tried, key=_questions, default=None)
    return next(named, None) or (best if best and _questions(best) else None)


def _is_named_for(grid: Grid, host: Table) -> bool:
    path = host.element.path if host.element else ()
    spellings = {separator.join(path[start:]) for start in range(len(path)) for separator in "/-."}
    return any(
        grid.name in {spelling, spelling[:_SHEET_NAME_LENGTH], spelling[-_SHEET_NAME_LENGTH:]}
        or grid.name.endswith(f"-{spelling}")
        for spelling in spellings
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What the headers of a table, and of the unlinked sections in its rows, may be."""

    host: Table
    tables: tuple[Table, ...]
    headers: Headers

    @classmethod
    def of(cls, host: Table, plan: TablePlan, paths: Paths) -> "_Known":
        tables = (host, *_guests(host, plan))
        return cls(host, tables, Headers(plan, [table.name for table in tables], paths))

    def placed(self, grid: Grid) -> Placed:
        meanings = tuple(_once(self.headers.meaning(header) for header in grid.header))
        return Placed(grid, self.host, self.tables, meanings, self.headers)


def _once(meanings: Iterable[Meaning | None]) -> Iterable[Meaning | None]:
    """What the exporter wrote of the row, or of a position's part, counts once; a second such column is of unknown meaning."""
    seen: set[Meaning] = set()
    for means in meanings:
        again = means in seen and means is not None and means.system not in {"other", "server"}
        yield (Meaning(system="other") if means and means.system else None) if again else means
        if means and (means.system or means.part is not None):
            seen.add(means)


def _guests(host: Table, plan: TablePlan) -> list[Table]:
    """The unlinked groups that stand in the rows of `host`."""
    found: list[Table] = []
    for table in plan.tables.values():
        inside = table.parent == host.name or table.parent in {guest.name for guest in found}
        if inside and table.element and table.element.kind == "group":
            found.append(table)
    return found


def _questions(placed: Placed) -> int:
    columns = {means.column for means in placed.meanings if means and means.column}
    return sum(column.element.type not in METADATA for column in columns)
