"""An export becomes the same gathered rows that submissions make, and so the same tables."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from liuwen.form.model import Form
from liuwen.messages import Sentence
from liuwen.responses.exports.workbook import ABOUT, CODEBOOK
from liuwen.responses.finish import finish
from liuwen.responses.from_exports.asking import Asking
from liuwen.responses.from_exports.blanks import without_marks
from liuwen.responses.from_exports.columns import answers_to
from liuwen.responses.from_exports.counted_columns import counts, in_full
from liuwen.responses.from_exports.damaged_texts import damaged_texts
from liuwen.responses.from_exports.filtered_labels import with_filtered_labels
from liuwen.responses.from_exports.grid import Grid, grid_of_rows
from liuwen.responses.from_exports.grids import Sheets, read_sheets
from liuwen.responses.from_exports.linking import Linker
from liuwen.responses.from_exports.placing import Paths, Placed, Placement, is_child, place
from liuwen.responses.from_exports.split_columns import Answers
from liuwen.responses.from_exports.strays import strays_of, strays_passed_over
from liuwen.responses.from_exports.wide import is_wide, unfolded
from liuwen.responses.from_exports.withheld_headers import WithheldHeaders
from liuwen.responses.from_submissions.pack import Stray
from liuwen.responses.from_submissions.raw_table import RawTable
from liuwen.responses.gathered import Gathered
from liuwen.responses.notes import IntakeCounts
from liuwen.responses.plan import MAIN, TablePlan, plan_of
from liuwen.responses.reading_options import ReadingOptions
from liuwen.responses.responses import Responses
from liuwen.responses.versions import VersionLayout, earlier_layout, own_layout, with_removed_choices

_AS_IT_STANDS = ReadingOptions()

_PASSED_OVER = Sentence(
    zh="没有读取“{name}”：与表单的任何一张表都对不上。",
    en="“{name}” was not read: it matches no table of the form.",
)
_NOT_A_REPEAT = Sentence(
    zh="“{name}”不是表单中的重复组：它的值连同所属编号保存在 .unknown 中。",
    en="“{name}” is no repeat of the form: its values are kept in .unknown, with the keys of their rows.",
)
_ABSENT = Sentence(
    zh="数据来源中没有重复组“{name}”：有几项、答了什么都不知道，而不是没有。",
    en="The repeat “{name}” was not in the source: how many instances there are is unknown, not zero.",
)
_SECTION_ABSENT = Sentence(
    zh="数据来源中没有“{name}”这一部分的任何一列：问了谁、答了什么都不知道，而不是没有回答。",
    en="The source has no column of the section “{name}”: who was asked and what was answered is unknown, not blank.",
)
_LONE = Sentence(
    zh="数据来源中只有重复组，没有答卷本身：答卷只有编号，没有回答。",
    en="The source holds repeats only, without their submissions: those have an ID and no answers.",
)


def read_export(
    source: object,
    form: Form,
    *,
    earlier: Sequence[Form] = (),
    renamed: Mapping[str, str] = MappingProxyType({}),
    options: ReadingOptions = _AS_IT_STANDS,
) -> Responses:
    """The answers of a workbook, CSV, JSON or frames; raises `ReadError` where none of it answers the form.

    Columns may have the names that questions had in `earlier` forms or, by `renamed` (old name or path → new), before.
    """
    plan = plan_of(form)
    layouts = {older.version: earlier_layout(plan, older, renamed) for older in earlier}
    plan = with_removed_choices(plan, layouts.values())
    told = [sentence for layout in layouts.values() for sentence in layout.told]
    found = gather_export(source, plan, [*layouts.values(), own_layout(plan, renamed)], options)
    return finish(plan, found.gathered, found.arrivals, further=(*told, *found.notes), options=options)


@dataclass(frozen=True, slots=True)
class Found:
    """What an export holds."""

    gathered: Gathered
    arrivals: IntakeCounts
    notes: tuple[Sentence, ...]


def gather_export(
    source: object, plan: TablePlan, layouts: Iterable[VersionLayout], options: ReadingOptions = _AS_IT_STANDS
) -> Found:
    """The rows of an export, its columns found by any of the layouts; raises `ReadError` where none answers the form."""
    known = list(layouts)
    paths = {path: column for layout in known for path, column in layout.columns.items()}
    sheets = read_sheets(source, options.encoding)
    placement = place([each for grid in sheets.grids for each in _unfolded(grid, plan, paths)], plan, paths)
    cleared = {name: without_marks(each, plan, options.na) for name, each in placement.placed.items()}
    placed = {name: grid for name, (grid, _) in cleared.items()}
    linker = Linker(plan, placed, options.dates)
    answers = _answers(plan, placed, linker, options)
    withheld = WithheldHeaders(plan, known)
    strays = [stray for name, grid in placed.items() for stray in strays_of(grid, linker.links[name], answers, withheld)]
    strays += _kept_apart(placement, linker, withheld)
    gathered = Gathered(
        linker.headers,
        _tables(plan, placed, linker, answers, () if sheets.nested else _sections_absent(placed)),
        strays,
        rejected=linker.rejected,
        of_repeats=linker.of_repeats,
    )
    told = (*damaged_texts(sheets.grids), *placement.told, *(sentence for _, marks in cleared.values() for sentence in marks))
    notes = (*told, *_absent(plan, sheets, placement), *_passed_over(placement))
    return Found(gathered, IntakeCounts(again=linker.again, nameless=linker.nameless), notes)


def _unfolded(grid: Grid, plan: TablePlan, paths: Paths) -> list[Grid]:
    header = in_full(grid, plan, paths)
    if not is_wide(header):
        return [grid]
    sheets = unfolded(header, grid.rows, counts(header, plan))
    grids = [grid_of_rows(name or grid.name, rows) for name, rows in sheets.items()]
    return [replace(each, cut=each.numbers[-1]) if grid.cut and each.name == grid.name else each for each in grids]


def _answers(plan: TablePlan, placed: Mapping[str, Placed], linker: Linker, options: ReadingOptions) -> dict[str, Answers]:
    """By path, the answers to every question; labels that only a choice filter settles come last, in the form's order."""
    columns = [(name, grid, column) for name, grid in placed.items() for table in grid.tables for column in table.columns]
    answers = {
        column.path: answers_to(column, grid, linker.links[name].rows, plan, options.dates) for name, grid, column in columns
    }
    asking = Asking(plan, linker, answers)
    for name, _, column in columns:
        if column.kind == "choice" and column.element.cell("choice_filter"):
            answers[column.path] = with_filtered_labels(column, name, answers[column.path], plan, asking)
    return answers


