"""Sheets: ragged rows evened out, blank ends left off, and where a thing stands."""

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
    """A long row lengthens the header, a short one is filled up, blank rows and columns at the end go, a space stays."""
    sheet = Sheet.of("survey", header, rows)
    assert (sheet.header, sheet.rows) == even
    assert len(sheet) == len(sheet.rows)


@given(st.lists(st.sampled_from(["", "a"]), max_size=4), GRIDS)
def test_evening_out_loses_no_cell_and_is_done_once(header: list[str], rows: list[list[str]]) -> None:
    """Every filled cell is where it was; doing it again changes nothing."""
    sheet = Sheet.of("s", header, rows)
    cells = {(i, j): text for i, row in enumerate([header, *rows]) for j, text in enumerate(row) if text}
    kept = {(i, j): text for i, row in enumerate([sheet.header, *sheet.rows]) for j, text in enumerate(row) if text}
    assert kept == cells
    assert Sheet.of("s", list(sheet.header), [list(row) for row in sheet.rows]) == sheet


def test_merged_ranges_and_formulas_are_no_part_of_what_a_sheet_says() -> None:
    """Two sheets with the same cells are equal."""
    assert Sheet.of("s", ["a"], [], merged=("A1:B1",), formulas=("A1",)) == Sheet.of("s", ["a"], [])


def test_a_sheet_without_rows_is_there() -> None:
    """`if form.sheet("choices")` asks whether there is one."""
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
def test_a_place_is_said_as_far_as_it_is_known(place: Place, said: str) -> None:
    """Sheet, row, column."""
    assert str(place) == said
