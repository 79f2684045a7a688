"""Small inputs that went wrong elsewhere, each with its right value; where they do not lie beside the project, they skip."""

import json
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from liuwen.responses import Responses, read_responses

CASES = Path(__file__).parents[4] / "shared" / "cases" / "answers"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the reported cases are not beside the project")


def read(name: str, form: str = "form.md", **told) -> Responses:
    return read_responses(CASES / name, CASES / form, **told)


def said(responses: Responses) -> str:
    return " ".join(note.en for note in responses.notes)


def test_a_renamed_question_is_not_joined_by_likeness() -> None:
    """`girls` was never asked in version 1; the question asked there is reported."""
    responses = read("01_rename/sub.xml", "01_rename/v2.md", earlier=[CASES / "01_rename" / "v1.md"])
    assert responses.table["girls"].isna().all()
    assert responses.base("girls") == 0
    assert responses.unknown[["field", "value"]].to_numpy().tolist() == [["boys", "3"]]
    assert 'renamed={"boys": "girls"}' in said(responses)


def test_dates_as_aggregate_writes_them() -> None:
    """Month names and a clock of twelve hours; no time zone, so none is made up."""
    table = read("02_aggregate_dates.csv").table
    assert table["submitted_at"].tolist() == [pd.Timestamp(2013, 12, 17, 16, 42, 31)]
    assert table["visit"].tolist() == [pd.Timestamp(2013, 12, 16)]
    assert table["at"].tolist() == [pd.Timestamp(2013, 12, 16, 9)]
    assert table["hour"].tolist() == ["09:05:00"]


def test_a_wide_csv_of_surveycto() -> None:
    """A column a member, a column a choice, and the version of the form's definition."""
    responses = read("03_surveycto_wide.csv")
    assert responses["member"][["name", "age"]].to_numpy().tolist() == [["Li", 40], ["Wang", 38]]
    assert responses.table["needs"].tolist() == ["1 2"]
    assert responses.table["form_version"].tolist() == ["2403051200"]
    assert "field" not in set(responses.unknown["reason"])


def test_a_time_without_an_offset_is_reported() -> None:
    """It takes the time zone that the caller names."""
    responses = read("04_typed_naive.xlsx")
    assert responses.table["at"].tolist() == [pd.Timestamp(2024, 3, 5, 10)]
    assert "start, at" in said(responses)
    placed = read("04_typed_naive.xlsx", timezone="Asia/Shanghai")
    assert placed.table["at"].tolist() == [pd.Timestamp(2024, 3, 5, 2, tz="UTC")]
    assert "without an offset" not in said(placed)


def test_a_repeat_that_odata_only_links_to_is_unknown() -> None:
    """Not empty, and reported."""
    responses = read("05_odata_no_expand.json")
    assert responses["member"].empty
    assert "“member” was not in the source" in said(responses)


def test_a_mark_for_no_answer_is_missing_in_every_column() -> None:
    """In text too, since it fills columns in which it cannot be an answer."""
    responses = read("07_ona_na.csv")
    table = responses.table
    assert table["phone"].isna().all()
    assert table.loc["uuid:1", ["hh", "road", "needs", "visit"]].isna().all()
    assert (table.loc["uuid:2", "needs"], table.loc["uuid:2", "hh"]) == ("1", 3)
    assert responses.unknown.empty
    assert "n/a" in said(responses)


def test_a_deleted_row_is_left_out_and_a_rejected_one_says_so() -> None:
    """The review state is a column of the submissions."""
    responses = read("09_odata_deleted_rejected.json")
    assert responses.table.index.tolist() == ["uuid:1"]
    assert responses.submissions.loc["uuid:1", "review_state"] == "rejected"
    assert "deleted on the server" in responses.rejected["reason"].item()
    assert responses.unknown.empty


def test_a_form_of_repeats_only() -> None:
    """One submission, two members."""
    responses = read("11_only_repeat.json", "r1.md")
    assert len(responses) == 1
    assert responses["member"]["name"].tolist() == ["Li", "Wang"]


def test_no_submissions_give_typed_tables() -> None:
    """With every column and its dtype."""
    responses = read("12_zero_rows.json", "r1.md")
    assert (len(responses), len(responses["member"])) == (0, 0)
    assert str(responses["member"]["age"].dtype) == "Int64"
    assert str(responses.table["start"].dtype) == "datetime64[us, UTC]"
    assert responses.notes == ()


def test_a_repeat_that_became_a_group_keeps_its_keys() -> None:
    """The members of version 3 fit no column of version 4."""
    responses = read("13_repeat_became_group.json", "grp.md", earlier=[CASES / "form.md"])
    kept = responses.unknown.set_index("value")["key"]
    assert (kept["Li"], kept["Wang"]) == ("1/member[1]", "1/member[2]")
    assert responses.table["name"].tolist() == [pd.NA, "Zhao"]


@pytest.mark.parametrize("separator", ["-", ".", "::", "/", " / "])
def test_labels_with_their_groups_in_the_header(separator: str) -> None:
    """Whatever stands between the groups, the answers are those of the JSON."""
    header, *rows = CalamineWorkbook.from_path(str(CASES / "16_formpack_hier_sep.xlsx")).get_sheet_by_index(0).to_python()
    frame = pd.DataFrame(rows, columns=[str(head).replace("-", separator) for head in header], dtype=object)
    found, truth = read_responses(frame, CASES / "16_form.xlsx"), read("16_truth.json", "16_form.xlsx")
    pd.testing.assert_frame_equal(found.table, truth.table)
    assert found.unknown.empty
    assert len(json.loads((CASES / "16_truth.json").read_text(encoding="utf-8"))) == len(found)


def test_or_other_beside_a_label() -> None:
    """The joined text mixes a label and a name; the split columns say the same."""
    responses = read("17_or_other.xlsx", "17_form.xlsx")
    assert responses.table["fav_emperors"].tolist()[0] == "caligula other"
    assert responses.unknown.empty
