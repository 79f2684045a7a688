"""An export becomes the same gathered rows that submissions make, and so the same tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from liuwen.form.model import Form
from liuwen.messages import Sentence
from liuwen.responses.finish import finish
from liuwen.responses.from_exports.asking import Asking
from liuwen.responses.from_exports.cells import text_of
from liuwen.responses.from_exports.columns import Answers, answers_to
from liuwen.responses.from_exports.grids import read_grids
from liuwen.responses.from_exports.linking import Linker
from liuwen.responses.from_exports.placing import Placed, place
from liuwen.responses.from_submissions.gather import RawTable, Stray, StrayReason
from liuwen.responses.gathered import Gathered
from liuwen.responses.notes import IntakeCounts
from liuwen.responses.plan import Table, TablePlan, plan_of
from liuwen.responses.responses import Responses
from liuwen.responses.versions import VersionLayout, earlier_layout, own_layout

_PASSED_OVER = Sentence(
    zh="没有读取“{name}”：与表单的任何一张表都对不上。",
    en="“{name}” was not read: it matches no table of the form.",
)


def read_export(
    source: object, form: Form, *, earlier: Sequence[Form] = (), renamed: Mapping[str, str] = MappingProxyType({})
) -> Responses:
    """The answers of a workbook, CSV, JSON or frames; raises `ReadError` where none of it answers the form.

    Columns may bear the names that questions had in `earlier` forms, or once had by `renamed` (old name or path → new).
    """
    plan = plan_of(form)
    layouts = {older.version: earlier_layout(plan, older, renamed) for older in earlier}
    told = [sentence for layout in layouts.values() for sentence in layout.told]
    found = gather_export(source, plan, [*layouts.values(), own_layout(plan, renamed)])
    return finish(plan, found.gathered, found.arrivals, further=(*told, *found.notes))


@dataclass(frozen=True, slots=True)
class Found:
    """What an export holds."""

    gathered: Gathered
    arrivals: IntakeCounts
    notes: tuple[Sentence, ...]


def gather_export(source: object, plan: TablePlan, layouts: Iterable[VersionLayout]) -> Found:
    """The rows of an export, its columns found by any of the layouts; raises `ReadError` where none answers the form."""
    paths = {path: column for layout in layouts for path, column in layout.columns.items()}
    placement = place(read_grids(source), plan, paths)
    placed = placement.placed
    linker = Linker(plan, placed)
    answers = {
        column.path: answers_to(column, grid, linker.links[name].rows, plan)
        for name, grid in placed.items()
        for table in grid.tables
        for column in table.columns
    }
    strays = [stray for name, grid in placed.items() for stray in _strays(grid, linker, name, answers)]
    gathered = Gathered(linker.headers, _tables(plan, placed, linker, answers), strays, rejected=linker.rejected)
    passed_over = tuple(_PASSED_OVER.filled(name=name) for name in placement.passed_over)
    return Found(gathered, IntakeCounts(again=linker.again, nameless=linker.nameless), passed_over)


def _tables(plan: TablePlan, placed: Mapping[str, Placed], linker: Linker, answers: Mapping[str, Answers]) -> dict[str, RawTable]:
    asking = Asking(plan, linker, answers)
    raw = {name: RawTable(table) for name, table in plan.tables.items()}
    for name, grid in placed.items():
        links = linker.links[name]
        for table in grid.tables:
            columns = [asking.settled(column, name) for column in table.columns]
            rows = [list(row) for row in zip(*columns, strict=True)] if columns else [[] for _ in links.rows]
            raw[table.name] = RawTable(table, rows, links.submissions, links.keys, links.parents)
    return raw


def _strays(placed: Placed, linker: Linker, name: str, answers: Mapping[str, Answers]) -> Iterator[Stray]:
    """Columns that no question explains, what exporters add, and split selects that say otherwise than the joined ones."""
    links = linker.links[name]

    def stray(table: Table, place: int, field: str, value: str) -> Stray:
        if table.unlinked:
            return Stray(None, table.name, "", field, value)
        return Stray(links.submissions[place], table.name, links.keys[place], field, value)

    for number, (header, means) in enumerate(zip(placed.grid.header, placed.meanings, strict=True)):
        if means is None or means.system == "other":
            reason: StrayReason = "field" if means is None else "system"
            for place, row in enumerate(links.rows):
                if text := text_of(placed.grid.rows[row][number]):
                    yield replace(stray(placed.host, place, header, text), reason=reason)
    for table in placed.tables:
        for column in table.columns:
            for place, said in answers[column.path].contradicted.items():
                yield replace(stray(table, place, column.path, said), reason="split")
