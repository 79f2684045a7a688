"""The text of a board for a group chat: short, from the same protected table, no applicant in it."""

from typing import Any

from liuwen.campaign.boards import Board
from liuwen.campaign.cells import records
from liuwen.campaign.months.pages import PageWords, day_words, month_words
from liuwen.messages import Language, Sentence

MOST = 12
"""At most this many matters are named; the rest are only counted."""
HEAD = Sentence(zh="【{place}{month}事项办理情况】（截至{on}）", en="[{place}: matters in {month}] (as of {on})")
SYNTHETIC = Sentence(zh="（合成数据，仅供演示）", en="(synthetic data, for a demonstration)")
SUMS = Sentence(
    zh="本期销号 {struck_off} 件，正在办 {being} 件，其中超期 {overdue} 件；当场解决 {settled} 件。",
    en="Struck off {struck_off}; open {being}, of these overdue {overdue}; settled on the spot {settled}.",
)
DONE = Sentence(zh="已销号：", en="Struck off:")
LATE = Sentence(zh="已超期：", en="Overdue:")
LINE = Sentence(zh="{at}. {title}（{who}）", en="{at}. {title} ({who})")
LATE_LINE = Sentence(zh="{at}. {title}（{who}，超期 {days} 天）", en="{at}. {title} ({who}, days overdue: {days})")
MORE = Sentence(zh="……另有 {count} 件，见公开栏。", en="… and {count} more on the board.")
ASK = Sentence(
    zh="说的不对或没有您的事项，请找责任人。全部事项见公开栏。",
    en="Wrong, or yours is missing? Ask the person responsible. All is on the board.",
)


def notice_text(board: Board, words: PageWords, language: Language, *, synthetic: bool = False) -> str:
    """The notice of a board in one language."""
    counts = board.counts
    being = sum(counts.get(state, 0) for state in board.ledger.open_states)
    place = words.place(board.place)
    head = HEAD.filled(place=place, month=month_words(board.month), on=day_words(board.on))
    sums = SUMS.filled(being=being, **{name: counts[name] for name in ("struck_off", "overdue", "settled")})
    rows = records(board.rows)
    struck = [row for row in rows if row["line"] == "struck_off"]
    late = sorted((row for row in rows if row["line"] == "open" and row["overdue_days"]), key=lambda row: -row["overdue_days"])
    lines = [
        head,
        *([SYNTHETIC] if synthetic else []),
        sums,
        *_listed(DONE, LINE, struck, words),
        *_listed(LATE, LATE_LINE, late, words),
        ASK,
    ]
    return "\n".join(line.in_language(language) for line in lines) + "\n"


def _listed(heading: Sentence, line: Sentence, rows: list[dict[str, Any]], words: PageWords) -> list[Sentence]:
    if not rows:
        return []
    named = [
        line.filled(at=at, title=row.get("title", ""), who=words.person(row.get("responsible", "")), days=row["overdue_days"])
        for at, row in enumerate(rows[:MOST], start=1)
    ]
    return [heading, *named, *([MORE.filled(count=len(rows) - MOST)] if len(rows) > MOST else [])]
