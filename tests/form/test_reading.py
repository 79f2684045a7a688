"""Reading workbooks, Markdown, CSV and pandas frames."""

import datetime
import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from pyxform.xls2json_backends import DefinitionData, is_empty, xlsx_value_to_str

from liuwen.errors import LiuwenWarning
from liuwen.form import Form, read_form

SUPPORTED = ("survey", "choices", "settings", "external_choices", "entities")


def workbook(rows, *, title="survey", also=None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if also:
        also(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_cells_are_text_as_pyxform_reads_them(read_by_pyxform: dict[str, DefinitionData], forms: dict[str, Form]):
    """Every cell that pyxform reads in the corpus has the same text here, after trimming."""
    compared = 0
    for name, theirs in read_by_pyxform.items():
        for sheet_name in SUPPORTED:
            sheet = forms[name].sheet(sheet_name)
            for ours, row in zip(sheet.rows if sheet else (), getattr(theirs, sheet_name) or (), strict=False):
                mine = dict(zip((" ".join(header.split()) for header in sheet.header), ours, strict=True))
                for header, text in row.items():
                    cell = mine[" ".join(header.split())]
                    assert cell.strip().replace("\u00a0", " ") == text, (name, sheet_name, header)
                    compared += 1
    assert compared > 40_000


def test_cells_are_neither_trimmed_nor_dropped():
    """Spaces, inner blank rows, unknown sheets and cells outside the table are kept; trailing blanks are not."""

    def another(book):
        book.create_sheet("diary").append(["day", None, "what"])

    rows = [["type", "name ", None, "aside"], ["text", "  village\u00a0", None, None], [], ["note", " ", None, "x"], []]
    form = read_form(workbook(rows, also=another))
    survey, diary = form.sheets
    assert survey.header == ("type", "name ", "", "aside")
    assert survey.rows == (("text", "  village\u00a0", "", ""), ("", "", "", ""), ("note", " ", "", "x"))
    assert (diary.name, diary.header) == ("diary", ("day", "", "what"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "TRUE"),
        (False, "FALSE"),
        (3, "3"),
        (3.0, "3"),
        (0.1, "0.1"),
        (1e20, "100000000000000000000"),
        (datetime.datetime(2026, 11, 21), "2026-11-21 00:00:00"),
        (datetime.datetime(2026, 11, 21, 8, 30), "2026-11-21 08:30:00"),
        (datetime.date(2026, 11, 21), "2026-11-21 00:00:00"),
        (datetime.time(8, 30), "08:30:00"),
        (datetime.timedelta(hours=30), "1 day, 6:00:00"),
        ("#N/A", "#N/A"),
        ("line\nbreak", "line\nbreak"),
        ("_x0041_", "A"),
    ],
)
def test_values_of_every_kind_become_text(value, text):
    """Integers without a fraction; dates and booleans as in pyxform."""
    form = read_form(workbook([["type", "name", "default"], ["text", "a", value]]))
    assert form.sheets[0].rows[0][2] == text


def test_workbook_with_the_1904_date_system():
    """Old workbooks of Excel for Mac use another epoch."""

    def from_1904(book):
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    data = workbook([["type", "default"], ["date", datetime.datetime(2026, 11, 21)]], also=from_1904)
    assert read_form(data).sheets[0].rows[0][1] == "2026-11-21 00:00:00"


def test_merged_ranges_and_formula_cells_are_known():
    """A formula's last value is its text."""

    def marked(book):
        book.active.merge_cells("A3:B3")
        book.active["B2"] = "=1+1"

    sheet = read_form(workbook([["type", "name"], ["text", "a"], ["note"]], also=marked)).sheets[0]
    assert (sheet.merged, sheet.formulas) == (("A3:B3",), ("B2",))


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_merged_ranges_agree_with_openpyxl(workbooks: dict[str, Path], forms: dict[str, Form]):
    """openpyxl reads the same merged ranges and formula cells."""
    for name, path in workbooks.items():
        if path.read_bytes()[:2] != b"PK" or path.stat().st_size > 100_000:
            continue
        book = openpyxl.load_workbook(path)
        for sheet in forms[name].sheets:
            theirs = book[sheet.name]
            assert sorted(sheet.merged) == sorted(map(str, theirs.merged_cells.ranges)), name
            if theirs.max_row * theirs.max_column < 200_000:
                formulas = [cell.coordinate for row in theirs.iter_rows() for cell in row if cell.data_type == "f"]
                assert sorted(sheet.formulas) == sorted(formulas), name


def test_single_sheet_is_the_survey():
    """As in pyxform."""
    assert read_form(workbook([["type", "name"], ["text", "a"]], title="Sheet1")).questions[0].name == "a"


def test_frames_become_sheets():
    """Missing values become blank cells, numbers are written as in a workbook."""
    survey = pd.DataFrame(
        {"type": ["integer", "text"], "name": ["age", None], "default": [3.0, float("nan")], "on": [True, pd.NA]}
    )
    form = read_form({"survey": survey, "settings": pd.DataFrame({"version": [2026]})}, name="frames")
    assert form.sheets[0].rows == (("integer", "age", "3", "TRUE"), ("text", "", "", ""))
    assert (form.version, form.id) == ("2026", "frames")


def test_csv_names_its_sheets_in_the_first_column():
    """pyxform's CSV."""
    form = read_form(b'"survey",,\n,"type","name"\n,"text","a, b"\n,,\n,note,c\nsettings\n,version\n,7\n')
    assert form.sheet("survey").rows == (("text", "a, b"), ("", ""), ("note", "c"))
    assert form.version == "7"


def test_csv_as_excel_writes_it_in_china():
    """GB 18030 is tried if the text is not UTF-8."""
    form = read_form("survey,,\n,type,label\n,note,您好\n".encode("gb18030"))
    assert form.sheets[0].rows[0][1] == "您好"


@pytest.mark.parametrize("ending", [".xlsx", ".md", ".txt", ".xls"])
def test_content_decides_and_a_wrong_ending_gives_a_warning(tmp_path: Path, ending):
    """A workbook named .xls is read, with a warning in both languages."""
    is_workbook = ending in {".xlsx", ".xls"}
    data = workbook([["type", "name"], ["text", "a"]]) if is_workbook else b"| survey |\n| | type | name |\n| | text | a |\n"
    path = tmp_path / f"form{ending}"
    path.write_bytes(data)
    if ending == ".xls":
        with pytest.warns(LiuwenWarning, match=r"^form\.xls is actually .*xlsx") as warned:
            form = read_form(path)
        assert "xlsx" in warned[0].message.sentence.zh
        assert warned[0].filename == __file__
    else:
        form = read_form(path)
    assert form.questions[0].name == "a"
    assert form.id == "form"


def test_markdown_named_xlsx_is_read_with_a_warning(tmp_path: Path):
    """A Markdown file named .xlsx."""
    path = tmp_path / "form.xlsx"
    path.write_text("| survey |\n| | type | name |\n| | text | a |\n")
    with pytest.warns(LiuwenWarning, match="Markdown"):
        assert read_form(path).questions[0].name == "a"


def test_files_beside_a_form_are_read(tmp_path: Path):
    """Files the form refers to: lists, pictures, tables for pulldata; none from other folders, no other files."""
    folder = tmp_path / "forms"
    folder.mkdir()
    named = ["villages.csv", "logo.png", "prices.csv", "map.geojson", "fruits.csv"]
    for name in [*named, "unnamed.csv"]:
        (folder / name).write_text(name)
    (tmp_path / "secret.csv").write_text("secret")
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    form = folder / "form.md"
    form.write_text(
        """
        | survey |
        | | type | name | label | image | calculation | appearance |
        | | select_one_from_file villages.csv | v | V | logo.png | | |
        | | select_one_from_file ../secret.csv | s | S | | | |
        | | select_one_from_file link.csv | l | L | | | |
        | | select_multiple_from_file map.geojson| m | M | | | |
        | | calculate | p | | | pulldata('prices', 'a', 'b', ${v}) | |
        | | csv-external | fruits | | | | search('absent') |
        """
    )
    media = read_form(form).media
    assert sorted(media) == sorted(named)
    assert media["villages.csv"] == b"villages.csv"


def test_openpyxl_stringification_is_what_pyxform_uses():
    """The behaviour of openpyxl that the reader relies on has not changed."""
    assert (xlsx_value_to_str(2.0), xlsx_value_to_str(True), is_empty(" ")) == ("2", "TRUE", True)
