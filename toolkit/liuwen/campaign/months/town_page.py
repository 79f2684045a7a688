"""The page for the town: who keeps people waiting, what is overdue and at whose door, what was struck off."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from liuwen.campaign.boards import Board
from liuwen.campaign.cells import records
from liuwen.campaign.confidential import public_rates, visible_table
from liuwen.campaign.ledgers.ledger import TownLedger
from liuwen.campaign.months.pages import CellText, PageColumn, PageFigure, PageSection, PageWords, TownPage, dateline_of, signed
from liuwen.campaign.months.rates_section import rates_section
from liuwen.campaign.months.standing import ledger_cell, standing_of
from liuwen.messages import Sentence

TITLE = Sentence(zh="{place}事项办理情况", en="{place}: how matters stand")
WAITED_FOR = Sentence(zh="谁让群众在等", en="Who keeps people waiting")
WAITED_NOTE = Sentence(
    zh="按部门和村列，不按人。“超期”算在事项现在所在的那一级头上。",
    en="By office and village, never by person. What is overdue counts at the office that has it now.",
)
OVERDUE = Sentence(zh="超期的事项", en="Overdue matters")
STRUCK_OFF = Sentence(zh="本期销号的事项", en="Struck off since the last list")
NOBODY = Sentence(zh="没有人负责的事项", en="Matters for which nobody is responsible")
BY_VILLAGE = Sentence(zh="各村情况", en="Village by village")
HEADINGS = {
    "office": Sentence(zh="部门或村", en="office or village"),
    "waiting": Sentence(zh="等它受理", en="waiting for it"),
    "too_long": Sentence(zh="其中等得太久", en="of these too long"),
    "longest": Sentence(zh="最长已等（天）", en="longest wait (days)"),
    "open": Sentence(zh="正在它手上", en="in its hands"),
    "overdue": Sentence(zh="其中超期", en="of these overdue"),
    "most": Sentence(zh="最长超期（天）", en="most overdue (days)"),
    "village": Sentence(zh="村", en="village"),
    "number": Sentence(zh="编号", en="number"),
    "title": Sentence(zh="事项", en="title"),
    "responsible": Sentence(zh="责任人", en="responsible"),
    "at": Sentence(zh="现在在谁手上", en="in whose hands"),
    "deadline": Sentence(zh="办结时限", en="deadline"),
    "days": Sentence(zh="超期天数", en="days overdue"),
    "standing": Sentence(zh="办到哪一步", en="where it stands"),
    "raised": Sentence(zh="登记总数", en="entered"),
    "struck_off": Sentence(zh="本期销号", en="struck off"),
    "settled": Sentence(zh="当场解决", en="settled on the spot"),
}
FIGURES = {
    "raised": Sentence(zh="登记总数", en="entered"),
    "settled": Sentence(zh="当场解决", en="settled on the spot"),
    "struck_off": Sentence(zh="本期销号", en="struck off since the last list"),
    "being": Sentence(zh="正在办", en="open"),
    "overdue": Sentence(zh="超期", en="overdue"),
    "waiting_too_long": Sentence(zh="等得太久", en="waiting too long"),
}
CHANGE = Sentence(zh="比上期 {change}", en="since the last list {change}")
SUM = Sentence(zh="对账：登记 {raised} = {parts}。", en="Reconciled: entered {raised} = {parts}.")
STATE_NAMES = {
    "open": Sentence(zh="正在办理", en="open"),
    "applied": Sentence(zh="等待上一级", en="waiting for the next tier"),
    "done": Sentence(zh="已办结待反馈", en="done, answers owed"),
    "explained": Sentence(zh="已说明待反馈", en="explained, answers owed"),
    "closed": Sentence(zh="已销号", en="struck off"),
    "withdrawn": Sentence(zh="撤回或转办", en="withdrawn or passed on"),
    "duplicate": Sentence(zh="并入", en="merged"),
}


def town_page(
    board: Board,
    boards: Mapping[str, Board],
    ledger: TownLedger,
    before: Board,
    words: PageWords,
    *,
    issuer: Sentence,
    synthetic: bool,
) -> TownPage:
    """The town's page, from the same protected tables as its boards: what they hide is in none of its figures.

    Args:
        board: The board of the whole town.
        boards: That of each village.
        ledger: The ledger that they show; only its visible matters are counted.
        before: The town's board of the list before, for the change.
        words: How people and places are called.
        issuer: Who issues it.
        synthetic: Whether the matters are made up.
    """
    table = visible_table(ledger)
    sections = [
        waited_for(table, ledger, words),
        _overdue(table, words, ledger),
        *_nobody(table, words),
        _by_village(boards, words),
        rates_section(public_rates(ledger)),
        _struck_off(board, words, ledger),
    ]
    known = board.known if board.known is not None else board.on
    return TownPage(
        id="town",
        title=TITLE.filled(place=words.place(board.place) or issuer),
        issuer=issuer,
        dateline=dateline_of(board.month, board.on, known),
        sections=tuple(sections),
        figures=tuple(_figures(board, before)),
        said=(_reconciled(board),),
        paper="a4",
        landscape=True,
        synthetic=synthetic,
        known=known,
    )


def door_of(row: Mapping[str, Any], ledger: TownLedger, words: PageWords) -> CellText:
    """Whose door an open matter stands at: the office that it waits for, that which has it, or at the first tier its village."""
    at = row["waiting_for"] or row["tier"]
    return words.place(row["village"]) if at == ledger.rule.tiers[0].id else words.offices.get(at, words.tier(at))


def waited_for(table: pd.DataFrame, ledger: TownLedger, words: PageWords) -> PageSection:
    """By office and village: what waits for it, what it has, and what of that is late; the worst first."""
    first = ledger.rule.tiers[0].id
    live = table[table["state"].isin(ledger.rule.open_states)]
    waits = live["waiting_for"] != ""
    at = live["waiting_for"].where(waits, live["tier"])
    key = at.where(at != first, "=" + live["village"])
    held = live.assign(
        key=key,
        waits=waits,
        too_long=live["waiting_too_long"],
        wait=live["waiting_days"].where(waits, 0),
        late=(live["overdue_days"] > 0) & ~waits,
        most=live["overdue_days"].where(~waits, 0),
    )
    sums = held.groupby("key").agg(
        waiting=("waits", "sum"),
        too_long=("too_long", "sum"),
        longest=("wait", "max"),
        all=("waits", "size"),
        overdue=("late", "sum"),
        most=("most", "max"),
    )
    sums["open"] = sums["all"] - sums["waiting"]
    sums["weight"] = sums["too_long"] + sums["overdue"]
    sums = sums.reset_index().sort_values(["weight", "longest", "most", "key"], ascending=[False, False, False, True])
    columns = ("waiting", "too_long", "longest", "open", "overdue", "most")
    rows = tuple((_office(row["key"], words), *(_count(row[name]) for name in columns)) for row in records(sums))
    marked = frozenset(at for at, weight in enumerate(sums["weight"]) if weight > 0 and at < 3)
    headings = (
        PageColumn(HEADINGS["office"], 2.2, main=True),
        *(PageColumn(HEADINGS[name], 1.0, number=True) for name in columns),
    )
    return PageSection(WAITED_FOR, headings, rows, marked, WAITED_NOTE, counted=False)


def _office(key: str, words: PageWords) -> CellText:
    return words.place(key[1:]) if key.startswith("=") else words.offices.get(key, words.tier(key))


def _count(value: Any) -> str:
    return str(int(value)) if value else "–"


def _overdue(table: pd.DataFrame, words: PageWords, ledger: TownLedger) -> PageSection:
    late = table[table["overdue_days"] > 0].sort_values(["overdue_days", "number"], ascending=[False, True])
    rows = tuple(
        (
            words.place(row["village"]),
            row["number"],
            row["title"],
            words.person(row["responsible"]),
            door_of(row, ledger, words),
            ledger_cell("deadline", row["deadline"], words),
            str(row["overdue_days"]),
        )
        for row in records(late)
    )
    columns = (
        PageColumn(HEADINGS["village"], 1.0),
        PageColumn(HEADINGS["number"], 1.8),
        PageColumn(HEADINGS["title"], 3.2, main=True),
        PageColumn(HEADINGS["responsible"], 1.05),
        PageColumn(HEADINGS["at"], 1.4),
        PageColumn(HEADINGS["deadline"], 1.0),
        PageColumn(HEADINGS["days"], 0.95, number=True),
    )
    return PageSection(OVERDUE, columns, rows)


def _nobody(table: pd.DataFrame, words: PageWords) -> Iterator[PageSection]:
    lost = table[(table["responsible"] == "") & ~table["state"].isin(["closed", "withdrawn", "duplicate"])]
    if len(lost):
        rows = tuple((words.place(row["village"]), row["number"], row["title"]) for row in records(lost))
        columns = (
            PageColumn(HEADINGS["village"]),
            PageColumn(HEADINGS["number"], 1.8),
            PageColumn(HEADINGS["title"], 4.0, main=True),
        )
        yield PageSection(NOBODY, columns, rows, frozenset(range(len(rows))))


def _by_village(boards: Mapping[str, Board], words: PageWords) -> PageSection:
    names = ("raised", "open", "overdue", "struck_off", "settled")
    rows = []
    for place, board in boards.items():
        counts = dict(board.counts) | {"open": sum(board.counts.get(state, 0) for state in board.ledger.open_states)}
        rows.append((words.place(place), *(_count(counts[name]) for name in names)))
    headings = (
        PageColumn(HEADINGS["village"], 2.0, main=True),
        *(PageColumn(HEADINGS[name], 1.0, number=True) for name in names),
    )
    return PageSection(BY_VILLAGE, headings, tuple(rows), counted=False)


def _struck_off(board: Board, words: PageWords, ledger: TownLedger) -> PageSection:
    titles = ledger.table.set_index("matter")[["number", "title", "responsible"]]
    rows = []
    for row in records(board.rows[board.rows["line"] == "struck_off"]):
        of = titles.loc[row["matter"]]
        said = standing_of(row, words, {})
        rows.append((words.place(row["village"]), of["number"], of["title"], words.person(of["responsible"]), said))
    columns = (
        PageColumn(HEADINGS["village"], 1.0),
        PageColumn(HEADINGS["number"], 1.8),
        PageColumn(HEADINGS["title"], 3.2, main=True),
        PageColumn(HEADINGS["responsible"], 1.05),
        PageColumn(HEADINGS["standing"], 2.2),
    )
    return PageSection(STRUCK_OFF, columns, tuple(rows))


def _figures(board: Board, before: Board) -> Iterator[PageFigure]:
    now, then = _counts(board), _counts(before)
    for name, label in FIGURES.items():
        change = CHANGE.filled(change=signed(now[name] - then[name])) if name != "struck_off" else ""
        yield PageFigure(label, str(now[name]), change)


def _counts(board: Board) -> dict[str, int]:
    return dict(board.counts) | {"being": sum(board.counts.get(state, 0) for state in board.ledger.open_states)}


def _reconciled(board: Board) -> Sentence:
    parts = [
        (STATE_NAMES.get(state, Sentence(zh=state, en=state)), board.counts[state])
        for state in board.counts
        if state in STATE_NAMES
    ]
    some = [(name, count) for name, count in parts if count]
    zh = " + ".join(f"{name.zh} {count}" for name, count in some) or "0"
    return SUM.filled(
        raised=board.counts["raised"], parts=Sentence(zh=zh, en=" + ".join(f"{name.en} {count}" for name, count in some) or "0")
    )
