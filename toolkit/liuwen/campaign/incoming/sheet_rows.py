"""The rows of a sheet below its headings: what each cell is, and the remarks on the row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from liuwen.campaign.incoming.grids import SheetGrid
from liuwen.campaign.incoming.headings import ColumnHeadings, is_heading_again
from liuwen.campaign.incoming.report import SheetRemark
from liuwen.campaign.incoming.vocabulary import cells, plain
from liuwen.messages import Sentence

A_TOTAL = Sentence(zh="是合计行，不是事项。", en="It is a total, not a matter.")
A_FOOT = Sentence(zh="是表尾的说明，不是事项。", en="It is a note under the table, not a matter.")
NAME_NOT_KEPT = Sentence(
    zh="申请人的姓名不保存，改记为代码（{codes}）。", en="The applicant's name is not kept; a code stands for it ({codes})."
)
_YEAR = re.compile(r"(20\d{2})\s*年?")


@dataclass(frozen=True)
class SheetRow:
    """One row: `cells` by role, `words` the heading of each; remarks are added to `told` and `noticed`."""

    sheet: str
    number: int
    cells: dict[str, Any]
    words: dict[str, str]
    told: list[SheetRemark] = field(default_factory=list)
    noticed: list[SheetRemark] = field(default_factory=list)

    def text(self, role: str) -> str:
        """A cell as text, "" where it is blank or there is no such column."""
        cell = self.cells.get(role, "")
        if isinstance(cell, str):
            return cell.strip()
        if isinstance(cell, float) and cell.is_integer():
            return str(int(cell))
        if isinstance(cell, datetime):
            return f"{cell:%Y-%m-%d}"
        return "" if cell is None else str(cell).strip()

    def has(self, role: str) -> bool:
        """Whether the sheet has such a column."""
        return role in self.words

    def refuse(self, why: Sentence, role: str = "") -> None:
        """This cell, or without a role the whole row, could not be placed."""
        self.told.append(self._remark(why, role))

    def notice(self, why: Sentence, role: str = "") -> None:
        """This was placed, and somebody should know how."""
        self.noticed.append(self._remark(why, role))

    def hide_name(self, codes: str) -> None:
        """Report a name in place of a household, without repeating the name."""
        column = self.words.get("applicant", self.words.get("household", ""))
        self.noticed.append(SheetRemark(self.sheet, self.number, column, "***", NAME_NOT_KEPT.filled(codes=codes)))

    def _remark(self, why: Sentence, role: str) -> SheetRemark:
        column = self.words.get(role, "")
        text = self.text(role) if role else ""
        return SheetRemark(self.sheet, self.number, column, text, why, whole_row=not role)


def sheet_rows(grid: SheetGrid, headings: ColumnHeadings) -> Iterator[SheetRow]:
    """The rows that are neither blank nor headings again; a total or a note under the table is refused already."""
    words = {role: headings.words[at] for at, role in reversed(headings.roles.items())}
    for at, row in enumerate(grid.rows[headings.body :], start=headings.body):
        if _is_blank(row) or is_heading_again(row, headings):
            continue
        found = SheetRow(grid.name, grid.first_row + at, _cells(row, headings), words)
        if why := _reason_to_skip(row, found):
            found.refuse(why)
        yield found


def is_synthetic(grid: SheetGrid, headings: ColumnHeadings) -> bool:
    """Whether what stands above the headings says that the sheet is made up."""
    above = " ".join(str(cell) for row in grid.rows[: headings.body] for cell in row)
    return any(word in above.lower() for word in ("合成数据", "synthetic data"))


def year_of(grid: SheetGrid, headings: ColumnHeadings) -> int | None:
    """The year in the sheet's title or name; None if neither names one."""
    above = [str(cell) for row in grid.rows[: headings.body] for cell in row if not isinstance(cell, date)]
    found = [int(year) for text in [*above, grid.name] for year in _YEAR.findall(text)]
    return found[0] if found else None


def _cells(row: tuple[Any, ...], headings: ColumnHeadings) -> dict[str, Any]:
    held: dict[str, Any] = {}
    for at, role in headings.roles.items():
        cell = row[at] if at < len(row) else ""
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            continue
        held[role] = f"{held[role]}；{str(cell).strip()}" if role in held else cell
    return held


def _is_blank(row: tuple[Any, ...]) -> bool:
    return all(cell is None or not str(cell).strip() for cell in row)


def _reason_to_skip(row: tuple[Any, ...], found: SheetRow) -> Sentence | None:
    first = next(str(cell) for cell in row if cell is not None and str(cell).strip())
    if cells("total").whole(first) == "total":
        return A_TOTAL
    filled = sum(cell is not None and bool(str(cell).strip()) for cell in row)
    said = plain(first.partition("：")[0].partition(":")[0])
    return A_FOOT if not found.text("title") and filled <= 3 and cells("total").whole(said) == "foot" else None