def _tables(
    plan: TablePlan, placed: Mapping[str, Placed], linker: Linker, answers: Mapping[str, Answers], absent: Collection[str]
) -> dict[str, RawTable]:
    asking = Asking(plan, linker, answers)
    raw = {name: RawTable(table) for name, table in plan.tables.items()}
    for name, grid in placed.items():
        links = linker.links[name]
        for table in (each for each in grid.tables if each.name not in absent):
            columns = (asking.settled(column, name) for column in table.columns)
            raw[table.name] = RawTable.of_columns(table, columns, links.submissions, links.keys, links.parents)
    return raw


def _kept_apart(placement: Placement, linker: Linker, withheld: WithheldHeaders) -> Iterator[Stray]:
    children = [placed for placed in placement.passed_over if is_child(placed)]
    return strays_passed_over(children, placement.placed[MAIN], linker, withheld)


def _absent(plan: TablePlan, sheets: Sheets, placement: Placement) -> Iterator[Sentence]:
    """What the reader cannot know: repeats that the source does not hold, or the submissions themselves."""
    if placement.lone:
        yield _LONE
    for table in plan.tables.values():
        if table.element is None or table.element.kind != "repeat" or table.name in placement.placed:
            continue
        path = "/".join(table.element.path)
        if path in sheets.unexpanded or (not sheets.nested and len(placement.placed[MAIN].grid)):
            yield _ABSENT.filled(name=table.name)
    if not sheets.nested and len(placement.placed[MAIN].grid):
        yield from (_SECTION_ABSENT.filled(name=name) for name in _sections_absent(placement.placed))


def _sections_absent(placed: Mapping[str, Placed]) -> list[str]:
    """The unlinked sections that the source was written without."""
    return [table.name for grid in placed.values() for table in grid.without_columns()]


def _passed_over(placement: Placement) -> Iterator[Sentence]:
    explained = {CODEBOOK, ABOUT} if any(placed.grid.name == ABOUT for placed in placement.passed_over) else set()
    for placed in placement.passed_over:
        if placed.grid.header and placed.grid.name not in explained:
            yield (_NOT_A_REPEAT if is_child(placed) else _PASSED_OVER).filled(name=placed.grid.name)
