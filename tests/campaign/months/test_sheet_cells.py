"""The rows that are put into a workbook: the same cells, in the same styles, as if each had been written by itself."""

import io
from datetime import date, datetime

import openpyxl
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from liuwen.campaign.months.sheet_cells import with_rows


def made(columns: list[list[object]], marked: list[bool]) -> io.BytesIO:
    """A workbook with these columns from row 3 on."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    styles = [book.add_format({"bold": True}), book.add_format({"italic": True}), book.add_format({"num_format": "yyyy-mm-dd"})]
    sheet = book.add_worksheet("s")
    sheet.write_string(0, 0, "title")
    for at, style in enumerate(styles):
        sheet.write_blank(2, at, None, style)
    book.close()
    return io.BytesIO(with_rows(buffer.getvalue(), [(columns, marked)]))


def test_days_and_numbers_are_read_again_in_their_styles() -> None:
    """A marked row has the style of marked cells; nothing is no cell."""
    sheet = openpyxl.load_workbook(
        made([["a", "b", "c", "d"], [date(2026, 7, 30), "", 2.5, -3]], [False, True, False, False])
    ).active
    assert [sheet.cell(at, 2).value for at in range(3, 7)] == [datetime(2026, 7, 30), None, 2.5, -3]
    assert sheet.cell(3, 1).font.bold and not sheet.cell(4, 1).font.bold and sheet.cell(4, 1).font.italic
    assert sheet.cell(3, 2).number_format == "yyyy-mm-dd" and sheet.dimensions == "A1:B6"


def test_a_sheet_without_rows_keeps_its_head_alone() -> None:
    """The empty cells that carry the styles are gone."""
    sheet = openpyxl.load_workbook(made([[], [], []], [])).active
    assert {place: cell.value for place, cell in sheet._cells.items()} == {(1, 1): "title"}


@given(st.lists(st.sampled_from(["<a & b>", " 水渠\n坏了 ", "a\x01b", "_x0041_", "=1+1", "\r\n", "]]>"]) | st.text(max_size=9)))
def test_every_text_is_read_again(texts: list[str]) -> None:
    """Whatever people type, with signs of XML, of formulas, and characters that XML cannot hold."""
    texts = [text.encode("utf-8", "ignore").decode() for text in texts]
    rows = CalamineWorkbook.from_filelike(made([["-", *texts]], [False] * (len(texts) + 1))).get_sheet_by_index(0).to_python()
    read = [row[0] for row in rows[2:]][1:]
    assert read + [""] * (len(texts) - len(read)) == texts
