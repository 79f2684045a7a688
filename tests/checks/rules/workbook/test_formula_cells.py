"""Cells whose value is computed by the spreadsheet."""

from liuwen.checks.facts import Facts
from liuwen.checks.rules.workbook.formula_cells import formula_cells
from liuwen.form import Form, Place, Sheet


def test_one_note_a_column() -> None:
    """With the first of its rows and how many there are."""
    rows = [["text", "a", "A"], ["text", "b", "B"]]
    sheet = Sheet.of("survey", ["type", "name", "label"], rows, formulas=("C2", "C3", "B3"))
    found = list(formula_cells(Facts(Form((sheet,)))))
    assert [(fault.severity, fault.place) for fault in found] == [
        ("note", Place("survey", 2, "label")),
        ("note", Place("survey", 3, "name")),
    ]
    assert "“label”: 2 (first in row 2)" in found[0].sentence.en


def test_values_are_fine() -> None:
    """Nothing to say of plain cells."""
    assert list(formula_cells(Facts(Form((Sheet.of("survey", ["type", "name"], [["text", "a"]]),))))) == []
