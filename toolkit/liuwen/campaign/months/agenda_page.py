"""The agenda of the case meeting: what is undecided first, then by tier and age; for the meeting, never for a board."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from liuwen.campaign.cells import records
from liuwen.campaign.confidential import visible_table
from liuwen.campaign.days import number_of
from liuwen.campaign.ledgers.ledger import TownLedger
from liuwen.campaign.months.pages import PageColumn, PageFigure, PageSection, PageWords, TownPage, dateline_of
from liuwen.campaign.months.standing import ledger_cell, standing_of
from liuwen.messages import Sentence

MANY_REFUSALS = 3
"""Assumed: after so many refusals the meeting decides."""
TITLE = Sentence(zh="{place}民情分析会议题", en="{place}: agenda of the case meeting")
UNDECIDED = Sentence(zh="一、没有定下来、要会上定的", en="1. Undecided: the meeting decides")
AT_TIER = Sentence(zh="{number}、在{tier}一级办的，最久的在前", en="{number}. At {tier}, the oldest first")
LATE_AT_FIRST = Sentence(zh="{number}、在{tier}一级已超期的，最久的在前", en="{number}. Overdue at {tier}, the oldest first")
LEFT_OUT = Sentence(
    zh="{tier}一级没有超期的 {count} 件不列在内，见各{tier}的公开栏。",
    en="At {tier}, matters within their time are not listed: {count}.",
)
WHY = {
    "waiting": Sentence(zh="等得太久", en="waiting too long"),
    "refused": Sentence(zh="退回 {count} 次", en="refusals: {count}"),
    "nobody": Sentence(zh="没有人负责", en="nobody responsible"),
    "meeting": Sentence(zh="须会上决定", en="for the meeting"),
    "not_sorted": Sentence(zh="还没有归类", en="not sorted into a class"),
}
HEADINGS = {
    "why": Sentence(zh="为什么上会", en="why"),
    "number": Sentence(zh="编号", en="number"),
    "village": Sentence(zh="村", en="village"),
    "title": Sentence(zh="事项", en="title"),
    "responsible": Sentence(zh="责任人", en="responsible"),
    "age": Sentence(zh="登记天数", en="age (days)"),
    "standing": Sentence(zh="办到哪一步", en="where it stands"),
    "note": Sentence(zh="办理情况", en="last note"),
    "decision": Sentence(zh="会议决定", en="decision"),
}
CHINESE_NUMBERS = "一二三四五六七八九"


def agenda_page(ledger: TownLedger, words: PageWords, *, month: str, issuer: Sentence, synthetic: bool) -> TownPage:
    """The agenda of a month; confidential matters are not on it."""
    table = visible_table(ledger)
    live = table[table["state"].isin(ledger.rule.open_states)].sort_values(["raised", "number"])
    why = _why(live, ledger)
    undecided = live[why != ""]
    rest = live[why == ""]
    decides = [(row, why[at]) for at, row in zip(undecided.index, records(undecided), strict=True)]
    sections = [_section(UNDECIDED, decides, ledger, words)]
    first, *higher = ledger.rule.tiers
    for tier in reversed(higher):
        rows = [(row, "") for row in records(rest[rest["tier"] == tier.id])]
        if rows:
            sections.append(_section(_numbered(AT_TIER, len(sections), tier.name), rows, ledger, words))
    here = rest[rest["tier"] == first.id]
    late = [(row, "") for row in records(here[here["overdue_days"] > 0])]
    sections.append(_section(_numbered(LATE_AT_FIRST, len(sections), first.name), late, ledger, words))
    known = ledger.known if ledger.known is not None else ledger.on
    return TownPage(
        id="agenda",
        title=TITLE.filled(place=issuer),
        issuer=issuer,
        dateline=dateline_of(month, ledger.on, known),
        sections=tuple(sections),
        figures=tuple(PageFigure(section.heading, str(len(section.rows))) for section in sections),
        said=(LEFT_OUT.filled(tier=first.name, count=len(here) - len(late)),),
        landscape=True,
        synthetic=synthetic,
        known=known,
    )


def _why(live: pd.DataFrame, ledger: TownLedger) -> "pd.Series[Any]":
    """Why a matter is for the meeting; the first reason that holds."""
    decides = ledger.rule.case_meeting.decides if ledger.rule.case_meeting else ()
    why = pd.Series("", index=live.index, dtype=object)
    reasons = {
        "nobody": live["responsible"] == "",
        "refused": live["refusals"] >= MANY_REFUSALS,
        "waiting": live["waiting_too_long"],
        "meeting": live["class"].isin(decides),
        "not_sorted": live["class"] == "",
    }
    for id, mask in reasons.items():
        why = why.where((why != "") | ~mask, id)
    return why


def _numbered(heading: Sentence, before: int, tier: Sentence) -> Sentence:
    number = Sentence(zh=CHINESE_NUMBERS[before], en=str(before + 1))
    return heading.filled(number=number, tier=tier)


def _section(heading: Sentence, rows: list[tuple[dict[str, Any], str]], ledger: TownLedger, words: PageWords) -> PageSection:
    with_why = any(why for _, why in rows)
    names = [*(["why"] if with_why else []), "number", "village", "title", "responsible", "age", "standing", "note", "decision"]
    widths = {
        "why": 1.45,
        "number": 2.2,
        "village": 0.9,
        "title": 2.5,
        "responsible": 1.25,
        "age": 1.0,
        "standing": 2.2,
        "note": 1.9,
        "decision": 1.5,
    }
    columns = tuple(PageColumn(HEADINGS[name], widths[name], name == "age", name == "title") for name in names)
    cells = tuple(tuple(_cell(name, row, why, ledger, words) for name in names) for row, why in rows)
    marked = frozenset(at for at, (row, _) in enumerate(rows) if row["overdue_days"] > 0)
    return PageSection(heading, columns, cells, marked)


def _cell(name: str, row: Mapping[str, Any], why: str, ledger: TownLedger, words: PageWords) -> str | Sentence:
    if name == "why":
        return WHY[why].filled(count=row["refusals"])
    if name == "age":
        return str(ledger.on - number_of(row["raised"].date()))
    if name == "standing":
        return standing_of(dict(row) | {"line": "open"}, words, {})
    if name == "note":
        return str(row["last_note"])
    return "" if name == "decision" else ledger_cell(name, row[name], words)
