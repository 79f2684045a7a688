"""Small inputs that went wrong elsewhere, each with its right value."""

from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from liuwen.form import read_form
from liuwen.responses import Responses, read_responses

CASES = Path(__file__).parents[1] / "cases"
GROUPED = read_form(
    b"| survey |\n| | type | name | label |\n| | text | q1 | Q1 |\n| | begin group | g1 | Group 1 |\n| | text | inner | Inner |\n"
    b"| | begin group | sg1 | Sub Group 1 |\n| | text | deep | Deep |\n| | end group | | |\n| | text | after | After |\n"
    b"| | end group | | |\n| | begin group | g2 | |\n| | text | other | Other one |\n| | end group | | |\n"
    b"| settings |\n| | form_id | version |\n| | grouped | 1 |\n"
)
FRUIT = read_form(
    b"| survey |\n| | type | name | label |\n| | select_one fruit or_other | best | Which is best? |\n"
    b"| | select_multiple fruit or_other | liked | Which do you like? |\n"
    b"| choices |\n| | list_name | name | label |\n| | fruit | pear | Sand Pear |\n| | fruit | plum | Plum |\n"
    b"| settings |\n| | form_id | version |\n| | fruit | 1 |\n"
)


def read(name: str, form: str = "battery.md", **told) -> Responses:
    return read_responses(CASES / name, CASES / form, **told)


def said(responses: Responses) -> str:
    return " ".join(note.en for note in responses.notes)


def test_a_renamed_question_is_not_joined_by_likeness() -> None:
    """`girls` was never asked in version 1; the question asked there is reported."""
    responses = read("renamed/sub.xml", "renamed/v2.md", earlier=[CASES / "renamed" / "v1.md"])
    assert responses.table["girls"].isna().all()
    assert responses.base("girls") == 0
    assert responses.unknown[["field", "value"]].to_numpy().tolist() == [["boys", "3"]]
    assert 'renamed={"boys": "girls"}' in said(responses)


def test_dates_as_aggregate_writes_them() -> None:
    """Month names and a clock of twelve hours; no time zone, so none is made up."""
    table = read("aggregate_dates.csv").table
    assert table["submitted_at"].tolist() == [pd.Timestamp(2013, 12, 17, 16, 42, 31)]
    assert table["visit"].tolist() == [pd.Timestamp(2013, 12, 16)]
    assert table["at"].tolist() == [pd.Timestamp(2013, 12, 16, 9)]
    assert table["hour"].tolist() == ["09:05:00"]


def test_a_wide_csv_of_surveycto() -> None:
    """A column a member, a column a choice, and the version of the form's definition."""
    responses = read("surveycto_wide.csv")
    assert responses["member"][["name", "age"]].to_numpy().tolist() == [["Li", 40], ["Wang", 38]]
    assert responses.table["needs"].tolist() == ["1 2"]
    assert responses.table["form_version"].tolist() == ["2403051200"]
    assert "field" not in set(responses.unknown["reason"])


def test_a_time_without_an_offset_is_reported(tmp_path: Path) -> None:
    """It takes the time zone that the caller names."""
    row = {"start": datetime(2024, 3, 5, 9), "village": "Hubin", "at": datetime(2024, 3, 5, 10), "_uuid": "u"}
    pd.DataFrame([row]).to_excel(tmp_path / "typed.xlsx", index=False)
    responses = read_responses(tmp_path / "typed.xlsx", CASES / "battery.md")
    assert responses.table["at"].tolist() == [pd.Timestamp(2024, 3, 5, 10)]
    assert "start, at" in said(responses)
    placed = read_responses(tmp_path / "typed.xlsx", CASES / "battery.md", timezone="Asia/Shanghai")
    assert placed.table["at"].tolist() == [pd.Timestamp(2024, 3, 5, 2, tz="UTC")]
    assert "without an offset" not in said(placed)


def test_a_repeat_that_odata_only_links_to_is_unknown() -> None:
    """Not empty, and reported."""
    responses = read("odata_no_expand.json")
    assert responses["member"].empty
    assert "“member” was not in the source" in said(responses)


