"""Merged cells, of which only the first holds anything."""

import re
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.form.headers import SHEETS
from liuwen.form.sheets import Place, Sheet
from liuwen.messages import Sentence

MERGED = Sentence(
    zh="{range} 是合并单元格，只有左上角一格算数：请取消合并，逐格填写。",
    en="{range} is merged, and only its first cell is used; unmerge it and fill in each cell.",
)
_START = re.compile(r"([A-Z]+)(\d+)")


def merged_cells(facts: Facts) -> Iterator[Fault]:
    """A list name merged over five rows names one of them."""
    for sheet in facts.form.sheets:
        for merged in sheet.merged if sheet.name.strip().lower() in SHEETS else ():
            yield warning(place_of_range(sheet, merged), MERGED.filled(range=merged))


def place_of_range(sheet: Sheet, cells: str) -> Place:
    """The first cell of a range as a workbook writes it ("B4" or "B4:C9")."""
    found = _START.match(cells)
    if found is None:
        return Place(sheet.name)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    header = sheet.header[column - 1] if column <= len(sheet.header) else None
    return Place(sheet.name, int(found[2]), header)
