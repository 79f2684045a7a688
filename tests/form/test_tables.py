"""Sheets from CSV and Markdown text."""

import pandas as pd
import pytest

from liuwen.errors import ReadError
from liuwen.form.formats.markdown import is_markdown, read_markdown, write_markdown
from liuwen.form.formats.tables import csv_rows, read_csv, read_frames
from liuwen.form.sheets import Sheet

Table = tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]


def tables(sheets: list[Sheet]) -> list[Table]:
    return [(sheet.name, sheet.header, sheet.rows) for sheet in sheets]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (",type\n,text\n", []),
        ("survey\n", [("survey", (), ())]),
        ("survey\n,type\n,text\n", [("survey", ("type",), (("text",),))]),
        ("survey,type\n,text\n", [("survey", ("type",), (("text",),))]),
        ("\n , \nsurvey\n\n, \n,type\n,\n, text \n", [("survey", ("type",), (("",), ("text",)))]),
        ("survey\r\n,type\r\nchoices\r\n,name\r\n,a\r\n", [("survey", ("type",), ()), ("choices", ("name",), (("a",),))]),
        ("survey\n,type\nchoices\n,name\nsurvey\n,text\n", [("survey", ("type",), (("text",),)), ("choices", ("name",), ())]),
        ('survey\n,label\n,"two\nlines, ""quoted"""\n', [("survey", ("label",), (('two\nlines, "quoted"',),))]),
    ],
)  # fmt: skip
def test_a_csv_names_each_sheet_before_its_rows(text: str, expected: list[Table]) -> None:
    """Blank rows inside a table count; a sheet whose name is repeated is continued."""
    assert tables(read_csv(text)) == expected


def test_overlong_cell_is_reported_with_its_line() -> None:
    """In both languages; earlier rows are still returned."""
    rows = csv_rows("a;b\n1;" + "x" * 140_000, delimiter=";")
    assert next(rows) == ["a", "b"]
    with pytest.raises(ReadError) as refused:
        next(rows)
    assert "第 2 行" in refused.value.sentence.zh and "line 2" in refused.value.sentence.en


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"), (" ", " "), (None, ""), (float("nan"), ""), (pd.NaT, ""),
        (True, "TRUE"), (False, "FALSE"), (3, "3"), (3.0, "3"),
        (3.5, "3.5"), (1e20, "100000000000000000000"), (pd.Timestamp("2026-03-01"), "2026-03-01 00:00:00"), (float("inf"), "inf"),
    ],
)  # fmt: skip
def test_a_frames_values_are_text_as_in_a_workbook(value: object, text: str) -> None:
    """Booleans in capitals, integers without a fraction, missing values blank."""
    (sheet,) = read_frames({"survey": pd.DataFrame({"default": pd.Series([value, "x"], dtype=object)})})
    assert sheet.rows == ((text,), ("x",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| survey |", True), ("\n\n# a comment\n  | survey |\n", True), ("| survey", False), ("survey |", False), ("", False),
        ("# only a comment", False), ("text first\n| survey |", False),
    ],
)  # fmt: skip
def test_markdown_is_recognised_by_its_first_line(text: str, expected: bool) -> None:
    """After comments and blank lines, it must be a row of a table."""
    assert is_markdown(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| survey |\n| | type |\n|---|---|\n| | text |", [("survey", ("type",), (("text",),))]),
        ("| survey |\n| | type |\n|:-:|---|\n| | text |", [("survey", ("type",), (("text",),))]),
        ("| survey |\n| | default |\n| | -- |\n| | - |", [("survey", ("default",), (("--",), ("-",)))]),
        ("| survey |\n| | type | # a remark\n# another\n| | text |", [("survey", ("type",), (("text",),))]),
        ("| survey | type | name |\n| | text | a |", [("survey", ("type", "name"), (("text", "a"),))]),
        ("| | type |\n| survey |\n| | |\n| | type |\n| | |\n| | text |", [("survey", ("type",), (("",), ("text",)))]),
        ("| survey |\n| | type |\n| | text |\n| survey |\n| | name |", [("survey", ("name",), ())]),
        ("| survey |\n| | label |\n| | a \\| b |\n| | &#32;x&#10;y |", [("survey", ("label",), (("a | b",), (" x\ny",)))]),
        ("| survey |\n| | label |\n| | &#9999999; |\n| | &#38;#10; |", [("survey", ("label",), (("",), ("&#10;",)))]),
        ("| survey |", [("survey", (), ())]),
    ],
)  # fmt: skip
def test_markdown_tables_are_read(text: str, expected: list[Table]) -> None:
    """Separator lines, comments and escapes; a repeated table replaces the first."""
    assert tables(read_markdown(text)) == expected


def test_columns_are_aligned() -> None:
    """So that version control shows each change in its own line."""
    written = write_markdown([Sheet.of("survey", ["type", "name"], [["text", "a"], ["integer", "b"]])])
    assert written == "| survey |\n| | type    | name |\n| | text    | a    |\n| | integer | b    |\n"
