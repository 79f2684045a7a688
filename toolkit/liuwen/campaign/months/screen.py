"""The texts of a month's boards, screened before anything hangs."""

from collections.abc import Iterator

from liuwen.campaign.cells import records
from liuwen.campaign.months.making import MonthPages
from liuwen.campaign.screening import ListScreening, LookHere, screen_texts


def screen_month(pages: MonthPages) -> ListScreening:
    """Everything in the boards and the town's page that a person must look at, and what has no class yet."""
    table = pages.ledger.table
    hidden = {one.id for one in pages.ledger.rule.classes if one.confidential}
    found = screen_texts(_texts(pages))
    if not hidden:
        return found
    shown = {matter for board in pages.boards for matter in board.rows["matter"]}
    unsorted = table[(table["class"] == "") & table["matter"].isin(shown)]
    more = [LookHere(row["number"], "class", row["title"], "", "not_sorted") for row in records(unsorted)]
    return ListScreening((*found.marks, *more), found.texts)


def _texts(pages: MonthPages) -> Iterator[tuple[str, str, str]]:
    numbers = pages.ledger.table.set_index("matter")["number"]
    for board in pages.boards:
        columns = [name for name in board.rule.columns if name in ("title", "last_note")]
        for row in records(board.rows):
            for name in columns:
                if row[name]:
                    yield numbers.get(row["matter"], ""), name, row[name]
    yield from ((row.number, "title", row.title) for row in pages.visible_rows())
