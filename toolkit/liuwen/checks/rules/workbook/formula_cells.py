"""Cells whose value is computed by the spreadsheet."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note
from liuwen.checks.rules.workbook.merged_cells import place_of_range
from liuwen.form.headers import SHEETS
from liuwen.form.sheets import Place, Sheet
from liuwen.messages import Sentence

FORMULAS = Sentence(
    zh="“{column}”列有 {count} 个公式（如第 {row} 行）：问卷只保存当时的结果，请粘贴为数值。",
    en="formulas in the column “{column}”: {count} (first in row {row}); a form keeps only their last values. Paste as values.",
)


def formula_cells(facts: Facts) -> Iterator[Fault]:
    """One note a column: a formula that was not recalculated gives an old or empty value."""
    for sheet in facts.form.sheets:
        if sheet.name.strip().lower() not in SHEETS:
            continue
        places = [place_of_range(sheet, cell) for cell in sheet.formulas if _value(sheet, cell) not in {"TRUE", "FALSE"}]
        places = [place for place in places if place.column != "version"]  # often made from the time, on purpose
        for column in dict.fromkeys(place.column for place in places):
            rows = [place.row for place in places if place.column == column and place.row]
            values = {"column": column or "", "count": len(rows), "row": min(rows, default=0)}
            yield note(Place(sheet.name, min(rows, default=None), column), FORMULAS.filled(**values))


def _value(sheet: Sheet, cell: str) -> str:
    """What stands in it; a bare =TRUE() is only how LibreOffice writes a yes."""
    place = place_of_range(sheet, cell)
    if place.row is None or place.column is None or not 2 <= place.row < len(sheet.rows) + 2:
        return ""
    return sheet.rows[place.row - 2][sheet.header.index(place.column)].upper()
