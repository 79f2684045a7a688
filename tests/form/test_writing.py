"""Files are written correctly, and atomically."""

import io
from pathlib import Path

import openpyxl
import pytest

from liuwen.errors import ConversionError, FormError, ReadError
from liuwen.form import Form, Sheet, read_form, to_xform
from liuwen.form.formats.workbook import workbook_bytes


@pytest.fixture(scope="module")
def book(everything: Form):
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(everything)))


def test_layout_of_a_workbook(book):
    """Header and names are frozen, labels wrap in wide columns, rows are coloured by kind."""
    survey = book["survey"]
    assert survey.freeze_panes == "C2"
    assert survey["A1"].font.bold
    assert survey.column_dimensions["C"].width > survey.column_dimensions["B"].width
    assert survey["C3"].alignment.wrap_text
    kinds = {survey.cell(row, 1).value.split()[0]: survey.cell(row, 1).fill.fgColor.rgb for row in range(2, 10)}
    assert len(set(kinds.values())) == 3  # group, select, text
    assert survey["A7"].fill.fgColor.rgb != survey["A2"].fill.fgColor.rgb  # repeats and groups differ


def test_every_cell_is_text(book):
    """A version such as 2026112101 must not become a number."""
    assert book["settings"]["B2"].value == "2026112101"
    assert all(cell.data_type == "s" and cell.number_format == "@" for row in book["survey"] for cell in row if cell.value)


def test_choice_lists_alternate_in_colour(book):
    """Lists alternate between a background colour and none."""
    fills = [book["choices"].cell(row, 1).fill.fill_type for row in range(2, 6)]
    assert fills == [None, None, "solid", "solid"]


def test_output_does_not_depend_on_the_date(everything: Form):
    """The same form gives the same bytes on any day."""
    properties = openpyxl.load_workbook(io.BytesIO(workbook_bytes(everything))).properties
    assert properties.created.year == 2000


def test_xml_ending_writes_the_xform(everything: Form, tmp_path: Path):
    """The ending .xml writes an XForm."""
    path = everything.write(tmp_path / "new folder" / "visit.xml")
    assert path.read_text(encoding="utf-8") == to_xform(everything).xml


def test_itemsets_csv_is_written_beside_the_xform(tmp_path: Path):
    """As Collect expects."""
    survey = Sheet.of("survey", ["type", "name", "label", "choice_filter"], [["select_one_external l", "a", "A", "x=1"]])
    external = Sheet.of("external_choices", ["list_name", "name", "x"], [["l", "b", "1"]])
    Form((survey, external)).write(tmp_path / "a.xml")
    assert (tmp_path / "itemsets.csv").read_text().splitlines()[1] == '"l","b","1"'


def test_another_ending_is_refused(everything: Form, tmp_path: Path):
    """No format is guessed."""
    with pytest.raises(ReadError, match=r"\.xlsx, \.md or \.xml"):
        everything.write(tmp_path / "visit.pdf")


@pytest.mark.parametrize("name", ["", "a/b", "x" * 32, "[a]", "'a'"])
def test_a_sheet_name_excel_cannot_hold(name, tmp_path: Path):
    """The error is raised before xlsxwriter raises its own."""
    form = Form((Sheet.of(name, ["type"], []),))
    with pytest.raises(FormError, match="sheet name"):
        form.write(tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())


def test_duplicate_sheet_names():
    """Excel ignores case in sheet names."""
    with pytest.raises(FormError, match="sheet name"):
        workbook_bytes(Form((Sheet.of("survey", [], []), Sheet.of("Survey", [], []))))


def test_cell_too_long_for_excel():
    """The message names the cell, and suggests Markdown."""
    form = Form((Sheet.of("survey", ["type", "label"], [["note", "x" * 32_768]]),))
    with pytest.raises(FormError, match='survey, row 2, column "label"'):
        workbook_bytes(form)


def test_failed_write_keeps_the_old_file(everything: Form, tmp_path: Path):
    """No partial file and no temporary file remain."""
    path = tmp_path / "visit.xml"
    path.write_text("the old one")
    broken = Form((Sheet.of("survey", ["type", "name"], [["no such type", "a"]]),))
    with pytest.raises(ConversionError):
        broken.write(path)
    assert path.read_text() == "the old one"
    everything.write(path)
    assert [each.name for each in tmp_path.iterdir()] == ["visit.xml"]


def test_concurrent_reader_sees_a_complete_file(everything: Form, tmp_path: Path):
    """Readers see either the old or the new content."""
    path = everything.write(tmp_path / "visit.xlsx")
    old = path.read_bytes()
    with path.open("rb") as reading:
        start = reading.read(100)
        Form((*everything.sheets, Sheet.of("more", ["a"], []))).write(path)
        assert start + reading.read() == old
    assert path.read_bytes() != old


@pytest.mark.parametrize("name", ["../evil.csv", "a/b.csv", "..", "/etc/passwd", "c:\\x.csv"])
def test_media_names_with_paths_are_refused(name, everything: Form, tmp_path: Path):
    """The name of an attached file must be a bare file name."""
    form = Form(everything.sheets, media={name: b"x"})
    with pytest.raises(FormError, match="media name"):
        form.write(tmp_path / "forms" / "a.xlsx")
    assert not list(tmp_path.iterdir())


def test_sheets_that_are_empty_are_kept():
    """An empty sheet is written too."""
    form = Form((Sheet.of("survey", ["type"], []), Sheet.of("notes", [], [])))
    assert read_form(workbook_bytes(form)) == form
