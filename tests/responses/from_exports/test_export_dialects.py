"""Whatever tool exported the visits, the tables are those of their XML."""

import io
import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from liuwen.errors import ReadError
from liuwen.form import read_form
from liuwen.form.model import Form
from liuwen.form.sheets import Sheet
from liuwen.responses import MAIN, read_responses

DIALECTS = {
    "kobo, names, split by /": {"split": "/"},
    "kobo, split only": {"split": "/", "joined": False},
    "kobo, joined only": {},
    "kobo through R, split by .": {"groups": ".", "split": "."},
    "no group names": {"groups": "", "split": "/"},
    "kobo, Chinese labels as values": {"language": "zh", "split": "/"},
    "English labels as values, joined only": {"language": "en"},
    "odk": {"groups": "-", "odk": True},
    "odk, split": {"groups": "-", "split": "/", "odk": True},
}


def same_answers(read, visits, *, order_kept: bool = True) -> None:
    """Every table is the same, but for what only a server knows; split columns cannot keep the order of choosing."""
    for name in (MAIN, "member", "illness", "appraisal"):
        found, expected = read[name], visits[name]
        if name == MAIN:
            found, expected = (frame.drop(columns=["submitted_at", "form_version", "sent_by"]) for frame in (found, expected))
            if not order_kept:
                found, expected = (
                    frame.assign(needs=frame["needs"].map(lambda text: " ".join(sorted(text.split())), na_action="ignore"))
                    for frame in (found, expected)
                )
        pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_every_dialect_gives_the_same_tables(visit, visits, exported, dialect):
    """Groups, splits, labels and links in the way of each exporter."""
    read = read_responses(exported(**dialect), visit)
    same_answers(read, visits, order_kept=dialect.get("joined", True))
    assert read.unknown.empty


@pytest.mark.parametrize(("language", "groups"), [("zh", False), ("en", True)])
def test_headings_may_be_labels(visit, visits, exported, language, groups):
    """With or without the groups' labels before them, split choices and positions included."""
    frames = {
        name: frame.rename(columns={head: _labelled(visit, head, language, groups=groups) for head in frame})
        for name, frame in exported(split="/", language=language).items()
    }
    assert "village" not in frames[MAIN]
    same_answers(read_responses(frames, visit), visits)


def _labelled(form: Form, head: str, language: str, *, groups: bool) -> str:
    path, _, choice = (head, "", "") if head in form else head.rpartition("/")
    if path not in form:
        return f"_{form['place'].label(language)}{head.removeprefix('_place')}" if head.startswith("_place") else head
    element = form[path]
    above = [parent.label(language) for parent in element.parents if parent.kind == "group"] if groups else []
    return "/".join([*above, element.label(language), *([choice] if choice else [])])


def test_relevance_separates_not_asked_from_no_answer(visit, visits, exported):
    """The second household did not agree, so it was not asked; the third was asked and gave no number."""
    read = read_responses(exported(), visit)
    assert read.asked("people").tolist() == [True, False, True]
    assert read.base("people") == visits.base("people")
    assert read.selected("needs").isna().all(axis=1).tolist() == [False, True, False]


def test_a_column_that_was_taken_out_stays_unknown(visit, exported):
    """Without the answers nothing says who was asked, except where relevance rules it out."""
    frames = exported()
    frames[MAIN] = frames[MAIN].drop(columns=["difficulties/people", "village"])
    read = read_responses(frames, visit)
    assert read.asked("people").isna().tolist() == [True, False, True]
    assert read.asked("village").isna().all()
    assert read.base("people") == 0


def test_columns_without_a_question_are_kept(visit, exported):
    """A column of the office's own, a value off the list, a contradiction between split and joined."""
    frames = exported(split="/")
    frames[MAIN] = frames[MAIN].assign(remark=["ok", None, "call again"], consent=["yes", "perhaps", "yes"])
    frames[MAIN].loc[0, "difficulties/needs/school"] = 1
    read = read_responses(frames, visit)
    assert [tuple(row) for row in read.unknown[["field", "value", "reason"]].to_numpy()] == [
        ("remark", "ok", "field"),
        ("remark", "call again", "field"),
        ("difficulties/needs", "road water", "split"),
        ("consent", "perhaps", "choice"),
    ]


