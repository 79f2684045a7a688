"""Duties to look through: how each stands, who is behind, and every event of one of them with its reason.

Owners are in the order of villages and codes. Households and pairs stand by name only before the office: whose festival visit
is owed, or who is paired, says who is in hardship.
"""

from typing import TYPE_CHECKING, Any

import pandas as pd

from liuwen.campaign.boards import BATCH
from liuwen.campaign.cells import records
from liuwen.campaign.coverage import households_on
from liuwen.campaign.days import EPOCH, date_of
from liuwen.campaign.duties.credited import household_villages
from liuwen.campaign.duties.explaining import shown_period
from liuwen.campaign.duties.table import STATES
from liuwen.campaign.months.pages import CellText, PageColumn, PageFigure, PageSection, TownPage, day_words
from liuwen.campaign.views.choices import ALL, Chosen, ViewChoice
from liuwen.campaign.views.steps import in_step
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.campaign.campaign import Campaign
    from liuwen.campaign.records import Day

MOST = 200
TITLE = Sentence(zh="任务进度", en="Duties")
AS_OF = Sentence(zh="截至{on}", en="as of {on}")
DUTY, VILLAGE = Sentence(zh="任务", en="Duty"), Sentence(zh="村", en="Village")
STATE, WHO = Sentence(zh="状态", en="State"), Sentence(zh="说明谁的", en="Explain whose")
NOBODY = Sentence(zh="（不看）", en="(none)")
BEHIND = "behind_or_missed"
STATE_NAMES = {
    "met": Sentence(zh="已完成", en="met"),
    "on the way": Sentence(zh="按进度", en="on the way"),
    "behind": Sentence(zh="落后于进度", en="behind"),
    "missed": Sentence(zh="到期没有完成", en="missed"),
    "over": Sentence(zh="超过上限", en="over the bound"),
    "not owed": Sentence(zh="不需要", en="not owed"),
    "not yet": Sentence(zh="还没有开始", en="not yet"),
    BEHIND: Sentence(zh="落后或没有完成", en="behind or missed"),
}
BY_DUTY = Sentence(zh="各项任务", en="Each duty")
OWNERS = Sentence(zh="各人、各村、各单位", en="People, villages, units")
OWNERS_NOTE = Sentence(
    zh="按村和编码排列，不排名。选“说明谁的”，可以看每一次算不算、为什么。",
    en="In the order of villages and codes; nobody is ranked. Choose whose to explain: every event is listed with its reason.",
)
FIRST = Sentence(zh="只列前 {count} 行。", en="Only the first are listed: {count}.")
STAND = Sentence(
    zh="{duty}：{who}（{period}）应做 {required}，到今天应有 {expected}，已做 {done}：{state}",
    en="{duty}: {who} ({period}) owes {required}, {expected} by now, done {done}: {state}",
)
BOUND = Sentence(
    zh="{duty}：{who}（{period}）上限 {at_most}，已做 {done}：{state}",
    en="{duty}: {who} ({period}) bound {at_most}, done {done}: {state}",
)
COUNTS, NOT = Sentence(zh="算", en="counts"), Sentence(zh="不算", en="does not count")
OWN = Sentence(
    zh="此页有干部姓名，只给负责人，请勿张贴或转发；用来问一问为什么，不用来排名、打分。",
    en="For those who lead: this page names officials. Do not hang it up or pass it on. It is for asking why, not for ranking.",
)
FEW = Sentence(
    zh="户和结对只按 {batch} 为单位计数，不列出来；不足 {batch} 户的村，任务和走访都不列。",
    en="Households and pairs are counted in steps of {batch} and not listed. Neither are the duties of a village of fewer than "
    "{batch} households, and visits there.",
)
OWNER_COLUMNS = {
    "duty": Sentence(zh="任务", en="duty"),
    "who": Sentence(zh="谁", en="who"),
    "village": Sentence(zh="村", en="village"),
    "period": Sentence(zh="时间", en="period"),
    "done": Sentence(zh="已做 / 应做", en="done / owed"),
    "expected": Sentence(zh="到今天应有", en="expected by now"),
    "state": Sentence(zh="状态", en="state"),
}
WIDTHS = {"duty": 2.4, "who": 1.4, "village": 1.2, "state": 1.3}
EVENT_COLUMNS = {
    "on": Sentence(zh="日期", en="day"),
    "known": Sentence(zh="收到", en="received"),
    "household": Sentence(zh="户", en="household"),
    "village": Sentence(zh="村", en="village"),
    "counts": Sentence(zh="算不算", en="counts"),
    "why": Sentence(zh="为什么", en="why"),
}
PRIVATE = ("household", "pair")
"""Whose duties are listed one by one only for the office."""


