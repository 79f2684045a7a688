"""What is shown, written to files."""

import io

import pandas as pd
import pytest
from openpyxl import load_workbook

from liuwen.charts.export import as_csv, as_page, as_workbook, save, shown_table
from liuwen.charts.view import start, view
from liuwen.errors import LiuwenError


@pytest.fixture(scope="module")
def shown(town):
    return view(town, start(town))


def test_the_table_has_the_whole_first_and_then_the_places_asked_for(shown) -> None:
    """A row a place and need, in words."""
    table = shown_table(shown, ["east", "lake"], "zh")
    assert list(table.columns) == [
        "地点",
        "回答",
        "问到答卷数",
        "这样答的答卷数",
        "占比",
        "区间下限",
        "区间上限",
        "名次",
        "不显示的原因",
    ]
    assert table["地点"].drop_duplicates().tolist() == ["全部", *(shown.place_labels["zh"][place] for place in ("east", "lake"))]
    assert len(table) == 3 * len(shown.need_order)
    assert shown_table(shown, [], "en")["place"].unique().tolist() == ["All"]


def test_withheld_figures_are_exported_with_their_reason_only(shown) -> None:
    """Lake has too few households: no figure of it is written."""
    table = shown_table(shown, ["lake"], "en")
    lake = table[table["place"] != "All"]
    assert (
        lake[["interviews asked", "interviews with this answer", "share", "interval low", "interval high"]].isna().all(axis=None)
    )
    assert set(lake["why withheld"]) == {"too few asked"}
    open_cells = table[table["share"].notna()]
    assert set(open_cells["why withheld"]) == {""}
    assert (open_cells["share"] * 10_000 % 1).abs().max() < 1e-6


def test_csv_opens_in_spreadsheets_and_starts_no_formula(shown) -> None:
    """UTF-8 with its mark; a label that begins like a formula is led by an apostrophe."""
    written = as_csv(shown, ["east"], "zh")
    assert written.startswith(b"\xef\xbb\xbf")
    read = pd.read_csv(io.BytesIO(written))
    assert read["地点"].tolist() == shown_table(shown, ["east"], "zh")["地点"].tolist()
    for sign in "=+-@":
        labels = {language: {**names, "east": f"{sign}1+1"} for language, names in shown.place_labels.items()}
        risky = type(shown)(**{**{name: getattr(shown, name) for name in shown.__dataclass_fields__}, "place_labels": labels})
        places = pd.read_csv(io.BytesIO(as_csv(risky, ["east"], "en")))["place"].tolist()
        assert set(places) == {"All", f"'{sign}1+1"}


def test_a_workbook_says_what_was_asked_above_its_table(shown) -> None:
    """Shares as percent, the heading above, one sheet."""
    book = load_workbook(io.BytesIO(as_workbook(shown, ["east"], "zh")))
    assert book.sheetnames == ["所示数字"]
    sheet = book.active
    assert sheet["A1"].value
    assert [cell.value for cell in sheet[3]][:3] == ["地点", "回答", "问到答卷数"]
    assert sheet["A4"].value == "全部"
    assert sheet.max_row == 3 + len(shown_table(shown, ["east"], "zh"))
    assert sheet.freeze_panes == "C4"


def test_a_page_stands_alone_in_its_language(shown) -> None:
    """With its characters and its width for phones declared."""
    page = as_page(shown, ["east"], "zh").decode()
    assert page.startswith('<!doctype html><html lang="zh"><head><meta charset="utf-8">')
    assert "<title>所示数字</title>" in page
    assert "http" not in page.replace("http://www.w3.org", "")


@pytest.mark.parametrize(("name", "starts"), [("a.csv", b"\xef\xbb\xbf"), ("b.XLSX", b"PK"), ("c.html", b"<!doctype html>")])
def test_the_ending_says_how_it_is_written(shown, tmp_path, name: str, starts: bytes) -> None:
    """In capitals too; the path is given back."""
    target = save(tmp_path / name, shown, ["east"], "en")
    assert target == tmp_path / name
    assert target.read_bytes().startswith(starts)


@pytest.mark.parametrize(("name", "ending"), [("a.pdf", ".pdf"), ("a", ""), ("a.xls", ".xls"), ("csv", "")])
def test_another_ending_is_a_clear_error_and_writes_nothing(shown, tmp_path, name: str, ending: str) -> None:
    """It names those that there are."""
    with pytest.raises(LiuwenError) as told:
        save(str(tmp_path / name), shown, ["east"], "en")
    assert told.value.sentence.zh == f"不会写“{ending}”文件；可用 .csv、.xlsx、.html。"
    assert not list(tmp_path.iterdir())
