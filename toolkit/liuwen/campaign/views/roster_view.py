"""The roster of a month to look through: a row a village and a column a day, and the turns with what became of each."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from liuwen.campaign.calendars import month_of
from liuwen.campaign.cells import records
from liuwen.campaign.days import EPOCH, date_of
from liuwen.campaign.duties.periods import programme_days
from liuwen.campaign.months.grid import PageGrid, Tone
from liuwen.campaign.months.pages import WEEKDAYS, CellText, PageColumn, PageFigure, PageSection, TownPage, day_words, month_words
from liuwen.campaign.plan_pages import INSTEAD, NOBODY
from liuwen.campaign.reasons import reason_sentence
from liuwen.campaign.views.choices import ALL, Chosen, ViewChoice
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.campaign.campaign import Campaign
    from liuwen.campaign.records import Day

TITLE = Sentence(zh="{roster}值班情况", en="{roster}")
LINE = Sentence(zh="{month} · 情况截至{on}", en="{month}, as of {on}")
ROSTER, MONTH = Sentence(zh="值班表", en="Roster"), Sentence(zh="月份", en="Month")
THIS_MONTH = Sentence(zh="所看的月份（{month}）", en="month looked at ({month})")
VILLAGE = Sentence(zh="村", en="Village")
DAYS = Sentence(zh="各村各天", en="Villages and days")
TURNS = Sentence(zh="每一次值班", en="Every turn")
NO_CALLER = Sentence(zh="没有人来访也算在岗。", en="A turn without callers is kept too.")
OWN = Sentence(
    zh="此页写着谁没有在岗，只给负责人，请勿张贴；要张贴的是值班公示。",
    en="For those who lead: this page says who was not there. Do not hang it up; the poster of the roster is for that.",
)
KEPT: dict[str, tuple[Tone, str, Sentence]] = {
    "as_rostered": ("kept", "✓", Sentence(zh="按表在岗", en="kept as rostered")),
    "by_substitute": ("instead", "↔", Sentence(zh="别人代班", en="by a substitute")),
    "not_kept": ("missed", "✗", Sentence(zh="没有人在岗", en="not kept")),
    "not_yet": ("later", "○", Sentence(zh="还没有到", en="not yet")),
}
SAID = Sentence(zh="{village}，{day}，{person}：{kept}", en="{village}, {day}, {person}: {kept}")
HEADINGS = {
    "day": Sentence(zh="日期", en="day"),
    "weekday": Sentence(zh="星期", en="weekday"),
    "place": Sentence(zh="村", en="village"),
    "person": Sentence(zh="值班人", en="on duty"),
    "kept": Sentence(zh="在岗情况", en="kept"),
    "substitute": Sentence(zh="代班人", en="substitute"),
    "callers": Sentence(zh="来访人次", en="callers"),
    "remark": Sentence(zh="说明", en="remark"),
}


class RosterView:
    """The rosters of a campaign, month by month."""

    def __init__(self, campaign: "Campaign", on: "Day | None" = None, known: "Day | None" = None) -> None:
        self._campaign, self._on = campaign, campaign.number(on)
        self._known = None if known is None else campaign.number(known)
        self._words, self._synthetic = campaign.page_words(), campaign.synthetic
        self._rules = {rule.id: rule for rule in campaign.programme.rosters}
        days = programme_days(campaign.programme, campaign.year or date_of(self._on).year)
        self._months = sorted({month_of(day) for day in range(days.begins, days.ends + 1)})
        self._turns: dict[tuple[str, str], pd.DataFrame] = {}

    def choices(self, chosen: Chosen) -> tuple[ViewChoice, ...]:
        """Roster, month and village."""
        places = sorted(set(self._month(chosen)["place"]))
        return (
            ViewChoice("roster", ROSTER, tuple((rule.name, id) for id, rule in self._rules.items())),
            ViewChoice(
                "month",
                MONTH,
                (
                    (THIS_MONTH.filled(month=month_words(self._default_month())), ""),
                    *((month_words(one), one) for one in self._months),
                ),
            ),
            ViewChoice("village", VILLAGE, ((ALL, ""), *((self._words.place(one), one) for one in places))),
        )

    def table(self, chosen: Chosen) -> pd.DataFrame:
        """The turns chosen, as `Campaign.roster` gives them, by day and village."""
        rows = self._month(chosen)
        village = chosen.get("village", "")
        own = rows[(rows["place"] == village) | (village == "")]
        return own.sort_values(["day", "place"], kind="stable").reset_index(drop=True)

    def page(self, chosen: Chosen) -> TownPage:
        """How many turns were kept, the grid of villages and days, and every turn."""
        table = self.table(chosen)
        counts = table["kept"].value_counts()
        rule = self._rules.get(chosen.get("roster", "")) or next(iter(self._rules.values()), None)
        return TownPage(
            id="roster",
            title=TITLE.filled(roster=rule.name if rule else ROSTER),
            issuer=self._campaign.programme.name,
            dateline=LINE.filled(month=month_words(self._chosen_month(chosen)), on=day_words(self._on)),
            sections=(self._grid(table), self._list(table)),
            figures=tuple(PageFigure(said, str(int(counts.get(kept, 0)))) for kept, (_, _, said) in KEPT.items()),
            said=(NO_CALLER, OWN),
            synthetic=self._synthetic,
            known=self._on if self._known is None else self._known,
        )

    def _default_month(self) -> str:
        now = month_of(self._on)
        return min(max(now, self._months[0]), self._months[-1])

    def _chosen_month(self, chosen: Chosen) -> str:
        return chosen.get("month", "") or self._default_month()

    def _month(self, chosen: Chosen) -> pd.DataFrame:
        key = self._chosen_month(chosen), chosen.get("roster", "")
        if key not in self._turns:
            known = None if self._known is None else date_of(self._known)
            self._turns[key] = self._campaign.roster(key[0], on=date_of(self._on), known=known, id=key[1])
        return self._turns[key]

    def _grid(self, table: pd.DataFrame) -> PageGrid:
        days = sorted(set(table["day"]))
        places = sorted(set(table["place"]))
        turns = {(row["place"], row["day"]): row for row in records(table)}
        made = [[self._cell(turns.get((place, day))) for day in days] for place in places]
        return PageGrid(
            DAYS,
            (PageColumn(VILLAGE, 3), *(PageColumn(str(day.day)) for day in days)),
            tuple((self._words.place(one), *(text for text, _, _ in row)) for one, row in zip(places, made, strict=True)),
            counted=False,
            tones=tuple(tuple(tone for _, tone, _ in row) for row in made),
            said=tuple(tuple(said for _, _, said in row) for row in made),
            key=tuple(KEPT.values()),
        )

    def _cell(self, row: dict[str, Any] | None) -> tuple[CellText, Tone, CellText]:
        if row is None:
            return "", "", ""
        tone, mark, said = KEPT[row["kept"]]
        day = day_words(row["day"].toordinal() - EPOCH, row["day"].year)
        words = SAID.filled(village=self._words.place(row["place"]), day=day, person=self._person(row), kept=said)
        return mark, tone, words

    def _person(self, row: dict[str, Any]) -> CellText:
        if not row["person"]:
            return NOBODY
        name = self._words.person(row["person"])
        return INSTEAD.filled(person=name, before=self._words.person(row["instead_of"])) if row["instead_of"] else name

    def _list(self, table: pd.DataFrame) -> PageSection:
        rows = tuple(tuple(self._of_turn(name, row) for name in HEADINGS) for row in records(table))
        columns = tuple(
            PageColumn(said, 1.8 if name == "remark" else 1.0, name == "callers", name == "day")
            for name, said in HEADINGS.items()
        )
        marked = frozenset(at for at, kept in enumerate(table["kept"]) if kept == "not_kept")
        return PageSection(TURNS, columns, rows, marked)

    def _of_turn(self, name: str, row: dict[str, Any]) -> CellText:
        said = [reason_sentence(one) for one in row["remark"].split()]
        cells: dict[str, CellText] = {
            "day": day_words(row["day"].toordinal() - EPOCH, row["day"].year),
            "weekday": tuple(WEEKDAYS.values())[row["day"].weekday()],
            "place": self._words.place(row["place"]),
            "person": self._person(row),
            "kept": KEPT[row["kept"]][2],
            "substitute": self._words.person(row["substitute"]) if row["substitute"] else "",
            "callers": str(row["callers"]),
            "remark": Sentence(zh="".join(one.zh for one in said), en=" ".join(one.en for one in said)),
        }
        return cells[name]
