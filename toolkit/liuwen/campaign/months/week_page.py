"""What I must do this week, one page a person: overdue, due, what waits for my office, answers owed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from liuwen.campaign.cells import records
from liuwen.campaign.days import as_dates, date_of
from liuwen.campaign.ledgers.ledger import TownLedger
from liuwen.campaign.months.pages import PageColumn, PageFigure, PageSection, PageWords, TownPage, day_words, in_words
from liuwen.campaign.months.standing import ledger_cell
from liuwen.campaign.posts import Posts
from liuwen.messages import Language, Sentence

TITLE = Sentence(zh="{person}：本周要办的事", en="{person}: what I must do this week")
DATELINE = Sentence(
    zh="{begins}至{ends} · 统计到{on}，含{known}前收到的", en="{begins} to {ends} · as of {on}, with what had come in by {known}"
)
PARTS = {
    "overdue": Sentence(zh="已经超期", en="Overdue"),
    "due": Sentence(zh="本周到期", en="Due this week"),
    "waits": Sentence(zh="等我这一级答复", en="Waits for my office"),
    "answers": Sentence(zh="办完了，还没答复", en="Done, not yet told"),
    "open": Sentence(zh="其他正在办的", en="Other open matters"),
}
HEADINGS = {
    "number": Sentence(zh="编号", en="number"),
    "village": Sentence(zh="村", en="village"),
    "title": Sentence(zh="事项", en="title"),
    "deadline": Sentence(zh="时限", en="deadline"),
    "last_note": Sentence(zh="办理情况", en="last note"),
    "awaiting_answer": Sentence(zh="还没答复的户", en="households not yet told"),
    "overdue_days": Sentence(zh="超期天数", en="days overdue"),
    "waiting_days": Sentence(zh="已等天数", en="days waiting"),
    "responsible": Sentence(zh="责任人", en="responsible"),
}
SHOWN = {
    "overdue": ("number", "village", "title", "deadline", "overdue_days", "last_note"),
    "due": ("number", "village", "title", "deadline", "last_note"),
    "waits": ("number", "village", "title", "responsible", "waiting_days", "last_note"),
    "answers": ("number", "village", "title", "awaiting_answer", "last_note"),
    "open": ("number", "village", "title", "deadline", "last_note"),
}
WIDTHS = {
    "number": 2.5,
    "village": 1.0,
    "title": 2.8,
    "last_note": 2.3,
    "awaiting_answer": 2.3,
    "deadline": 1.15,
    "responsible": 1.5,
    "overdue_days": 1.15,
    "waiting_days": 1.15,
}
OWN = Sentence(zh="此页只给本人，请勿张贴或转发。", en="For this person alone: do not hang it up or pass it on.")


@dataclass(frozen=True)
class WeekSheet:
    """What a person must do in the week of a day: tables of the ledger's rows by what they ask for.

    `overdue`, `due` in the week, `waits` for the person's office, `answers` still owed, and the other `open` matters.
    """

    person: str
    on: int
    known: int
    begins: int
    ends: int
    parts: Mapping[str, pd.DataFrame] = field(repr=False)

    @property
    def empty(self) -> bool:
        """Whether nothing is to be done."""
        return not any(len(table) for table in self.parts.values())

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name not in PARTS:
            raise AttributeError(name)
        return self.parts[name]


def week_sheet(person: str, ledger: TownLedger, posts: Posts, *, confidential: bool = True) -> WeekSheet:
    """The week of the ledger's day for one person.

    Args:
        person: The person.
        ledger: The ledger.
        posts: Who holds which post.
        confidential: Whether a receiver sees the confidential matters that he or she receives: on a sheet that the person makes,
            and not on one that the desk makes for everybody.
    """
    monday = ledger.on - date_of(ledger.on).weekday()
    table = ledger.table
    near = (table["responsible"] == person) | (table["handler"] == person) | (table["waiting_for"] != "")
    table = _may_see(table[near], ledger, person, posts, confidential=confidential)
    mine = table[((table["responsible"] == person) | (table["handler"] == person)) & ~_gone(table, ledger)]
    live = mine[mine["state"].isin(ledger.rule.open_states)]
    first, last = as_dates([ledger.on, monday + 6])
    overdue, soon = live["overdue_days"] > 0, (live["deadline"] >= first) & (live["deadline"] <= last)
    owed = mine[mine["state"].isin(["done", "explained"]) & (mine["awaiting_answer"] != "")]
    parts = {
        "overdue": live[overdue].sort_values("overdue_days", ascending=False, kind="stable"),
        "due": live[soon & ~overdue].sort_values("deadline", kind="stable"),
        "waits": _waits(table, ledger, person, posts),
        "answers": owed,
        "open": live[~overdue & ~soon],
    }
    known = ledger.known if ledger.known is not None else ledger.on
    return WeekSheet(
        person, ledger.on, known, monday, monday + 6, {name: part.reset_index(drop=True) for name, part in parts.items()}
    )


def week_page(sheet: WeekSheet, words: PageWords, *, issuer: Sentence, synthetic: bool) -> TownPage:
    """The page of a person's week."""
    sections = tuple(
        _section(name, table, words) for name, table in sheet.parts.items() if len(table) or name in ("overdue", "due")
    )
    dateline = DATELINE.filled(
        begins=day_words(sheet.begins), ends=day_words(sheet.ends), on=day_words(sheet.on), known=day_words(sheet.known)
    )
    return TownPage(
        id=f"week-{sheet.person}",
        title=TITLE.filled(person=words.person(sheet.person)),
        issuer=issuer,
        dateline=dateline,
        sections=sections,
        figures=tuple(PageFigure(PARTS[name], str(len(table))) for name, table in sheet.parts.items()),
        said=(OWN,),
        synthetic=synthetic,
        known=sheet.known,
    )


