"""What was not counted and why, steps that changed nothing, and remarks: for the desk to settle."""

from collections.abc import Iterable, Mapping

import pandas as pd

from liuwen.campaign.cells import records
from liuwen.campaign.days import date_of
from liuwen.campaign.event_kinds import EVENT_KINDS
from liuwen.campaign.ledgers.ledger import TownLedger
from liuwen.campaign.months.pages import PageColumn, PageFigure, PageSection, PageWords, TownPage, dateline_of
from liuwen.campaign.reasons import reason_sentence
from liuwen.messages import Sentence

TITLE = Sentence(zh="{place}：要核对的登记", en="{place}: reports to settle")
PARTS = {
    "not_counted": Sentence(zh="没有计入的", en="Not counted"),
    "exceptions": Sentence(zh="没有采纳的步骤（事项没有变）", en="Steps not taken (the matter did not change)"),
    "remarks": Sentence(zh="已计入，请看一眼的", en="Counted, and somebody should look"),
}
HEADINGS = {
    "kind": Sentence(zh="种类", en="kind"),
    "matter": Sentence(zh="事项", en="matter"),
    "step": Sentence(zh="步骤", en="step"),
    "on": Sentence(zh="所写日期", en="dated"),
    "known": Sentence(zh="收到日期", en="received"),
    "by": Sentence(zh="谁", en="by"),
    "village": Sentence(zh="村", en="village"),
    "event": Sentence(zh="登记编码", en="event"),
    "why": Sentence(zh="原因和办法", en="why, and what to do"),
}
SUM = Sentence(
    zh=(
        "收到 {given} 条登记 = 计入 {counted} 条 + 没有计入 {not_counted} 条；台账步骤 {steps} "
        "步 = 采纳 {taken} + 没有采纳 {exceptions} + 撤销 {voided} + 未到日期 {later}。"
    ),
    en=(
        "Reports received {given} = counted {counted} + not counted {not_counted}. Steps {steps} "
        "= taken {taken} + not taken {exceptions} + taken back {voided} + not due yet {later}."
    ),
)
WIDTHS = {"why": 3.8, "matter": 1.5, "event": 1.5, "on": 1.3, "known": 1.3, "kind": 0.9}


def settle_tables(ledger: TownLedger, events: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """What is to settle by kind: `kind, matter, step, on, known, by, village, event, why`.

    Args:
        ledger: The ledger of the list.
        events: The events to look at, as known then, with `matter` and `step` where they have them: those that everybody at the
            desk may see, or those of one receiver.
    """
    exceptions = ledger.exceptions[ledger.exceptions["event"].isin(_steps(ledger, events)["event"].tolist())]
    villages = ledger.table.set_index("matter")["village"]
    named = exceptions.assign(kind=ledger.rule.id, village=exceptions["matter"].map(villages).astype(object).fillna(""))
    counted = events[events["why"] == ""]
    remarked = counted[counted["remarks"] != ""].assign(why=lambda table: table["remarks"])
    tables = {"not_counted": events[events["why"] != ""], "exceptions": named, "remarks": remarked}
    return {name: _in_order(table) for name, table in tables.items()}


def settle_page(
    ledger: TownLedger,
    events: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    words: PageWords,
    *,
    month: str,
    issuer: Sentence,
    synthetic: bool,
) -> TownPage:
    """The page of what is to settle among the events that everybody at the desk may see; their sums stand under it."""
    known = ledger.known if ledger.known is not None else ledger.on
    return TownPage(
        id="to_settle",
        title=TITLE.filled(place=issuer),
        issuer=issuer,
        dateline=dateline_of(month, ledger.on, known),
        sections=settle_sections(tables, ledger, words),
        figures=tuple(PageFigure(PARTS[name], str(len(table))) for name, table in tables.items()),
        said=(_sums(ledger, events),),
        landscape=True,
        synthetic=synthetic,
        known=known,
    )


def settle_sections(tables: Mapping[str, pd.DataFrame], ledger: TownLedger, words: PageWords) -> tuple[PageSection, ...]:
    """A section for each table of `settle_tables`."""
    return tuple(_section(PARTS[name], table, ledger, words) for name, table in tables.items())


def _steps(ledger: TownLedger, events: pd.DataFrame) -> pd.DataFrame:
    return events[(events["kind"] == ledger.rule.id) & (events["why"] == "")]


def _sums(ledger: TownLedger, events: pd.DataFrame) -> Sentence:
    """`given = counted + not counted`, and of the steps `taken + not taken + taken back + not due yet`, of these events alone."""
    left, given = int((events["why"] != "").sum()), _steps(ledger, events)
    steps = ledger.steps[ledger.steps["event"].isin(given["event"].tolist())]
    taken, voided = int((steps["why"] == "").sum()), int(steps["voided"].sum())
    return SUM.filled(
        given=len(events),
        counted=len(events) - left,
        not_counted=left,
        steps=len(given),
        taken=taken,
        exceptions=len(steps) - taken - voided,
        voided=voided,
        later=len(given) - len(steps),
    )


def _in_order(table: pd.DataFrame) -> pd.DataFrame:
    columns = ["kind", "matter", "step", "on", "known", "by", "village", "event", "why"]
    return table[columns].sort_values(["kind", "known", "event"], kind="stable").reset_index(drop=True)


def _section(heading: Sentence, table: pd.DataFrame, ledger: TownLedger, words: PageWords) -> PageSection:
    names = {step.id: step.name for step in ledger.rule.steps}
    said = {why: reasons_in_words(why.split()) for why in set(table["why"])}
    rows = tuple(
        (
            EVENT_KINDS.get(row["kind"], ledger.rule.name if row["kind"] == ledger.rule.id else row["kind"]),
            ledger.numbers.get(row["matter"], row["matter"]),
            names.get(row["step"], row["step"]),
            _day(row["on"]),
            _day(row["known"]),
            words.person(row["by"]),
            words.place(row["village"]),
            row["event"],
            said[row["why"]],
        )
        for row in records(table)
    )
    columns = tuple(PageColumn(heading, WIDTHS.get(name, 1.0)) for name, heading in HEADINGS.items())
    return PageSection(heading, columns, rows)


def reasons_in_words(ids: Iterable[str]) -> Sentence:
    """What the ids of reasons mean, one after the other."""
    said = [reason_sentence(one) for one in ids]
    return Sentence(zh="".join(one.zh for one in said), en=" ".join(one.en for one in said))


def _day(day: object) -> str:
    if isinstance(day, pd.Timestamp):
        return str(day.date())
    return str(date_of(day)) if isinstance(day, int) else ""