def test_columns_with_former_names_are_read(visit, exported):
    """The caller gives the renamings."""
    frames = exported()
    frames[MAIN] = frames[MAIN].rename(columns={"village": "place_name"})
    assert read_responses(frames, visit, renamed={"place_name": "village"}).table["village"].tolist() == ["湖滨", "城关", "城关"]


def test_an_export_of_several_versions_has_a_column_for_each_name(visit, exported):
    """The old name's column and the new one's are one question; where both are filled and differ, the first counts."""
    frames = exported()
    frames[MAIN] = frames[MAIN].assign(village=["湖滨", None, "城关"], place_name=[None, "城关", "elsewhere"])
    read = read_responses(frames, visit, renamed={"place_name": "village"})
    assert read.table["village"].tolist() == ["湖滨", "城关", "城关"]
    assert read.unknown[["field", "value", "reason"]].to_numpy().tolist() == [["village", "elsewhere", "split"]]


def test_an_export_of_an_earlier_version_is_read_by_its_form(visit, exported):
    """Questions are recognised by what they ask."""
    sheets = [
        Sheet(
            sheet.name, sheet.header, tuple(tuple("hamlet" if cell == "village" else cell for cell in row) for row in sheet.rows)
        )
        for sheet in visit.sheets
    ]
    frames = exported()
    frames[MAIN] = frames[MAIN].rename(columns={"village": "hamlet"})
    read = read_responses(frames, visit, earlier=[Form(tuple(sheets))])
    assert read.table["village"].tolist() == ["湖滨", "城关", "城关"]
    assert any("“hamlet” are read as “village”" in note.en for note in read.notes)


def test_the_sheet_that_answers_most_holds_the_submissions(visit, visits, exported):
    """A summary that stands before it shares a column with the form, and is passed over."""
    frames = {"summary": pd.DataFrame({"village": ["湖滨", "城关"], "visits": [1, 2]}), **exported()}
    read = read_responses(frames, visit)
    same_answers(read, visits)
    assert any("summary" in note.en for note in read.notes)


def test_a_cleaned_workbook_whose_rows_moved_is_linked_by_id(visit, visits, exported):
    """Row indices that no longer match do not mislead if the submission's ID is present."""
    frames = exported()
    frames[MAIN] = frames[MAIN].iloc[::-1].reset_index(drop=True).assign(_index=[1, 2, 3])
    member = read_responses(frames, visit)["member"]
    assert member["called"].to_dict() == visits["member"]["called"].to_dict()


def test_a_row_without_its_parent_is_rejected(visit, exported):
    """A household that was taken out leaves its members behind."""
    frames = exported()
    frames[MAIN] = frames[MAIN].iloc[1:]
    read = read_responses(frames, visit)
    assert read["member"]["called"].tolist() == ["丙"]
    assert read.rejected["source"].tolist() == ["member!2", "member!3", "illness!2", "illness!3"]


def test_a_row_that_came_twice_counts_once(visit, exported):
    """Word for word the same is one visit; the same ID with other answers is refused."""
    main = exported()[MAIN]
    again = pd.concat([main, main.iloc[[0]], main.iloc[[1]].assign(village="elsewhere")], ignore_index=True)
    read = read_responses(again, visit)
    assert len(read) == 3
    assert read.rejected["source"].tolist() == ["!6"]


