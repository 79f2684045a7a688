"""Some of the submissions, and which versions of the form they answer."""

import pandas as pd
import pytest

from liuwen.errors import AnswerError
from liuwen.form import read_form
from liuwen.responses import Submission, read_responses


@pytest.fixture
def several(visit, submission):
    documents = [
        (submission("<village>east</village><member><called>a</called></member>", "uuid:1", version="1"), "2026-03-01T08:00:00Z"),
        (submission("<village>west</village><member><called>b</called></member>", "uuid:2"), "2026-03-02T08:00:00Z"),
        (submission("<village>east</village><visit_date/>", "uuid:3"), "2026-03-03T08:00:00Z"),
    ]
    return read_responses([Submission(xml, str(n), received) for n, (xml, received) in enumerate(documents)], visit)


@pytest.mark.parametrize(
    ("conditions", "kept"),
    [
        ({"village": "east"}, ["uuid:1", "uuid:3"]),
        ({"village": ["west", "south"]}, ["uuid:2"]),
        ({"form_version": "2", "village": "east"}, ["uuid:3"]),
        ({"since": "2026-03-02"}, ["uuid:2", "uuid:3"]),
        ({"until": "2026-03-02T09:00Z"}, ["uuid:1", "uuid:2"]),
        ({"village": lambda column: column.str.startswith("w")}, ["uuid:2"]),
        ({"review_state": "approved"}, []),
    ],
)
def test_submissions_are_selected_with_their_repeats(several, conditions, kept) -> None:
    """By a value, several, a function, a time, or what the server knows."""
    chosen = several.where(**conditions)
    assert chosen.table.index.tolist() == kept
    assert set(chosen["member"]["instance_id"]) <= set(kept)
    assert len(chosen.asked("called")) == len(chosen["member"])
    assert any(f"Only {len(kept)} of 3" in note.en for note in chosen.notes)


def test_a_column_that_is_not_there_cannot_select(several) -> None:
    """One sentence names it."""
    with pytest.raises(AnswerError, match="hamlet"):
        several.where(hamlet="x")


def test_questions_may_have_the_names_of_server_columns() -> None:
    """The question is meant."""
    form = read_form(b"| survey |\n| | type | name | label |\n| | text | notes | Notes |\n| | text | status | Status |\n")
    documents = [f'<data id="{form.id}"><notes>{said}</notes><status>x</status></data>'.encode() for said in ("long", "short")]
    assert read_responses(documents, form).where(notes="short").table["notes"].tolist() == ["short"]


def test_unknown_values_are_selected_by_whatever_identifies_a_submission(visit, submission) -> None:
    """Also a file's path, where there is no instance ID."""
    documents = {
        f"day/{name}.xml": submission(f"<village>{name}</village><member><odd>{name}</odd></member>", "") for name in ("a", "b")
    }
    chosen = read_responses(documents, visit).where(village="b")
    assert chosen.table.index.tolist() == ["day/b.xml"]
    assert chosen.unknown["value"].tolist() == ["b"]


def test_versions_say_who_answered_which(several) -> None:
    """How many, since when, and how many questions were put to them."""
    versions = several.versions
    assert versions["submissions"].to_dict() == {"1": 1, "2": 2}
    assert versions.loc["2", "first"] == pd.Timestamp("2026-03-02T08:00:00Z")
    assert versions["asked"].to_dict() == {"1": 1, "2": 2}


def test_no_submissions_have_no_versions() -> None:
    """An empty table with its columns."""
    form = read_form(b"| survey |\n| | type | name | label |\n| | text | a | A |\n")
    assert list(read_responses([], form).versions) == ["submissions", "first", "last", "asked"]
