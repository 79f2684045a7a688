"""Which table each grid of an export holds, and what each of its columns stands for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from liuwen.errors import ReadError
from liuwen.form.types import METADATA
from liuwen.messages import Sentence
from liuwen.responses.exports.grids import Grid
from liuwen.responses.exports.headers import Headers, Meaning, System
from liuwen.responses.plan import MAIN, Plan, Table

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


def place(grids: Sequence[Grid], plan: Plan) -> Placement:
    """Which grid holds which table; raises `ReadError` where none holds a question of the form."""
    hosts = [table for table in plan.tables.values() if table.name == MAIN or (table.element and table.element.kind == "repeat")]
    placed: dict[str, Placed] = {}
    passed_over = []
    for grid in grids:
        host = _host(grid, hosts, plan, taken=placed)
        if host is None:
            passed_over.append(grid.name)
        else:
            placed[host.name] = _placed(grid, host, plan)
    if MAIN not in placed:
        raise ReadError(_NOT_THIS_FORM.filled(names=", ".join(grid.name or "-" for grid in grids) or "-", id=plan.form.id))
    return Placement({name: placed[name] for name in plan.tables if name in placed}, tuple(passed_over))


def _host(grid: Grid, hosts: Iterable[Table], plan: Plan, taken: Iterable[str]) -> Table | None:
    """The table a grid holds: the repeat it is named for, or else the one most of its columns belong to."""
    free = [host for host in hosts if host.name not in taken]
    links = {means.system for means in _placed(grid, free[0], plan).meanings if means} if free else set()
    is_child = bool(links & {"parent_index", "parent_key", "parent_table"})
    candidates = [host for host in free if (host.name != MAIN) == is_child]
    named = next((host for host in candidates if host.name != MAIN and _is_named_for(grid, host)), None)
    if named:
        return named
    questions = [(_questions(_placed(grid, host, plan)), host) for host in candidates]
    most, best = max(questions, key=lambda found: found[0], default=(0, None))
    return best if most else None


def _is_named_for(grid: Grid, host: Table) -> bool:
    path = host.element.path if host.element else ()
    spellings = {separator.join(path[start:]) for start in range(len(path)) for separator in "/-."}
    return any(
        grid.name in {spelling, spelling[:_SHEET_NAME_LENGTH], spelling[-_SHEET_NAME_LENGTH:]}
        or grid.name.endswith(f"-{spelling}")
        for spelling in spellings
    )


def _placed(grid: Grid, host: Table, plan: Plan) -> Placed:
    tables = (host, *_guests(host, plan))
    headers = Headers(plan, [table.name for table in tables])
    return Placed(grid, host, tables, tuple(_once(headers.meaning(header) for header in grid.header)))


def _once(meanings: Iterable[Meaning | None]) -> Iterable[Meaning | None]:
    """The first column that stands for something does; a second one is of unknown meaning."""
    seen: set[Meaning] = set()
    for means in meanings:
        again = means in seen and means is not None and means.system != "other"
        yield None if again else means
        if means:
            seen.add(means)


def _guests(host: Table, plan: Plan) -> list[Table]:
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
