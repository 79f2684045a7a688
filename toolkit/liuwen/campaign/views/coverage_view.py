"""Coverage over the year: a row a village and a column a month, and the days of the year on which somebody was visited."""

import calendar
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from liuwen.campaign.boards import BATCH
from liuwen.campaign.cells import records
from liuwen.campaign.coverage import coverage_by_day, coverage_by_month, households_left, households_on, in_steps
from liuwen.campaign.days import date_of, number_of
from liuwen.campaign.months.grid import PageGrid, Tone
from liuwen.campaign.months.pages import CellText, PageColumn, PageFigure, PageSection, TownPage, day_words
from liuwen.campaign.views.choices import ALL, Chosen, ViewChoice
from liuwen.campaign.views.steps import in_step, stepped
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.campaign.campaign import Campaign
    from liuwen.campaign.records import Day

MOST = 200
VILLAGE = Sentence(zh="村", en="Village")
TITLE = Sentence(zh="走访覆盖", en="Coverage of visits")
AS_OF = Sentence(zh="{begins}至{on}", en="{begins} to {on}")
BY_MONTH = Sentence(zh="各村累计走访到的户（%）", en="Households visited so far, by village (%)")
BY_MONTH_NOTE = Sentence(
    zh="每格：年初至当月底走访到的户占当时在册户的百分比。",
    en="Each cell: households visited from the beginning to the end of the month, as a percentage of those that live there then.",
)
BY_DAY = Sentence(zh="哪天走访了多少户：{where}", en="Households visited on each day: {where}")
TOWN = Sentence(zh="全镇", en="the whole town")
AT_END = Sentence(zh="到{on}的情况", en="As of {on}")
LEFT = Sentence(zh="还没有走访到的户", en="Households not visited yet")
LEFT_NOTE = Sentence(zh="只列前 {count} 户。", en="Only the first are listed: {count}.")
STEPS = Sentence(
    zh="户数以 {batch} 为单位向下取整，百分比也按这样的户数算；不足的不显示，以免看出是哪一户。",
    en="Households are counted in steps of {batch}, rounded down, and percentages are of such counts; fewer are not shown, so "
    "that no household can be made out.",
)
EXACT = Sentence(
    zh="此页有户号和少数几户的情况，只给办公室，请勿张贴或转发。",
    en="For the office: this page has household codes and counts of few. Do not hang it up or pass it on.",
)
TRIED, UNTRIED = Sentence(zh="去过或打过电话，没有访成", en="tried, not reached"), Sentence(zh="还没有去", en="not tried yet")
MONTH = Sentence(zh="月", en="month")
SHARE_KEY = Sentence(zh="走访到的比例", en="share visited")
DAY_KEY = Sentence(zh="当天走访的户（颜色越深越多）", en="households that day (darker is more)")
FEW_KEY = Sentence(zh="有走访，不足 {batch} 户", en="visited, fewer than {batch} households")
FEW_VILLAGE = Sentence(zh="不足 {batch} 户的村，不显示", en="a village of fewer than {batch} households: not shown")
FEW_VISITED = Sentence(
    zh="走访到的不足 {batch} 户，或全村不足 {batch} 户", en="fewer than {batch} households visited, or in the village at all"
)
SAID = Sentence(
    zh="{village}，{month}：{visited} / {households} 户", en="{village}, {month}: {visited} of {households} households"
)
SAID_DAY = Sentence(zh="{day}：{count} 户", en="{day}: {count} visited")
NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
HEADINGS = {
    "village": Sentence(zh="村", en="village"),
    "households": Sentence(zh="在册户", en="households"),
    "visited": Sentence(zh="走访到", en="visited"),
    "twice": Sentence(zh="两次以上", en="twice or more"),
    "tried": Sentence(zh="去过没访成", en="tried, not reached"),
}
FIGURES = ("households", "visited", "twice", "tried")