def test_workbooks_csv_and_zips(visit, visits, exported, tmp_path: Path):
    """The same frames as a workbook, as CSV files in a folder and in a zip, whatever the files are called."""
    frames = exported(split="/", odk=True, groups="-")
    with pd.ExcelWriter(tmp_path / "data.xlsx", engine="xlsxwriter") as writer:
        for name, frame in frames.items():
            frame.to_excel(writer, sheet_name=name, index=False)
        pd.DataFrame({"note": ["made by hand"]}).to_excel(writer, sheet_name="README", index=False)
    folder = tmp_path / "csv"
    folder.mkdir()
    with zipfile.ZipFile(tmp_path / "submissions.csv.zip", "w") as archive:
        for name, frame in frames.items():
            frame.to_csv(folder / f"visit-{name}.csv", index=False)
            archive.write(folder / f"visit-{name}.csv", f"visit-{name}.csv")
    for source in (tmp_path / "data.xlsx", folder, tmp_path / "submissions.csv.zip"):
        same_answers(read_responses(source, visit), visits)
    assert any("README" in note.en for note in read_responses(tmp_path / "data.xlsx", visit).notes)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_in_any_usual_encoding(visit, exported, tmp_path: Path, encoding):
    """Excel in China writes GB 18030, and semicolons where the locale asks for them."""
    main = exported()[MAIN]
    (tmp_path / "data.csv").write_bytes(main.to_csv(index=False, sep=";").encode(encoding))
    assert read_responses(tmp_path / "data.csv", visit).table["village"].tolist() == ["湖滨", "城关", "城关"]


def test_excel_dates_and_numbers(visit):
    """Dates as Excel holds them, whole numbers with a point, yes as TRUE in a split column."""
    frame = pd.DataFrame(
        {
            "visit_date": [pd.Timestamp(2026, 11, 2), 46329.0],
            "difficulties/people": [4.0, 5],
            "difficulties/needs/road": [True, False],
            "village": [7.0, "x"],
            "_uuid": ["a", "b"],
        },
        dtype=object,
    )
    table = read_responses(frame, visit).table
    assert table["visit_date"].tolist() == [pd.Timestamp(2026, 11, 2), pd.Timestamp(2026, 11, 3)]
    assert table["people"].tolist() == [4, 5]
    assert table["needs"].tolist() == ["road", pd.NA]
    assert table["village"].tolist() == ["7", "x"]


def test_odata_of_central(visit, visits, tmp_path: Path):
    """Groups as objects, repeats as lists, positions as GeoJSON; the accuracy is lost there."""
    member = [
        {"__id": "x", "called": "甲", "illness": [{"__id": "p", "disease": "a"}, {"__id": "q", "disease": "b"}]},
        {"__id": "y", "called": "乙", "illness": []},
    ]
    record = {
        "__id": visits.table.index[0],
        "__system": {"submissionDate": "2026-11-02T08:00:00.000Z", "formVersion": "2", "submitterName": "visitor 1"},
        "village": "湖滨",
        "visit_date": "2026-11-02",
        "place": {"type": "Point", "coordinates": [120.25, 30.5, 4.0]},
        "consent": "yes",
        "difficulties": {"needs": "road water", "people": 4, "income": 1200.5},
        "member@odata.navigationLink": "Submissions('x')/member",
        "member": member,
        "appraisal": {"fair": "yes", "why": "they listen", "proof": None},
    }
    (tmp_path / "data.json").write_text(json.dumps({"value": [record]}), encoding="utf-8")
    read = read_responses(tmp_path / "data.json", visit)
    assert read.table["sent_by"].tolist() == ["visitor 1"]
    assert (
        read.table.drop(columns=["submitted_at", "sent_by"])
        .iloc[0]
        .drop("place.accuracy")
        .equals(visits.table.drop(columns=["submitted_at", "sent_by"]).iloc[0].drop("place.accuracy"))
    )
    assert read.table["submitted_at"].iloc[0] == pd.Timestamp("2026-11-02T08:00:00Z")
    assert list(read["illness"]["disease"]) == ["a", "b"]
    assert read["illness"]["parent_key"].tolist() == [f"{visits.table.index[0]}/member[1]"] * 2


def test_json_of_kobo(visit, visits, tmp_path: Path):
    """Whole paths as keys, repeats as lists, what the server adds beside them."""
    record = {
        "_id": 7,
        "_uuid": visits.table.index[0].removeprefix("uuid:"),
        "_submission_time": "2026-11-02T08:00:00",
        "_attachments": [{"filename": "a.jpg"}],
        "_geolocation": [30.5, 120.25],
        "village": "湖滨",
        "place": "30.5 120.25 4.0 12.5",
        "difficulties/needs": "road water",
        "member": [{"member/called": "甲", "member/illness": [{"member/illness/disease": "a"}]}],
    }
    (tmp_path / "data.json").write_text(json.dumps({"count": 1, "results": [record]}), encoding="utf-8")
    read = read_responses(tmp_path / "data.json", visit)
    assert read.table.index.tolist() == [visits.table.index[0]]
    assert read.table["place.accuracy"].tolist() == [12.5]
    assert read["illness"].index.tolist() == [f"{visits.table.index[0]}/member[1]/illness[1]"]


