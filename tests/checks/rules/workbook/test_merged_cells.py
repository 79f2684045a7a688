"""Merged cells, of which only the first holds anything."""

from liuwen.checks.facts import Facts
from liuwen.checks.rules.workbook.merged_cells import merged_cells
from liuwen.form import Form, Place, Sheet

HEADER = ["type", "name", "label"]


def test_merged_cells_are_named_by_their_first() -> None:
    """At the row and column where the range begins."""
    sheet = Sheet.of("survey", HEADER, [["text", "a", "A"], ["", "b", "B"]], merged=("A2:A3",))
    assert [(fault.severity, fault.place) for fault in merged_cells(Facts(Form((sheet,))))] == [
        ("warning", Place("survey", 2, "type"))
    ]


def test_a_sheet_of_the_authors_own_may_merge() -> None:
    """Only what XLSForm reads matters."""
    sheets = (Sheet.of("survey", HEADER, [["text", "a", "A"]]), Sheet.of("notes", ["x"], [], merged=("A1:C1",)))
    assert list(merged_cells(Facts(Form(sheets)))) == []