class DutiesView:
    """The duties of a campaign on a day, each in the period in which the day lies."""

    def __init__(
        self, campaign: "Campaign", on: "Day | None" = None, known: "Day | None" = None, *, office: bool = False
    ) -> None:
        self._duties = campaign.duties(on, known)
        self._rules = {rule.id: rule for rule in campaign.programme.duties}
        self._words, self._name, self._synthetic = campaign.page_words(), campaign.programme.name, campaign.synthetic
        self._on, self._office = campaign.number(on), office
        self._known = None if known is None else campaign.number(known)
        current = {id: shown_period(rule, self._duties._sources).name for id, rule in self._rules.items()}
        rows = pd.DataFrame(self._duties)
        rows = rows[(rows["period"] == rows["duty"].map(current)) & (rows["state"] != "not owed") & (rows["who"] != "")]
        registers = campaign.registers(known)
        where = _villages_of(registers, self._on)
        self._rows = rows.assign(village=[_where(row, where) for row in zip(rows["each"], rows["who"], strict=True)])
        self._homes = household_villages(registers)
        self._small = frozenset() if office else _small_villages(registers.table("households"), self._on)

    def choices(self, chosen: Chosen) -> tuple[ViewChoice, ...]:
        """Duty, village, state, and whose events to list."""
        rows = self.table({})
        villages = sorted({place for places in rows["village"] for place in places.split()})
        there = set(rows["state"])
        states = [(STATE_NAMES[BEHIND], BEHIND), *((STATE_NAMES[one], one) for one in STATES if one in there)]
        listed = self._listed(self.table({**chosen, "who": ""}))
        people = list(dict.fromkeys(listed["who"]))
        return (
            ViewChoice("duty", DUTY, ((ALL, ""), *((rule.name, id) for id, rule in self._rules.items()))),
            ViewChoice("village", VILLAGE, ((ALL, ""), *((self._words.place(one), one) for one in villages))),
            ViewChoice("state", STATE, ((ALL, ""), *states)),
            ViewChoice("who", WHO, ((NOBODY, ""), *((self._called(one), one) for one in people))),
        )

    def table(self, chosen: Chosen) -> pd.DataFrame:
        """The rows chosen, by village and code: the columns of `Campaign.duties`, and `village`."""
        rows = self._rows
        kept = pd.Series(True, index=rows.index)
        if chosen.get("duty"):
            kept &= rows["duty"] == chosen["duty"]
        if chosen.get("village"):
            kept &= rows["village"].str.split().map(lambda places: chosen["village"] in places).astype(bool)
        if chosen.get("state"):
            states = ("behind", "missed") if chosen["state"] == BEHIND else (chosen["state"],)
            kept &= rows["state"].isin(states)
        if not self._office:
            kept &= ~rows["each"].isin(PRIVATE) & ~((rows["each"] == "village") & rows["who"].isin(self._small))
        shown = rows[kept]
        return shown.sort_values(["village", "who", "duty", "period"], kind="stable").reset_index(drop=True)

    def page(self, chosen: Chosen) -> TownPage:
        """How each duty stands, whose duties are chosen, and the events of one."""
        table = self.table(chosen)
        counts = table["state"].value_counts()
        figures = tuple(
            PageFigure(STATE_NAMES[one], str(int(counts.get(one, 0)))) for one in STATES if one not in ("not owed", "not yet")
        )
        explained = self._explained(chosen) if chosen.get("who") else []
        return TownPage(
            id="duties",
            title=TITLE,
            issuer=self._name,
            dateline=AS_OF.filled(on=day_words(self._on)),
            sections=(*explained, self._by_duty(chosen), self._owners(table)),
            figures=figures,
            said=(OWN,) if self._office else (OWN, FEW.filled(batch=BATCH)),
            synthetic=self._synthetic,
            known=self._on if self._known is None else self._known,
        )

    def _listed(self, table: pd.DataFrame) -> pd.DataFrame:
        return table.head(MOST)

    def _called(self, who: str) -> str:
        """A person's name, a village's, else the code; of a pair the person's name and the subject's code."""
        person, slash, subject = who.partition("/")
        name = self._words.person(person) if self._words.person(person) != person else self._words.place(person)
        return f"{name}{slash}{subject}"

    def _by_duty(self, chosen: Chosen) -> PageSection:
        names = ("met", "on the way", "behind", "missed", "over")
        rows: list[tuple[CellText, ...]] = []
        for id, rule in self._rules.items():
            own = self._rows[self._rows["duty"] == id]
            if chosen.get("duty", id) not in ("", id) or own.empty:
                continue
            counts = own["state"].value_counts()
            step = rule.each in PRIVATE and not self._office
            rows.append((rule.name, _said(len(own), step), *(_said(int(counts.get(one, 0)), step) for one in names)))
        headings = (DUTY, Sentence(zh="应完成", en="owed by"), *(STATE_NAMES[one] for one in names))
        columns = tuple(PageColumn(said, 3 if at == 0 else 1, at > 0, at == 0) for at, said in enumerate(headings))
        return PageSection(BY_DUTY, columns, tuple(rows), counted=False)

    def _owners(self, table: pd.DataFrame) -> PageSection:
        shown = self._listed(table)
        rows = tuple(
            (
                self._rules[row["duty"]].name,
                self._called(row["who"]),
                self._places(row["village"]),
                row["period"],
                _done(row),
                "–" if pd.isna(row["share"]) else f"{row['expected_by_now']:.1f}",
                STATE_NAMES[row["state"]],
            )
            for row in records(shown)
        )
        columns = tuple(
            PageColumn(said, WIDTHS.get(name, 1.0), name in ("done", "expected"), name == "who")
            for name, said in OWNER_COLUMNS.items()
        )
        marked = frozenset(at for at, state in enumerate(shown["state"]) if state in ("behind", "missed", "over"))
        said = OWNERS_NOTE
        if len(table) > len(shown):
            more = FIRST.filled(count=MOST)
            said = Sentence(zh=said.zh + more.zh, en=f"{said.en} {more.en}")
        return PageSection(OWNERS, columns, rows, marked, said)

    def _explained(self, chosen: Chosen) -> list[PageSection]:
        own = self.table({"duty": chosen.get("duty", ""), "who": ""})
        return [self._story(row) for row in records(own[own["who"] == chosen["who"]])]

    def _story(self, row: dict[str, Any]) -> PageSection:
        rule = self._rules[row["duty"]]
        told = self._listed_events(self._duties.explain(row["duty"], row["who"], row["period"]))
        names = [name for name in EVENT_COLUMNS if name != "household" or self._office]
        rows = tuple(tuple(self._event(name, event) for name in names) for event in records(told.tail(MOST)))
        columns = tuple(PageColumn(EVENT_COLUMNS[name], 3 if name == "why" else 1, main=name == "on") for name in names)
        sentence = BOUND if pd.isna(row["share"]) else STAND
        heading = sentence.filled(
            duty=rule.name,
            who=self._called(row["who"]),
            period=row["period"],
            required=row["required"],
            expected=f"{row['expected_by_now']:.1f}",
            at_most=f"{row['at_most']:g}",
            done=row["done"],
            state=STATE_NAMES[row["state"]],
        )
        return PageSection(heading, columns, rows, note=FIRST.filled(count=MOST) if len(told) > MOST else None)

    def _listed_events(self, told: pd.DataFrame) -> pd.DataFrame:
        """Without the visits to a village of few households: each of them would be told by its days."""
        home = told["household"].map(self._homes)
        return told[~(told["village"].isin(self._small) | home.isin(self._small))]

    def _event(self, name: str, event: dict[str, Any]) -> CellText:
        if name in ("on", "known"):
            day = event[name]
            return "" if pd.isna(day) else day_words(day.toordinal() - EPOCH, date_of(self._on).year)
        if name == "counts":
            return COUNTS if event["counts"] else NOT
        if name == "why":
            return Sentence(zh=event["zh"], en=event["en"])
        return self._words.place(event["village"]) if name == "village" else str(event[name])

    def _places(self, villages: str) -> str:
        return "、".join(self._words.place(one) for one in villages.split())