class CoverageView:
    """The coverage of a campaign on a day; exact, with the codes of households, only for the office."""

    def __init__(
        self, campaign: "Campaign", on: "Day | None" = None, known: "Day | None" = None, *, office: bool = False
    ) -> None:
        self._sources = campaign.coverage_sources(on, known)
        self._exact = coverage_by_month(self._sources)
        self._months = self._exact if office else in_steps(self._exact)
        self._words, self._name, self._synthetic = campaign.page_words(), campaign.programme.name, campaign.synthetic
        self._office, self._known = office, None if known is None else campaign.number(known)

    def choices(self, chosen: Chosen) -> tuple[ViewChoice, ...]:
        """The villages."""
        villages = [(self._words.place(one), one) for one in sorted(set(self._exact["village"]))]
        return (ViewChoice("village", VILLAGE, ((ALL, ""), *villages)),)

    def table(self, chosen: Chosen) -> pd.DataFrame:
        """One row per village and month, as `Campaign.coverage` gives it."""
        village = chosen.get("village", "")
        return self._months[(self._months["village"] == village) | (village == "")].reset_index(drop=True)

    def page(self, chosen: Chosen) -> TownPage:
        """Figures, the grid of months, the calendar of days, the villages on the day, and for the office what is left."""
        table, village, on = self.table(chosen), chosen.get("village", ""), self._sources.on
        year = date_of(on).year
        last = table[table["month"] == table["month"].max()]
        sections = [self._by_month(table), self._by_day(village), self._at_end(last)]
        if self._office:
            sections.append(self._left(village))
        return TownPage(
            id="coverage",
            title=TITLE,
            issuer=self._name,
            dateline=AS_OF.filled(begins=day_words(self._sources.begins), on=day_words(on, year)),
            sections=tuple(sections),
            figures=tuple(PageFigure(HEADINGS[name], self._total(last, name)) for name in FIGURES),
            said=(EXACT if self._office else STEPS.filled(batch=BATCH),),
            synthetic=self._synthetic,
            known=on if self._known is None else self._known,
        )

    def _total(self, last: pd.DataFrame, name: str) -> str:
        """The sum over the villages chosen, in steps unless for the office; villages that are not shown are not in it."""
        shown = last[last["households"].notna()]
        if shown.empty and len(last):
            return "·"
        total = int(self._exact.merge(shown[["village", "month"]], on=["village", "month"])[name].sum())
        return str(total) if name == "households" else self._count(total)

    def _count(self, number: int) -> str:
        """A count in words: exact for the office, else the lower end of its step; nobody is fewer than five too."""
        return str(number) if self._office else in_step(number)

    def _by_month(self, table: pd.DataFrame) -> PageGrid:
        months = sorted(set(table["month"]))
        cells = {(row["village"], row["month"]): row for row in records(table)}
        villages = sorted(set(table["village"]))
        made = [[self._share(cells.get((village, month)), village, month) for month in months] for village in villages]
        key: list[tuple[Tone, CellText, Sentence]] = [(0.6, "60", SHARE_KEY)]
        if not self._office:
            key.append(("few", "·", FEW_VISITED.filled(batch=BATCH)))
        return PageGrid(
            BY_MONTH,
            (PageColumn(VILLAGE, 3), *(PageColumn(_month_words(int(month[5:]))) for month in months)),
            tuple((self._words.place(one), *(text for text, _, _ in row)) for one, row in zip(villages, made, strict=True)),
            note=BY_MONTH_NOTE,
            counted=False,
            tones=tuple(tuple(tone for _, tone, _ in row) for row in made),
            said=tuple(tuple(said for _, _, said in row) for row in made),
            key=tuple(key),
        )

    def _share(self, row: dict[str, Any] | None, village: str, month: str) -> tuple[CellText, Tone, CellText]:
        if row is None:
            return "", "", ""
        if pd.isna(row["households"]):
            return "·", "few", FEW_VILLAGE.filled(batch=BATCH)
        visited, households = int(str(row["visited"])), int(str(row["households"]))
        words = {"village": self._words.place(village), "month": month, "households": households}
        if not self._office and visited == 0:
            return "·", "few", SAID.filled(visited=f"<{BATCH}", **words)
        part = visited / households
        return f"{100 * part:.0f}", part, SAID.filled(visited=self._count(visited), **words)

    def _by_day(self, village: str) -> PageGrid:
        closed = self._is_closed(village)
        counts = coverage_by_day(self._sources, village).iloc[: 0 if closed else None]
        most = self._shade_of(int(counts.max()) if len(counts) else 0)
        first, last = date_of(self._sources.begins), date_of(self._sources.on)
        rows, tones, said = [], [], []
        for month in range(first.month, last.month + 1):
            cells = [self._day(date(last.year, month, day), counts, most) for day in range(1, _length(last.year, month) + 1)]
            cells += [("", "", "")] * (31 - len(cells))
            rows.append((_month_words(month), *(text for text, _, _ in cells)))
            tones.append(tuple(tone for _, tone, _ in cells))
            said.append(tuple(words for _, _, words in cells))
        key: list[tuple[Tone, CellText, Sentence]] = [(0.6, "", DAY_KEY)]
        if not self._office:
            key.append(("few", "·", FEW_KEY.filled(batch=BATCH)))
        where: CellText = self._words.place(village) if village else TOWN
        columns = (PageColumn(MONTH, 2), *(PageColumn(str(day)) for day in range(1, 32)))
        return PageGrid(
            BY_DAY.filled(where=where), columns, tuple(rows), counted=False,
            tones=tuple(tones), said=tuple(said), key=() if closed else tuple(key), dense=True,
            note=FEW_VILLAGE.filled(batch=BATCH) if closed else None,
        )  # fmt: skip

    def _is_closed(self, village: str) -> bool:
        """Whether a village has so few households now that even the days of visits would be those of one of them."""
        there = households_on(self._sources.households, self._sources.on)
        return bool(village) and not self._office and int((there["village"] == village).sum()) < BATCH

    def _shade_of(self, most: int) -> int:
        """The count at the dark end: in steps, as a colour would tell an exact one."""
        return max(most if self._office else stepped(most), 1)

    def _day(self, day: date, counts: "pd.Series[int]", most: int) -> tuple[CellText, Tone, CellText]:
        count = int(counts.get(number_of(day), 0))
        if count == 0:
            return "", "", ""
        if not self._office and count < BATCH:
            return "·", "few", SAID_DAY.filled(day=day_words(number_of(day), day.year), count=f"<{BATCH}")
        shown = count if self._office else stepped(count)
        part = 0.15 + 0.85 * shown / most
        return str(shown), part, SAID_DAY.filled(day=day_words(number_of(day), day.year), count=self._count(count))

    def _at_end(self, last: pd.DataFrame) -> PageSection:
        rows = [self._village(row) for row in records(last)]
        columns = tuple(PageColumn(said, 2 if at == 0 else 1, at > 0, at == 0) for at, said in enumerate(HEADINGS.values()))
        on = self._sources.on
        return PageSection(AT_END.filled(on=day_words(on, date_of(on).year)), columns, tuple(rows), counted=False)

    def _village(self, row: dict[str, Any]) -> tuple[CellText, ...]:
        name = self._words.place(str(row["village"]))
        if pd.isna(row["households"]):
            return (name, f"<{BATCH}", "·", "·", "·")
        counts = [int(str(row[column])) for column in ("visited", "twice", "tried")]
        return (name, str(row["households"]), *(self._count(count) for count in counts))

    def _left(self, village: str) -> PageSection:
        left = households_left(self._sources)
        own = left[(left["village"] == village) | (village == "")]
        rows = tuple(
            (self._words.place(row["village"]), row["household"], TRIED if row["tried"] else UNTRIED)
            for row in records(own.head(MOST))
        )
        headings = (HEADINGS["village"], Sentence(zh="户号", en="household"), Sentence(zh="情况", en="how it stands"))
        columns = tuple(PageColumn(said, 1.0, main=at == 1) for at, said in enumerate(headings))
        note = LEFT_NOTE.filled(count=MOST) if len(own) > MOST else None
        return PageSection(LEFT, columns, rows, note=note)


def _month_words(month: int) -> Sentence:
    return Sentence(zh=f"{month}月", en=NAMES[month - 1])


def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
