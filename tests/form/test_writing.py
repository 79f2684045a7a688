"""What is written, and that it is written whole or not at all."""

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


def test_a_workbook_is_pleasant_to_open(book):
    """The header and the names stay in sight, labels wrap in wide columns, rows are coloured by what they are."""
    survey = book["survey"]
    assert survey.freeze_panes == "C2"
    assert survey["A1"].font.bold
    assert survey.column_dimensions["C"].width > survey.column_dimensions["B"].width
    assert survey["C3"].alignment.wrap_text
    kinds = {survey.cell(row, 1).value.split()[0]: survey.cell(row, 1).fill.fgColor.rgb for row in range(2, 10)}
    assert len(set(kinds.values())) == 3  # what is bracketed, what is chosen, what is typed
    assert survey["A7"].fill.fgColor.rgb != survey["A2"].fill.fgColor.rgb  # a repeat is no group


def test_every_cell_is_text(book):
    """A version such as 2026112101 must not become a number."""
    assert book["settings"]["B2"].value == "2026112101"
    assert all(cell.data_type == "s" and cell.number_format == "@" for row in book["survey"] for cell in row if cell.value)


def test_lists_of_choices_are_told_apart(book):
    """One list has a band of colour, the next has none."""
    fills = [book["choices"].cell(row, 1).fill.fill_type for row in range(2, 6)]
    assert fills == [None, None, "solid", "solid"]


def test_the_date_is_no_part_of_it(everything: Form):
    """The same form gives the same bytes on any day."""
    properties = openpyxl.load_workbook(io.BytesIO(workbook_bytes(everything))).properties
    assert properties.created.year == 2000


def test_xml_is_the_xform(everything: Form, tmp_path: Path):
    """An ending in .xml asks for the XForm."""
    path = everything.write(tmp_path / "new folder" / "visit.xml")
    assert path.read_text(encoding="utf-8") == to_xform(everything).xml


def test_itemsets_lie_beside_the_xform(tmp_path: Path):
    """As Collect expects them."""
    survey = Sheet.of("survey", ["type", "name", "label", "choice_filter"], [["select_one_external l", "a", "A", "x=1"]])
    external = Sheet.of("external_choices", ["list_name", "name", "x"], [["l", "b", "1"]])
    Form((survey, external)).write(tmp_path / "a.xml")
    assert (tmp_path / "itemsets.csv").read_text().splitlines()[1] == '"l","b","1"'


def test_another_ending_is_refused(everything: Form, tmp_path: Path):
    """Nothing is guessed."""
    with pytest.raises(ReadError, match=r"\.xlsx, \.md or \.xml"):
        everything.write(tmp_path / "visit.pdf")


@pytest.mark.parametrize("name", ["", "a/b", "x" * 32, "[a]", "'a'"])
def test_a_sheet_name_excel_cannot_hold(name, tmp_path: Path):
    """Said before Excel says it."""
    form = Form((Sheet.of(name, ["type"], []),))
    with pytest.raises(FormError, match="sheet name"):
        form.write(tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())


def test_two_sheets_of_one_name():
    """Excel knows no difference between large and small letters."""
    with pytest.raises(FormError, match="sheet name"):
        workbook_bytes(Form((Sheet.of("survey", [], []), Sheet.of("Survey", [], []))))


def test_a_cell_excel_cannot_hold():
    """The cell is named, and Markdown offered."""
    form = Form((Sheet.of("survey", ["type", "label"], [["note", "x" * 32_768]]),))
    with pytest.raises(FormError, match='survey, row 2, column "label"'):
        workbook_bytes(form)


def test_what_fails_leaves_the_old_file_as_it_was(everything: Form, tmp_path: Path):
    """Neither half a file nor a leftover."""
    path = tmp_path / "visit.xml"
    path.write_text("the old one")
    broken = Form((Sheet.of("survey", ["type", "name"], [["no such type", "a"]]),))
    with pytest.raises(ConversionError):
        broken.write(path)
    assert path.read_text() == "the old one"
    everything.write(path)
    assert [each.name for each in tmp_path.iterdir()] == ["visit.xml"]


def test_who_reads_while_it_is_written_reads_a_whole_file(everything: Form, tmp_path: Path):
    """The old one to its end, or the new one."""
    path = everything.write(tmp_path / "visit.xlsx")
    old = path.read_bytes()
    with path.open("rb") as reading:
        start = reading.read(100)
        Form((*everything.sheets, Sheet.of("more", ["a"], []))).write(path)
        assert start + reading.read() == old
    assert path.read_bytes() != old


@pytest.mark.parametrize("name", ["../evil.csv", "a/b.csv", "..", "/etc/passwd", "c:\\x.csv"])
def test_media_never_leave_the_folder(name, everything: Form, tmp_path: Path):
    """A media name is a bare file name."""
    form = Form(everything.sheets, media={name: b"x"})
    with pytest.raises(FormError, match="media name"):
        form.write(tmp_path / "forms" / "a.xlsx")
    assert not list(tmp_path.iterdir())


def test_sheets_that_are_empty_are_kept():
    """A sheet with nothing in it is still a sheet."""
    form = Form((Sheet.of("survey", ["type"], []), Sheet.of("notes", [], [])))
    assert read_form(workbook_bytes(form)) == form