def test_a_mark_for_no_answer_is_missing_in_every_column() -> None:
    """In text too, since it fills columns in which it cannot be an answer."""
    responses = read("ona_na.csv")
    table = responses.table
    assert table["phone"].isna().all()
    assert table.loc["uuid:1", ["hh", "road", "needs", "visit"]].isna().all()
    assert (table.loc["uuid:2", "needs"], table.loc["uuid:2", "hh"]) == ("1", 3)
    assert responses.unknown.empty
    assert "n/a" in said(responses)


def test_a_deleted_row_is_left_out_and_a_rejected_one_says_so() -> None:
    """The review state is a column of the submissions."""
    responses = read("odata_deleted_rejected.json")
    assert responses.table.index.tolist() == ["uuid:1"]
    assert responses.submissions.loc["uuid:1", "review_state"] == "rejected"
    assert "deleted on the server" in responses.rejected["reason"].item()
    assert responses.unknown.empty


def test_a_form_of_repeats_only() -> None:
    """One submission, two members."""
    responses = read("only_repeat.json", "only_repeat.md")
    assert len(responses) == 1
    assert responses["member"]["name"].tolist() == ["Li", "Wang"]


def test_no_submissions_give_typed_tables() -> None:
    """With every column and its dtype."""
    responses = read("zero_rows.json", "only_repeat.md")
    assert (len(responses), len(responses["member"])) == (0, 0)
    assert str(responses["member"]["age"].dtype) == "Int64"
    assert str(responses.table["start"].dtype) == "datetime64[us, UTC]"
    assert responses.notes == ()


def test_a_repeat_that_became_a_group_keeps_its_keys() -> None:
    """The members of version 3 fit no column of version 4."""
    older = (CASES / "battery.md").read_text(encoding="utf-8")
    newer = older.replace("begin repeat", "begin group").replace("end repeat", "end group").replace("| 3 |", "| 4 |")
    responses = read_responses(CASES / "repeat_became_group.json", read_form(newer.encode()), earlier=[read_form(older.encode())])
    kept = responses.unknown.set_index("value")["key"]
    assert (kept["Li"], kept["Wang"]) == ("1/member[1]", "1/member[2]")
    assert responses.table["name"].tolist() == [pd.NA, "Zhao"]


@pytest.mark.parametrize("separator", ["-", ".", "::", "/", " / "])
def test_labels_with_their_groups_in_the_header(separator: str) -> None:
    """Whatever stands between the groups, each answer is that of its own question and row."""
    paths = ["q1", "g1/inner", "g1/sg1/deep", "g1/after", "g2/other"]
    labels = [["Q1"], ["Group 1", "Inner"], ["Group 1", "Sub Group 1", "Deep"], ["Group 1", "After"], ["g2", "Other one"]]
    rows = [[f"{path} of {number}" for path in paths] + [number] for number in (1, 2)]
    found = read_responses(pd.DataFrame(rows, columns=[*map(separator.join, labels), "_id"]), GROUPED)
    truth = read_responses(pd.DataFrame(rows, columns=[*paths, "_id"]), GROUPED)
    assert truth.table["deep"].tolist() == ["g1/sg1/deep of 1", "g1/sg1/deep of 2"]
    pd.testing.assert_frame_equal(found.table, truth.table)
    assert found.unknown.empty


def test_or_other_beside_a_label() -> None:
    """The joined text mixes a label and a name; the split columns say the same."""
    question = "Which do you like?"
    header = ["Which is best?", "best_other", question, *(f"{question}/{choice}" for choice in ("Sand Pear", "Plum", "other"))]
    rows = [["other", "Fig", "Sand Pear other", "1", "0", "1", "Kiwi", 1], ["Plum", "", "Sand Pear Plum", "1", "1", "0", "", 2]]
    responses = read_responses(pd.DataFrame(rows, columns=[*header, "liked_other", "_id"]), FRUIT)
    assert responses.table["liked"].tolist() == ["pear other", "pear plum"]
    assert responses.table["best"].tolist() == ["other", "plum"]
    assert responses.unknown.empty
