"""A correction: what of a published list is otherwise, line by line; what came in later waits for the next list."""

from collections.abc import Mapping
from typing import Any

from liuwen.campaign.months.making import MonthPages
from liuwen.campaign.months.pages import PageColumn, PageSection, TownPage, dateline_of, month_words
from liuwen.messages import Sentence

TITLE = Sentence(zh="{place}{month}清单更正（第 {number} 号）", en="{place}: correction no. {number} of the list of {month}")
WHY = Sentence(zh="更正原因：{why}", en="Why it is corrected: {why}")
STANDS = Sentence(
    zh="{on} 公布的清单照旧保存，以本页为准的只是下面各行。",
    en="The list published on {on} is kept as it was; only these lines are otherwise.",
)
HEADINGS = {
    "number": Sentence(zh="编号", en="number"),
    "what": Sentence(zh="哪一项", en="what"),
    "was": Sentence(zh="原来写的", en="was"),
    "is": Sentence(zh="现在改为", en="is"),
}
WHOLE_LINE = Sentence(zh="整行", en="whole line")
TAKEN_OUT = Sentence(zh="（此行不再列）", en="(no longer listed)")
ADDED = Sentence(zh="（原来没有）", en="(was not listed)")

BoardLines = Mapping[str, Mapping[str, list[str]]]
LineChange = tuple[str, str, str, str]


def lines_changed(was: BoardLines, now: BoardLines, hidden: frozenset[str], first: BoardLines) -> dict[str, list[LineChange]]:
    """What differs, board by board: number, column ("" for a whole line), was, is.

    Only matters of the list that hung are corrected; one that is confidential by now is not spoken of.
    """
    changes: dict[str, list[LineChange]] = {}
    for board, lines in now.items():
        before = was.get(board, {})
        numbers = {_number(key) for key in first.get(board, {}) if key} - hidden
        headings = lines[""]
        found: list[LineChange] = []
        for key in dict.fromkeys([*before, *lines]):
            if key and _number(key) in numbers:
                found += _of_line(_number(key), headings, before.get(key), lines.get(key))
        changes[board] = found
    return changes


def _number(key: str) -> str:
    return key.partition(" ")[0]


def _of_line(number: str, headings: list[str], was: list[str] | None, now: list[str] | None) -> list[LineChange]:
    if was is None or now is None:
        return [(number, "", " · ".join(filter(None, was or [])), " · ".join(filter(None, now or [])))]
    return [(number, heading, old, new) for heading, old, new in zip(headings, was, now, strict=True) if old != new]


def correction_page(
    pages: MonthPages, changes: Mapping[str, list[LineChange]], *, number: int, why: str, published: str
) -> TownPage:
    """The numbered sheet of a correction."""
    titles = {pages.board_page(board).id: pages.board_page(board).title for board in pages.boards}
    sections = tuple(_section(titles[board], found) for board, found in changes.items() if found)
    return TownPage(
        id=f"correction-{number}",
        title=TITLE.filled(place=pages.issuer, month=month_words(pages.month), number=number),
        issuer=pages.issuer,
        dateline=dateline_of(pages.month, pages.ledger.on, pages.known),
        sections=sections,
        said=(WHY.filled(why=why), STANDS.filled(on=published)),
        landscape=True,
        synthetic=pages.synthetic,
        known=pages.known,
    )


def _section(title: Sentence, found: list[LineChange]) -> PageSection:
    widths = {"number": 1.6, "what": 1.0, "was": 3.0, "is": 3.0}
    columns = tuple(PageColumn(heading, widths[name]) for name, heading in HEADINGS.items())
    rows: tuple[tuple[Any, ...], ...] = tuple(
        (one, what or WHOLE_LINE, was or ADDED, now or TAKEN_OUT) for one, what, was, now in found
    )
    return PageSection(title, columns, rows)