def _small_villages(households: pd.DataFrame, on: int) -> frozenset[str]:
    """The villages of few households, now or when anybody lived there last."""
    there = households_on(households, on).groupby("village").size()
    return frozenset(set(households["village"]) - set(there.index[there >= BATCH]))


def _villages_of(registers: Any, on: int) -> dict[tuple[str, str], str]:
    """The villages of each owner: of a person those of the posts held that day, else of the last post."""
    posts = registers.table("posts").sort_values(["from", "place"], kind="stable")
    found: dict[tuple[str, str], str] = {}
    for person, rows in posts[(posts["from"] <= on) & (posts["place"] != "")].groupby("person"):
        held = rows[rows["to"] >= on]
        chosen = held if len(held) else rows.tail(1)
        found["person", str(person)] = " ".join(dict.fromkeys(chosen["place"]))
    units = registers.table("units")
    found |= {("unit", unit): place for unit, place in zip(units["unit"], units["paired_village"], strict=True)}
    return found | {("household", household): village for household, village in household_villages(registers).items()}


def _where(owner: tuple[str, str], where: dict[tuple[str, str], str]) -> str:
    each, who = owner
    if each == "village":
        return who
    person, _, subject = who.partition("/")
    if each == "pair":
        return where.get(("household", subject), where.get(("person", person), ""))
    return where.get(("person" if each == "slot" else each, who), "")


def _done(row: dict[str, Any]) -> str:
    if pd.isna(row["share"]):
        return f"{row['done']:g} (≤ {row['at_most']:g})"
    return f"{row['done']:g} / {row['required']:g}"


def _said(count: int, step: bool) -> str:
    return in_step(count) if step else str(count)