def test_an_export_of_another_form_is_a_mistake_of_the_caller(visit, tmp_path: Path):
    """No column is known: the error names the sheet and the form."""
    with pytest.raises(ReadError, match="visit"):
        read_responses(pd.DataFrame({"harvest": [1]}), visit)


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0broken", b"{", b'{"a": 1}', b"PK\x03\x04cut"])
def test_a_broken_export_is_one_clear_error(visit, tmp_path: Path, content):
    """Empty, damaged, cut short, or JSON that holds no submissions."""
    (tmp_path / "data.xlsx").write_bytes(content)
    with pytest.raises(ReadError, match=r"data\.xlsx"):
        read_responses(tmp_path / "data.xlsx", visit)


def test_a_truncated_workbook_is_one_clear_error(visit, exported, tmp_path: Path):
    """Half a workbook is no workbook."""
    whole = io.BytesIO()
    exported()[MAIN].to_excel(whole, index=False, engine="xlsxwriter")
    (tmp_path / "half.xlsx").write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
    with pytest.raises(ReadError):
        read_responses(tmp_path / "half.xlsx", visit)


def test_asked_follows_the_number_syntax_of_phones():
    """To a phone neither １２ nor 1e3 nor +7 is a number, 1,5 is one, and 1 is not '01'."""
    rows = b"| survey |\n| | type | name | label | relevant |\n| | text | code | Code | |\n"
    asked = b"| | text | many | Many | ${code} > 1 |\n| | text | other | Other | ${code} != '01' |\n"
    codes = ["１２", "1e3", "+7", "1,5", " 7 ", "1", "01"]
    blank = [""] * len(codes)
    read = read_responses(pd.DataFrame({"code": codes, "many": blank, "other": blank}), read_form(rows + asked))
    assert read.asked("many").tolist() == [False, False, False, True, True, False, False]
    assert read.base("many") == 2
    assert read.base("other") == 6


def test_days_decide_who_was_asked():
    """A day of an export is a day to relevance; one that is written in another way leaves it open."""
    rows = b"| survey |\n| | type | name | label | relevant |\n| | date | day | Day | |\n"
    asked = b"| | text | late | Late | ${day} > date('2026-03-01') |\n| | text | text | Text | ${day} > '2026-03-01' |\n"
    frame = pd.DataFrame({"day": ["2026-03-02", "2026-03-01", "2.3.2026"], "late": [""] * 3, "text": [""] * 3})
    read = read_responses(frame, read_form(rows + asked))
    assert read.asked("late").isna().tolist() == [False, False, True]
    assert read.base("late") == 1
    assert read.base("text") == 0


def test_a_calculation_decides_by_the_value_it_had():
    """A number that is 0 and a comparison that fails are false, though the texts they are kept as are not empty."""
    rows = b"| survey |\n| | type | name | label | relevant | calculation |\n| | integer | a | A | | |\n"
    calculated = b"| | calculate | twice | | | ${a} * 2 |\n| | calculate | many | | | ${a} > 3 |\n"
    coded = b"| | calculate | code | | | if(${a} > 3, '01', 1) |\n"
    asked = b"".join(
        b"| | text | %s | Q | %s | |\n" % pair for pair in ((b"q1", b"${twice}"), (b"q2", b"${many}"), (b"q3", b"${code} = '1'"))
    )
    frame = pd.DataFrame({"a": [0, 5], "twice": ["0", "10"], "many": ["0", "1"], "code": ["1", "01"]}).assign(q1="", q2="", q3="")
    read = read_responses(frame, read_form(rows + calculated + coded + asked))
    assert read.asked("q1").tolist() == [False, True]
    assert read.asked("q2").tolist() == [False, True]
    assert read.asked("q3").isna().all()
