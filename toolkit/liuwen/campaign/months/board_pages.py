"""A board as a page: what is open, what was struck off since the last list, and figures that hide nothing by difference."""

from collections.abc import Iterator, Mapping
from typing import Any

from liuwen.campaign.boards import BATCH, Board
from liuwen.campaign.cells import records
from liuwen.campaign.months.pages import PageColumn, PageFigure, PageSection, PageWords, TownPage, dateline_of
from liuwen.campaign.months.standing import is_to_look_at, ledger_cell, standing_of
from liuwen.messages import Sentence

STANDING = Sentence(zh="办到哪一步", en="where it stands")
BEING_DEALT_WITH = Sentence(zh="还没有销号的事项", en="Not struck off yet")
STRUCK_OFF = Sentence(zh="本期销号的事项", en="Struck off since the last list")
LEFT = Sentence(zh="本期撤回、转办、并入的事项", en="Withdrawn, passed on or merged since the last list")
FIGURES = {
    "raised": Sentence(zh="登记总数", en="entered so far"),
    "being": Sentence(zh="正在办", en="open"),
    "overdue": Sentence(zh="其中超期", en="of these overdue"),
    "ended": Sentence(zh="已办结待反馈", en="done, answers owed"),
    "struck_off": Sentence(zh="本期销号", en="struck off since the last list"),
    "settled": Sentence(zh="当场解决（不入账）", en="settled on the spot (no row)"),
}
TITLE = Sentence(zh="{place}{board}", en="{place}: {board}")
CONFIDENTIAL = Sentence(
    zh="另有不公开的事项，按 {batch} 件一档计：至少 {count} 件。",
    en="Confidential matters, counted in steps of {batch}: at least {count}.",
)
ASK = Sentence(
    zh="看不到自己的事项，或者说的不对，请找责任人，或到镇里登记处查问。",
    en="If your matter is not here, or what it says is wrong, ask the person responsible or the town's desk.",
)
MARKED = Sentence(zh="加粗并带“▲”的是已超期或等得太久的。", en="In bold with ▲: overdue, or waiting too long.")
WIDTHS = {
    "number": 2.5,
    "class": 1.5,
    "title": 3.0,
    "responsible": 1.5,
    "handler": 0.95,
    "deadline": 1.2,
    "last_note": 2.6,
    "village": 1.0,
    "tier": 1.0,
    "waiting_for": 1.0,
}


def board_page(board: Board, words: PageWords, numbers: Mapping[str, str], *, issuer: Sentence, synthetic: bool) -> TownPage:
    """The page of a board; a village's is an A3 sheet for the wall."""
    rows = records(board.rows)
    parts = {"open": BEING_DEALT_WITH, "struck_off": STRUCK_OFF}
    sections = [
        _section(heading, [row for row in rows if row["line"] == line], board, words, numbers) for line, heading in parts.items()
    ]
    left = [row for row in rows if row["line"] not in parts]
    if left:
        sections.append(_section(LEFT, left, board, words, numbers))
    return TownPage(
        id="-".join(part for part in (board.rule.id, board.place) if part),
        title=TITLE.filled(place=words.place(board.place), board=board.title) if board.place else board.title,
        issuer=issuer,
        dateline=dateline_of(board.month, board.on, board.known if board.known is not None else board.on),
        sections=tuple(sections),
        figures=tuple(_figures(board)),
        said=(MARKED, *_confidential(board), ASK),
        paper="a3",
        landscape=True,
        synthetic=synthetic,
        known=board.known if board.known is not None else board.on,
    )


def _section(
    heading: Sentence, rows: list[dict[str, Any]], board: Board, words: PageWords, numbers: Mapping[str, str]
) -> PageSection:
    named = [PageColumn(said, WIDTHS.get(name, 1.0), main=name == "title") for name, said in board.headings.items()]
    cells = tuple(
        (*(ledger_cell(name, row[name], words) for name in board.headings), standing_of(row, words, numbers)) for row in rows
    )
    marked = frozenset(at for at, row in enumerate(rows) if is_to_look_at(row))
    return PageSection(heading, (*named, PageColumn(STANDING, 2.2)), cells, marked)


def _figures(board: Board) -> Iterator[PageFigure]:
    counts = board.counts
    being = sum(counts.get(state, 0) for state in board.ledger.open_states)
    ended = sum(counts.get(state, 0) for state in ("done", "explained"))
    shown = {"raised": counts["raised"], "being": being, "ended": ended} | {
        name: counts[name] for name in ("overdue", "struck_off", "settled")
    }
    yield from (PageFigure(label, str(shown[name])) for name, label in FIGURES.items())


def _confidential(board: Board) -> list[Sentence]:
    if board.confidential_at_least is None:
        return []
    return [CONFIDENTIAL.filled(batch=BATCH, count=board.confidential_at_least)]
