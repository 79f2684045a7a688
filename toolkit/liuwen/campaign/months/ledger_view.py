"""The ledger to look through: what is chosen, how old it is, at whose door it stands, and the story of one matter."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from liuwen.campaign.cells import records
from liuwen.campaign.confidential import visible_table
from liuwen.campaign.days import number_of
from liuwen.campaign.ledgers.ledger import TownLedger
from liuwen.campaign.ledgers.telling import story_of
from liuwen.campaign.months.pages import PageColumn, PageFigure, PageSection, PageWords, TownPage, day_words
from liuwen.campaign.months.standing import ledger_cell, standing_of
from liuwen.campaign.months.town_page import door_of, waited_for
from liuwen.messages import Sentence

MOST = 200
"""So many matters are listed."""
BANDS = (15, 30, 60, 90)
TITLE = Sentence(zh="台账", en="Ledger")
AS_OF = Sentence(zh="截至{on}", en="as of {on}")
AGES = Sentence(zh="正在办的多久了（登记至今的天数）", en="How old the open matters are (days since they were entered)")
MATTERS = Sentence(zh="事项", en="Matters")
FIRST = Sentence(zh="只列前 {count} 件。", en="Only the first are listed: {count}.")
HISTORY = Sentence(zh="一件事的经过", en="The story of one matter")
LINE = Sentence(zh="经过", en="what happened")
DOOR = Sentence(zh="在谁手上", en="in whose hands")
ALL = Sentence(zh="合计", en="all")
HEADINGS = {
    "number": Sentence(zh="编号", en="number"),
    "village": Sentence(zh="村", en="village"),
    "title": Sentence(zh="事项", en="title"),
    "class": Sentence(zh="类别", en="class"),
    "responsible": Sentence(zh="责任人", en="responsible"),
    "deadline": Sentence(zh="办结时限", en="deadline"),
    "standing": Sentence(zh="办到哪一步", en="where it stands"),
    "last_note": Sentence(zh="办理情况", en="last note"),
}
WIDTHS = {
    "number": 2.0,
    "village": 1.1,
    "title": 2.8,
    "class": 1.4,
    "responsible": 1.3,
    "deadline": 1.2,
    "standing": 1.9,
    "last_note": 2.2,
}
FIGURES = {
    "chosen": Sentence(zh="选中", en="chosen"),
    "open": Sentence(zh="正在办", en="open"),
    "overdue": Sentence(zh="超期", en="overdue"),
    "too_long": Sentence(zh="等得太久", en="waiting too long"),
    "closed": Sentence(zh="已销号", en="struck off"),
}


@dataclass(frozen=True)
class LedgerSelection:
    """What to look at: a village, a class, what stands how (`open`, `overdue`, `too_long`, `ended`, `closed`); "" is all."""

    village: str = ""
    topic: str = ""
    standing: str = ""
    matter: str = ""


def chosen_matters(ledger: TownLedger, selection: LedgerSelection) -> pd.DataFrame:
    """The rows of the ledger's table that are chosen; never a confidential one."""
    table = visible_table(ledger)
    live = table["state"].isin(ledger.rule.open_states)
    kinds = {
        "open": live,
        "overdue": table["overdue_days"] > 0,
        "too_long": table["waiting_too_long"],
        "ended": table["state"].isin(["done", "explained"]),
        "closed": table["state"] == "closed",
    }
    kept = kinds.get(selection.standing, pd.Series(True, index=table.index))
    for column, value in (("village", selection.village), ("class", selection.topic)):
        kept = kept & (table[column] == value) if value else kept
    return table[kept].sort_values(["overdue_days", "raised", "number"], ascending=[False, True, True]).reset_index(drop=True)


def ledger_view(ledger: TownLedger, words: PageWords, selection: LedgerSelection, *, synthetic: bool = False) -> TownPage:
    """What is chosen as a page: figures, the story of the matter chosen, ages, who keeps people waiting, and the matters."""
    table = chosen_matters(ledger, selection)
    sections = [
        *_story(ledger, words, selection),
        _ages(table, ledger, words),
        waited_for(table, ledger, words),
        _matters(table, words),
    ]
    counts = {
        "chosen": len(table),
        "open": int(table["state"].isin(ledger.rule.open_states).sum()),
        "overdue": int((table["overdue_days"] > 0).sum()),
        "too_long": int(table["waiting_too_long"].sum()),
        "closed": int((table["state"] == "closed").sum()),
    }
    return TownPage(
        id="ledger",
        title=TITLE,
        issuer=ledger.rule.name,
        dateline=AS_OF.filled(on=day_words(ledger.on)),
        sections=tuple(sections),
        figures=tuple(PageFigure(FIGURES[name], str(count)) for name, count in counts.items()),
        synthetic=synthetic,
        known=ledger.known if ledger.known is not None else ledger.on,
    )


def _ages(table: pd.DataFrame, ledger: TownLedger, words: PageWords) -> PageSection:
    live = table[table["state"].isin(ledger.rule.open_states)]
    days = np.array([ledger.on - number_of(day.date()) for day in live["raised"]], dtype=np.int64)
    band = np.searchsorted(BANDS, days)
    doors = [door_of(row, ledger, words) for row in records(live)]
    keys = list(dict.fromkeys(doors))
    rows = []
    for key in keys:
        here = np.array([door == key for door in doors])
        counts = [int(((band == at) & here).sum()) for at in range(len(BANDS) + 1)]
        rows.append((sum(counts), (key, *(str(count or "–") for count in counts), str(sum(counts)))))
    rows.sort(key=lambda row: -row[0])
    edges = [f"≤{BANDS[0]}", *(f"{low + 1}–{high}" for low, high in pairwise(BANDS)), f">{BANDS[-1]}"]
    columns = (PageColumn(DOOR, 2.2, main=True), *(PageColumn(edge, number=True) for edge in edges), PageColumn(ALL, number=True))
    return PageSection(AGES, columns, tuple(row for _, row in rows), counted=False)


def _matters(table: pd.DataFrame, words: PageWords) -> PageSection:
    rows = records(table.head(MOST))
    cells = tuple(
        tuple(
            standing_of(row | {"line": _line(row), "struck_off_on": row["closed"]}, words, {})
            if name == "standing"
            else ledger_cell(name, row[name], words)
            for name in HEADINGS
        )
        for row in rows
    )
    columns = tuple(PageColumn(said, WIDTHS.get(name, 1.0), main=name == "title") for name, said in HEADINGS.items())
    marked = frozenset(at for at, row in enumerate(rows) if row["overdue_days"] > 0 or row["waiting_too_long"])
    note = FIRST.filled(count=MOST) if len(table) > MOST else None
    return PageSection(MATTERS, columns, cells, marked, note)


def _line(row: dict[str, object]) -> str:
    return {"closed": "struck_off", "withdrawn": "withdrawn", "duplicate": "duplicate"}.get(str(row["state"]), "open")


def _story(ledger: TownLedger, words: PageWords, selection: LedgerSelection) -> Iterator[PageSection]:
    """Line by line; applicants are counted and never named, and a confidential matter has no story here."""
    if not selection.matter or selection.matter not in set(visible_table(ledger)["matter"]):
        return
    said = story_of(ledger, selection.matter, words.people, words.places)
    lines = [Sentence(zh=zh, en=en) for zh, en in zip(said.zh.splitlines(), said.en.splitlines(), strict=True)]
    yield PageSection(HISTORY, (PageColumn(LINE),), tuple((line,) for line in lines), counted=False)