def week_text(sheet: WeekSheet, words: PageWords, language: Language) -> str:
    """A person's week as plain text, a line a matter."""
    page = week_page(sheet, words, issuer=OWN, synthetic=False)
    lines = [in_words(page.title, language), in_words(page.dateline, language)]
    for section in page.sections:
        lines.append(f"\n{in_words(section.heading, language)}")
        lines += ["  ".join(filter(None, (in_words(cell, language) for cell in row))) for row in section.rows]
        lines += [] if section.rows else [in_words(section.empty, language)]
    return "\n".join(lines)


def people_of(ledger: TownLedger, posts: Posts, people: tuple[str, ...]) -> list[str]:
    """Everybody for whom there may be something to do: who answers for or handles a matter, and who is in the registers."""
    named = {*ledger.table["responsible"], *ledger.table["handler"], *people}
    return sorted(named - {""})


def _may_see(table: pd.DataFrame, ledger: TownLedger, person: str, posts: Posts, *, confidential: bool) -> pd.DataFrame:
    receivers = {one.id: one.receiver for one in ledger.rule.classes if one.confidential}
    receives = {id for id, rank in receivers.items() if posts.given and rank and posts.holds(person, (rank,), ledger.on, "")}
    theirs = receives if confidential else set()
    return table[~table["class"].isin(set(receivers) - theirs)]


def _gone(table: pd.DataFrame, ledger: TownLedger) -> "pd.Series[bool]":
    return table["state"].isin(["closed", *ledger.rule.ends])


def _waits(table: pd.DataFrame, ledger: TownLedger, person: str, posts: Posts) -> pd.DataFrame:
    """The applications that this person's office must answer."""
    ranks = {rank for tier in ledger.rule.tiers for rank in tier.office}
    if not posts.given or not posts.ranks_of(person, ledger.on) & ranks:
        return table.iloc[:0]
    waiting = table[table["waiting_for"] != ""]
    offices = {tier.id: tier.office for tier in ledger.rule.tiers}
    mine = [
        posts.holds(person, offices[tier], ledger.on, village)
        for tier, village in zip(waiting["waiting_for"], waiting["village"], strict=True)
    ]
    return waiting[np.array(mine, dtype=bool)].sort_values("waiting_days", ascending=False, kind="stable")


def _section(name: str, table: pd.DataFrame, words: PageWords) -> PageSection:
    columns = tuple(
        PageColumn(HEADINGS[column], WIDTHS.get(column, 1.0), column.endswith("_days"), column == "title")
        for column in SHOWN[name]
    )
    rows = tuple(tuple(_cell(column, row, words) for column in SHOWN[name]) for row in records(table[list(SHOWN[name])]))
    marked = frozenset(range(len(rows))) if name == "overdue" else frozenset()
    return PageSection(PARTS[name], columns, rows, marked)


def _cell(column: str, row: Mapping[str, Any], words: PageWords) -> str | Sentence:
    return str(row[column]) if column.endswith("_days") else ledger_cell(column, row[column], words)
