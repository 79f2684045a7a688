"""Read today's spreadsheet into the events of a ledger, with a report of everything that could not be placed."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pandas as pd

from liuwen.campaign.calendars import WorkCalendar
from liuwen.campaign.days import as_day, date_of, number_of
from liuwen.campaign.incoming.grids import SheetGrid, sheet_grids
from liuwen.campaign.incoming.headings import ColumnHeadings, find_headings
from liuwen.campaign.incoming.matter_rows import MatterReading, StepCells, matter_steps
from liuwen.campaign.incoming.naming import SheetNames, sheet_names
from liuwen.campaign.incoming.report import IncomingLedger, SheetRemark
from liuwen.campaign.incoming.sheet_rows import SheetRow, is_synthetic, sheet_rows, year_of
from liuwen.campaign.incoming.step_rows import step_of_row
from liuwen.campaign.posts import Posts
from liuwen.campaign.registers import Registers
from liuwen.campaign.schema import LedgerRule
from liuwen.errors import CampaignError
from liuwen.messages import Sentence

NO_HEADINGS = Sentence(
    zh="在{sheets}里找不到表头。表头至少要有“事项”一列和另一列（如 村、登记日期、责任人）。",
    en="No headings were found in {sheets}. They need at least a column “title” and one more (village, raised, responsible).",
)
STEPS_ONLY = Sentence(
    zh="工作簿里有一步一行的工作表，这张表没有读。", en="the workbook has a sheet with a row a step; this one was not read"
)
NO_SUCH_VILLAGE = Sentence(
    zh="村不在地点登记册里，登记不计入。请核对村名，或补进地点登记册。",
    en="The village is not in the register of places; the matter does not count. Check its name, or add it to the register.",
)
NO_SUCH_PERSON = Sentence(zh="此人不在人员登记册里。", en="That person is not in the register of people.")
SAME_CODE = Sentence(
    zh="编号与第 {row} 行相同，改记为 {code}。", en="The number is that of row {row} too; this matter is kept as {code}."
)
SAME_ROW = Sentence(zh="与第 {row} 行完全相同，只算一次。", en="It says the same as row {row} and counts once.")
NOBODY_ANSWERED = Sentence(
    zh="表里没有“反馈”列：已办结的事项都等着反馈，还不能销号。加一列“反馈”就可以。",
    en="The sheet has no column for answers: what is done waits for its answer and is not struck off. Add a column “answered”.",
)
NOT_A_DAY = Sentence(zh="“{day}”不是日子。请写成 2026-04-30 这样。", en="“{day}” is not a day. Write it as 2026-04-30.")
FIRST_COLUMNS = [
    "event",
    "matter",
    "step",
    "on",
    "known",
    "by",
    "village",
    "household",
    "class",
    "title",
    "deadline",
    "note",
    "reason",
]


def read_sheet(
    source: object,
    registers: Registers,
    rule: LedgerRule,
    calendar: WorkCalendar,
    *,
    as_of: Any = None,
    year: int | None = None,
    received: Any = None,
) -> IncomingLedger:
    """The events of a spreadsheet, a row a matter or a row a step.

    Args:
        source: A path (.xlsx, .xls, .csv, .txt), pasted text (cells between tabs), a DataFrame, or frames by name.
        registers: Names become codes by them.
        rule: The ledger whose classes, tiers and steps are meant.
        calendar: For deadlines in working days.
        as_of: The day for which the sheet was made: what ended without a day ends on it.
        year: The year of days written without one; the sheet's title says it where none is given.
        received: The day on which everything counts as received; a column “received”, or else each step's own day, otherwise.

    Returns:
        An `IncomingLedger`: `.events` for `Campaign.with_events`, `.not_placed`, `.remarks`, `.columns`, `.ignored`.

    Raises:
        ReadError: The file cannot be read.
        CampaignError: No sheet has headings, or a day is invalid.
    """
    grids = sheet_grids(source)
    found = [(grid, headings) for grid in grids if (headings := find_headings(grid)) is not None]
    if not found:
        raise CampaignError(NO_HEADINGS.filled(sheets=_listed([grid.name for grid in grids])))
    by_steps = any(headings.has("step") for _, headings in found)
    used = [(grid, headings) for grid, headings in found if headings.has("step") == by_steps]
    names = sheet_names(registers, rule)
    reader = _Reader(names, rule, calendar, Posts(registers, rule.successor_ranks), as_of=_day(as_of), year=year)
    events = [step for grid, headings in used for step in reader.read(grid, headings, by_steps=by_steps)]
    skipped = [grid for grid, headings in found if (grid, headings) not in used]
    return IncomingLedger(
        _frame(events, _day(received), in_order=not by_steps),
        reader.rows,
        reader.placed,
        tuple(reader.told),
        tuple(reader.noticed),
        _columns(used),
        _unused(used, skipped),
    )


class _Reader:
    """Reads sheet after sheet and collects the remarks on their rows."""

    def __init__(
        self, names: SheetNames, rule: LedgerRule, calendar: WorkCalendar, posts: Posts, *, as_of: date | None, year: int | None
    ) -> None:
        self._posts = posts
        self._names, self._rule, self._calendar, self._as_of, self._year = names, rule, calendar, as_of, year
        self._step_names = tuple(step.name for step in rule.steps)
        self.told: list[SheetRemark] = []
        self.noticed: list[SheetRemark] = []
        self.rows = self.placed = 0
        self._seen: dict[str, tuple[int, list[StepCells]]] = {}

    def read(self, grid: SheetGrid, headings: ColumnHeadings, *, by_steps: bool) -> Iterator[StepCells]:
        """The events of one sheet."""
        year = self._year or year_of(grid, headings) or (self._as_of.year if self._as_of else None)
        village = self._names.village(grid.name) if self._names.villages.whole(self._names.village(grid.name)) else ""
        made_up = {"synthetic": "yes"} if is_synthetic(grid, headings) else {}
        reading = MatterReading(self._names, year, self._as_of, self._workdays_after, village, self._posts)
        for row in sheet_rows(grid, headings):
            self.rows += 1
            steps: list[StepCells] = []
            if not row.told:
                found = step_of_row(row, reading, self._step_names) if by_steps else matter_steps(row, reading)
                steps = self._once(row, found) if by_steps else self._apart(row, found)
            self._look_at_names(row, steps)
            self.placed += not any(one.whole_row for one in row.told)
            self.told += row.told
            self.noticed += row.noticed
            yield from (step | made_up for step in steps)
        if not by_steps and not {"answered", "answered_on", "closed"} & set(headings.roles.values()):
            self.noticed.append(SheetRemark(grid.name, grid.first_row + headings.body - 1, "", "", NOBODY_ANSWERED))

    def _once(self, row: SheetRow, steps: list[StepCells]) -> list[StepCells]:
        """A step that stands twice in the sheet is one step."""
        for step in steps:
            said = repr(sorted(_without_row(step).items()))
            number, _ = self._seen.setdefault(said, (row.number, steps))
            if number != row.number:
                row.refuse(SAME_ROW.filled(row=number))
                return []
        return steps

    def _apart(self, row: SheetRow, steps: list[StepCells]) -> list[StepCells]:
        """Two rows with one number are two matters, unless they say the same."""
        if not steps:
            return []
        code = steps[0]["matter"]
        if code not in self._seen:
            self._seen[code] = (row.number, steps)
            return steps
        number, earlier = self._seen[code]
        if _alike(earlier, steps):
            row.refuse(SAME_ROW.filled(row=number))
            return []
        count = next(at for at in range(2, 10**6) if f"{code}-{at}" not in self._seen)
        other = f"{code}-{count}"
        row.notice(SAME_CODE.filled(row=number, code=other), "matter")
        renamed = [_renamed(step, code, other) for step in steps]
        self._seen[other] = (row.number, renamed)
        return renamed

    def _look_at_names(self, row: SheetRow, steps: list[StepCells]) -> None:
        if not steps:
            return
        village = steps[0].get("village", "")
        if self._names.knows_villages and village and not self._names.villages.whole(village):
            row.refuse(NO_SUCH_VILLAGE, "village")
        for role in ("by", "first_visitor"):
            said = row.text(role)
            if self._names.knows_people and said and not self._names.people.whole(said):
                row.notice(NO_SUCH_PERSON, role)

    def _workdays_after(self, day: date, count: int) -> date:
        return date_of(self._calendar.after(number_of(day), count, workdays=True))


def _alike(one: list[StepCells], other: list[StepCells]) -> bool:
    return [_without_row(step) for step in one] == [_without_row(step) for step in other]


def _without_row(step: StepCells) -> StepCells:
    return {name: value for name, value in step.items() if name not in ("row", "sheet")}


def _renamed(step: StepCells, code: str, other: str) -> StepCells:
    household = " ".join(one.replace(f"{code}-A", f"{other}-A") for one in str(step.get("household", "")).split())
    return step | {"matter": other} | ({"household": household} if "household" in step else {})


def _frame(events: list[StepCells], received: date | None, *, in_order: bool) -> pd.DataFrame:
    frame = pd.DataFrame(events)
    for column in FIRST_COLUMNS:
        if column not in frame and column not in ("reason", "deadline"):
            frame[column] = ""
    frame = frame.astype(object).where(frame.notna(), "")
    numbers = frame.groupby("matter").cumcount().astype(str).str.zfill(3) if len(frame) else ""
    made = frame["matter"].astype(str) + "/" + numbers + "-" + frame["step"].astype(str) if len(frame) else frame["event"]
    frame["event"] = frame["event"].where(frame["event"] != "", made)
    if in_order:
        frame["order"] = frame.groupby("matter").cumcount() if len(frame) else ""
    if received is not None:
        frame["known"] = received
    first = [column for column in FIRST_COLUMNS if column in frame]
    return frame[[*first, *(column for column in frame.columns if column not in first)]]


def _columns(used: Iterable[tuple[SheetGrid, ColumnHeadings]]) -> pd.DataFrame:
    rows = [(grid.name, headings.words[at], role) for grid, headings in used for at, role in headings.roles.items()]
    return pd.DataFrame(rows, columns=["sheet", "heading", "means"])


def _unused(
    used: Iterable[tuple[SheetGrid, ColumnHeadings]], skipped: Iterable[SheetGrid]
) -> tuple[tuple[str, str, Sentence], ...]:
    columns = [(grid.name, heading, why) for grid, headings in used for heading, why in headings.ignored]
    return (*columns, *((grid.name, grid.name, STEPS_ONLY) for grid in skipped))


def _day(day: Any) -> date | None:
    if day is None:
        return None
    try:
        return date_of(as_day(day))
    except ValueError:
        raise CampaignError(NOT_A_DAY.filled(day=day)) from None


def _listed(names: list[str]) -> Sentence:
    said = [name for name in names if name]
    return Sentence(
        zh="、".join(f"“{name}”" for name in said) or "这份表格", en=", ".join(f"“{name}”" for name in said) or "the sheet"
    )
