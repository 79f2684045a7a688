"""Sheets: rows of equal length, no trailing blanks, and places in messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuwen.form.sheets import Place, Sheet

GRIDS = st.lists(st.lists(st.sampled_from(["", " ", "a", "村"]), max_size=4), max_size=5)


@pytest.mark.parametrize(
    ("header", "rows", "even"),
    [
        ([], [], ((), ())),
        (["", ""], [["", ""]], ((), ())),
        (["a"], [["1", "2"]], (("a", ""), (("1", "2"),))),
        (["a", "b", ""], [["1"]], (("a", "b"), (("1", ""),))),
        (["a"], [[], ["1"], []], (("a",), (("",), ("1",)))),
        (["a"], [["", ""], [""]], (("a",), ())),
        ([], [["1"]], (("",), (("1",),))),
        ([" "], [[" "]], ((" ",), ((" ",),))),
    ],
)
def test_rows_are_as_long_as_the_header(header: list[str], rows: list[list[str]], even: tuple[object, object]) -> None:
    """A long row extends the header, a short one is padded, trailing blank rows and columns are dropped, spaces are kept."""
    sheet = Sheet.of("survey", header, rows)
    assert (sheet.header, sheet.rows) == even
    assert len(sheet) == len(sheet.rows)


@given(st.lists(st.sampled_from(["", "a"]), max_size=4), GRIDS)
def test_padding_keeps_all_cells_and_is_idempotent(header: list[str], rows: list[list[str]]) -> None:
    """Every non-empty cell stays in place; a second pass changes nothing."""
    sheet = Sheet.of("s", header, rows)
    cells = {(i, j): text for i, row in enumerate([header, *rows]) for j, text in enumerate(row) if text}
    kept = {(i, j): text for i, row in enumerate([sheet.header, *sheet.rows]) for j, text in enumerate(row) if text}
    assert kept == cells
    assert Sheet.of("s", list(sheet.header), [list(row) for row in sheet.rows]) == sheet


def test_merged_ranges_and_formulas_are_ignored_in_comparisons() -> None:
    """Sheets with the same cells are equal."""
    assert Sheet.of("s", ["a"], [], merged=("A1:B1",), formulas=("A1",)) == Sheet.of("s", ["a"], [])


def test_sheet_without_rows_is_true() -> None:
    """`if form.sheet("choices")` tests whether the sheet exists."""
    assert Sheet.of("choices", ["list_name", "name"], []) and len(Sheet.of("choices", ["list_name", "name"], [])) == 0


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("survey"), "survey"),
        (Place("survey", 7), "survey!7"),
        (Place("survey", 7, "label::中文 (zh)"), "survey!7 label::中文 (zh)"),
        (Place("settings", None, "version"), "settings version"),
        (Place("survey", 0), "survey!0"),
    ],
)
def test_text_of_a_place(place: Place, said: str) -> None:
    """Sheet, row, column, if known."""
    assert str(place) == said
