"""The confidential matters of one receiver, and what of them is to settle: for that desk alone."""

import pandas as pd

from liuwen.campaign.cells import records
from liuwen.campaign.confidential import once_public
from liuwen.campaign.ledgers.ledger import TownLedger
from liuwen.campaign.months.pages import PageColumn, PageFigure, PageSection, PageWords, TownPage, dateline_of
from liuwen.campaign.months.settle_page import settle_sections, settle_tables
from liuwen.campaign.months.standing import ledger_cell, standing_of
from liuwen.campaign.schema import LedgerRule
from liuwen.messages import Sentence

TITLE = Sentence(zh="{receiver}：不公开的事项", en="{receiver}: confidential matters")
MATTERS = Sentence(zh="收到的事项", en="Matters received")
HEADINGS = {
    "number": Sentence(zh="编号", en="number"),
    "village": Sentence(zh="村", en="village"),
    "title": Sentence(zh="事项", en="title"),
    "raised": Sentence(zh="登记日期", en="entered"),
    "handler": Sentence(zh="承办人", en="handler"),
    "deadline": Sentence(zh="办结时限", en="deadline"),
    "standing": Sentence(zh="办到哪一步", en="where it stands"),
    "public": Sentence(zh="曾在公开清单上", en="was on a public list"),
    "last_note": Sentence(zh="办理情况", en="last note"),
}
WIDTHS = {"number": 2.3, "title": 3.0, "standing": 1.8, "last_note": 2.2, "public": 1.3, "deadline": 1.2, "raised": 1.2}
STILL_OPEN = Sentence(zh="正在办", en="open")
LINES = {"closed": "struck_off", "withdrawn": "withdrawn", "duplicate": "duplicate"}
YES = Sentence(zh="是", en="yes")
SUM = Sentence(
    zh=(
        "对账：台账登记 {raised} 件 = 公开清单登记 {public} 件 + 不公开 {confidential} 件 − {moved} 件（归类前曾公开，"
        "公开清单上计为“撤回或转办”）。"
    ),
    en=(
        "Reconciled: entered in the ledger {raised} = entered on public lists {public} + confidential {confidential} − {moved} "
        "(hung before they were sorted, and counted on public lists as “withdrawn or passed on”)."
    ),
)
OWN = Sentence(
    zh="此页只给{receiver}，请勿张贴、转发或放进公开的文件夹。",
    en="For the {receiver} alone: do not hang it up, pass it on or keep it with public files.",
)


def receivers_of(rule: LedgerRule) -> dict[str, list[str]]:
    """Each rank that receives confidential matters, with the classes it receives."""
    classes: dict[str, list[str]] = {}
    for one in rule.classes:
        if one.confidential:
            classes.setdefault(one.receiver, []).append(one.id)
    return classes


def receiver_page(
    receiver: str,
    topics: list[str],
    ledger: TownLedger,
    events: pd.DataFrame,
    words: PageWords,
    *,
    month: str,
    issuer: Sentence,
    synthetic: bool,
) -> TownPage | None:
    """The page of a receiver; None if it has received nothing.

    Args:
        receiver: The rank.
        topics: The classes that it receives.
        ledger: The ledger.
        events: The events of these classes: what of them is to settle stands on this page alone.
        words: How people and places are called.
        month: The month of the list.
        issuer: Who issues the page.
        synthetic: Whether the matters are made up.
    """
    table = ledger.table[ledger.table["class"].isin(topics)].reset_index(drop=True)
    if table.empty and events.empty:
        return None
    moved = once_public(ledger)
    known = ledger.known if ledger.known is not None else ledger.on
    live = table[table["state"].isin(ledger.rule.open_states)]
    name = words.rank(receiver)
    unsettled = {part: rows for part, rows in settle_tables(ledger, events).items() if len(rows)}
    return TownPage(
        id=f"receiver-{receiver}",
        title=TITLE.filled(receiver=name),
        issuer=issuer,
        dateline=dateline_of(month, ledger.on, known),
        sections=(_section(table, moved, words), *settle_sections(unsettled, ledger, words)),
        figures=(PageFigure(MATTERS, str(len(table))), PageFigure(STILL_OPEN, str(len(live)))),
        said=(_reconciled(ledger, moved), OWN.filled(receiver=name)),
        landscape=True,
        synthetic=synthetic,
        known=known,
    )


def _reconciled(ledger: TownLedger, moved: frozenset[str]) -> Sentence:
    hidden = [one.id for one in ledger.rule.classes if one.confidential]
    confidential = int(ledger.table["class"].isin(hidden).sum())
    raised = ledger.reconciliation["raised"]
    public = raised - confidential + len(moved)
    return SUM.filled(raised=raised, public=public, confidential=confidential, moved=len(moved))


def _section(table: pd.DataFrame, moved: frozenset[str], words: PageWords) -> PageSection:
    rows = tuple(
        tuple(
            (YES if row["matter"] in moved else "")
            if name == "public"
            else standing_of(row | {"line": LINES.get(row["state"], "open"), "struck_off_on": row["closed"]}, words, {})
            if name == "standing"
            else ledger_cell(name, row[name], words)
            for name in HEADINGS
        )
        for row in records(table)
    )
    columns = tuple(PageColumn(said, WIDTHS.get(name, 1.0), main=name == "title") for name, said in HEADINGS.items())
    return PageSection(MATTERS, columns, rows)
