"""Which table each grid of an export holds, and what each of its columns stands for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from liuwen.errors import ReadError
from liuwen.form.types import METADATA
from liuwen.messages import Sentence
from liuwen.responses.from_exports.grids import Grid
from liuwen.responses.from_exports.headers import Headers, Meaning, System
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

    def system(self, wanted: System) -> int | None:
        """The number of the column that the exporter wrote for `wanted`."""
        return next((number for number, means in enumerate(self.meanings) if means and means.system == wanted), None)


@dataclass(frozen=True, slots=True)
class Placement:
    """The placed grids by their table, and the names of grids that hold none."""

    placed: dict[str, Placed]
    passed_over: tuple[str, ...]


Paths = Mapping[tuple[str, ...], Column]
"""Where the columns may stand."""


def place(grids: Sequence[Grid], plan: TablePlan, paths: Paths) -> Placement:
    """Which grid holds which table; raises `ReadError` where none holds a question of the form."""
    main_first = {id(grid): _placed(grid, plan.tables[MAIN], plan, paths) for grid in grids}
    submissions = max(
        (main_first[id(grid)] for grid in grids if not _is_child(main_first[id(grid)])), key=_questions, default=None
    )
    if submissions is None or not _questions(submissions):
        raise ReadError(_NOT_THIS_FORM.filled(names=", ".join(grid.name or "-" for grid in grids) or "-", id=plan.form.id))
    placed = {MAIN: submissions}
    passed_over = []
    repeats = [table for table in plan.tables.values() if table.element and table.element.kind == "repeat"]
    for grid in grids:
        if grid is submissions.grid:
            continue
        free = [_placed(grid, host, plan, paths) for host in repeats if host.name not in placed]
        found = _repeat_of(grid, free) if _is_child(main_first[id(grid)]) else None
        if found:
            placed[found.host.name] = found
        else:
            passed_over.append(grid.name)
    return Placement({name: placed[name] for name in plan.tables if name in placed}, tuple(passed_over))


def _is_child(placed: Placed) -> bool:
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


def _placed(grid: Grid, host: Table, plan: TablePlan, paths: Paths) -> Placed:
    tables = (host, *_guests(host, plan))
    headers = Headers(plan, [table.name for table in tables], paths)
    return Placed(grid, host, tables, tuple(_once(headers.meaning(header) for header in grid.header)))


def _once(meanings: Iterable[Meaning | None]) -> Iterable[Meaning | None]:
    """What the exporter wrote of the row, or of a position's part, counts once; a second such column is of unknown meaning."""
    seen: set[Meaning] = set()
    for means in meanings:
        again = means in seen and means is not None and means.system != "other"
        yield None if again else means
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
