"""What an export holds of withheld questions and unlinked sections is never in a row with a key."""

import pandas as pd
import pytest

from liuwen.form import read_form
from liuwen.responses import read_responses

VISIT = """
| survey |
| | type | name | label | note |
| | text | village | Village | |
| | begin group | views | Your views | liuwen: unlinked |
| | text | fair | Fair? | |
| | image | proof | Proof | |
| | end group | | | |
| | begin repeat | member | Member | |
| | text | called | Called | |
| | end repeat | | | |
| settings |
| | form_id | version |
| | visit | 1 |
"""
POLL = """
| survey |
| | type | name | label |
| | geopoint | where | Where are you? |
| | image | face | Face |
| | text | say | Opinion |
| settings |
| | form_id | version | attribute::anonymous |
| | poll | 1 | yes |
"""


@pytest.mark.parametrize("header", ["views/score", "views-score", "score of views", "Your views/Score", "VIEWS.score", "old"])
def test_unknown_columns_of_unlinked_sections_have_no_key(header: str) -> None:
    """In whatever spelling; a column that stands elsewhere has its key."""
    read = read_responses(
        pd.DataFrame({"village": ["a", "b"], header: ["5", "1"], "_uuid": ["x", "y"]}), read_form(VISIT.encode())
    )
    is_linked = header in {"score of views", "old"}
    assert read.unknown["value"].tolist() == (["5", "1"] if is_linked else ["1", "5"])
    assert read.unknown["key"].notna().all() == is_linked


def test_a_section_without_any_column_is_unknown_and_not_blank() -> None:
    """A table that was written without it tells of nobody who was asked; records of JSON leave out what is blank."""
    form = read_form(VISIT.encode())
    rows = pd.DataFrame({"village": ["a", "b"], "_uuid": ["x", "y"]})
    without = read_responses(rows, form)
    assert len(without["views"]) == 0
    assert "no column of the section “views”" in " ".join(note.en for note in without.notes)
    held = read_responses(rows.assign(fair=[None, "no"]), form)
    assert len(held["views"]) == 2
    assert not any("no column of the section" in note.en for note in held.notes)


def test_questions_dropped_from_an_unlinked_section_have_no_key() -> None:
    """An earlier version promised it, and an export need not write the group."""
    older, newer = read_form(VISIT.encode()), read_form(VISIT.replace("| | text | fair | Fair? | |\n", "").encode())
    without = read_form(VISIT.partition("| | begin group")[0].encode() + VISIT[VISIT.index("| settings") :].encode())
    exported = pd.DataFrame({"village": ["a"], "fair": ["no"], "_uuid": ["x"]})
    for form in (newer, without):
        assert read_responses(exported, form, earlier=[older]).unknown["key"].isna().all()


def test_rows_of_a_repeat_may_hold_copies_of_unlinked_answers() -> None:
    """As after a merge; they have no key there either."""
    sheets = {
        "visit": pd.DataFrame({"village": ["a"], "_index": [1], "_uuid": ["x"]}),
        "member": pd.DataFrame({"called": ["Li"], "fair": ["no"], "_parent_index": [1]}),
        "other": pd.DataFrame({"views/fair": ["yes"], "nickname": ["Lao Li"], "_parent_index": [1]}),
    }
    unknown = read_responses(sheets, read_form(VISIT.encode())).unknown.set_index("value")
    assert unknown.loc[["no", "yes"], "key"].isna().all()
    assert unknown.loc["Lao Li", "key"] == "x/other[1]"


def test_attachments_of_unlinked_sections_are_not_loaded() -> None:
    """Neither the file's name nor the server's list of files."""
    listed = '[{"question_xpath": "views/proof", "filename": "17.jpg"}]'
    exported = pd.DataFrame({"village": ["a"], "views/proof": ["17.jpg"], "_attachments": [listed], "_uuid": ["x"]})
    read = read_responses(exported, read_form(VISIT.encode()))
    assert read.unknown.empty
    assert read.submissions["attachments"].isna().all()


@pytest.mark.parametrize(
    "headers", [("where-Latitude", "face"), ("_where_latitude", "Face"), ("where", "face"), ("Where are you?", "grp/face")]
)
def test_identifying_columns_of_an_anonymous_form_are_dropped(headers: tuple[str, str]) -> None:
    """In every exporter's spelling."""
    exported = pd.DataFrame({"say": ["good"], headers[0]: ["30.123456"], headers[1]: ["f.jpg"], "KEY": ["uuid:1"]})
    assert read_responses(exported, read_form(POLL.encode())).unknown.empty
