"""Answers to an anonymous form, wherever they come from: their tables say nothing of who answered, and when."""

from pathlib import Path

import pandas as pd
import pytest

from liuwen.form import Form, read_form
from liuwen.form import builder as b
from liuwen.responses import read_responses

OFFICE = b.repeat("office", zh="部门", en="Office", items=[b.text("name", zh="名", en="Name")])
ITEMS = [b.text("say", zh="意见", en="Opinion"), OFFICE]
POLL = b.build_form("poll", version="1", zh="测评", en="Poll", anonymous=True, items=ITEMS)
NAMED = b.build_form("poll", version="1", zh="测评", en="Poll", items=ITEMS)


def answer(number: int, *, more: str = "", attribute: str = "") -> bytes:
    """As a server that knows more than it should hands it out."""
    return (
        f'<data id="poll" version="1" submissionDate="2026-11-20T09:1{number}:00.000+08:00"{attribute}>'
        f"<say>opinion {number}</say>"
        f"<office><name>first of {number}</name></office><office><name>second of {number}</name></office>{more}"
        f"<meta><instanceID>uuid:{number}</instanceID></meta></data>"
    ).encode()


def test_anonymous_rows_are_sorted_by_content() -> None:
    """Independent of the order of arrival, which would reveal whose they are."""
    came = [answer(number) for number in range(9)]
    table = read_responses(came, POLL).table
    assert table.equals(read_responses(came[::-1], POLL).table)
    assert list(table["say"]) != sorted(table["say"])
    assert list(table.index) == [str(number) for number in range(1, 10)]


def test_the_day_is_kept_and_the_time_is_not() -> None:
    """Neither instance IDs nor times stand in any table."""
    responses = read_responses([answer(number) for number in range(9)], POLL)
    assert set(responses.table["submitted_at"].dt.strftime("%Y-%m-%d %H:%M")) == {"2026-11-20 00:00"}
    tables = [table.reset_index().to_csv() for table in responses.tables.values()]
    assert not any("uuid" in table for table in tables)


def test_the_rows_of_a_repeat_stay_with_their_own_answer() -> None:
    """By the number of the row, not by an ID."""
    responses = read_responses([answer(number) for number in range(9)], POLL)
    offices = responses["office"].join(responses.table["say"], on="parent_key")
    assert len(offices) == 18
    assert all(row["name"].rpartition(" ")[2] == row["say"].rpartition(" ")[2] for _, row in offices.iterrows())


def test_a_submission_that_says_so_is_believed() -> None:
    """A folder may be read with an older workbook, which did not."""
    marked = [answer(number, attribute=' anonymous="yes"') for number in range(3)]
    assert list(read_responses(marked, NAMED).table.index) == ["1", "2", "3"]
    assert list(read_responses([answer(0)], NAMED).table.index) == ["uuid:0"]


def test_identifying_answers_of_an_older_version_are_dropped() -> None:
    """Start and place of an anonymous form that a server elsewhere published."""
    pointing = read_form(
        b"| survey |\n| | type | name | label |\n"
        b"| | start | began | |\n| | geopoint | where | Where? |\n| | text | say | Opinion |\n"
        b"| settings |\n| | form_id | version | attribute::anonymous |\n| | poll | 1 | yes |\n"
    )
    more = "<began>2026-11-20T09:10:00.000+08:00</began><where>30.1 103.9 0 0</where>"
    responses = read_responses([answer(0, more=more)], pointing)
    assert not {"began", "where.latitude"} & set(responses.table.columns)
    assert not responses.unknown["value"].str.contains("30.1|09:10").any()


@pytest.mark.parametrize("form", [POLL, NAMED], ids=["anonymous", "named"])
def test_a_table_that_kobo_exports(form: Form) -> None:
    """Its own IDs, times and numbers are dropped with an anonymous form, and only then."""
    rows = [(f"opinion {n}", n, f"uuid{n}", f"2026-11-20T09:1{n}:00", "Wang") for n in range(9)]
    exported = pd.DataFrame(rows, columns=["say", "_id", "_uuid", "_submission_time", "_submitted_by"])
    responses = read_responses(exported, form)
    assert (list(responses.table.index) == [str(n) for n in range(1, 10)]) is form.anonymous
    nobody = bool(responses.table["sent_by"].isna().all()) and not responses.unknown["value"].str.contains("Wang").any()
    assert nobody is form.anonymous
    assert ("09:1" in str(responses.table["submitted_at"].tolist())) is not form.anonymous


def test_parquet_of_an_anonymous_form(tmp_path: Path) -> None:
    """The same rows in the same order."""
    responses = read_responses([answer(number) for number in range(9)], POLL)
    responses.to_parquet(tmp_path)
    assert list(pd.read_parquet(tmp_path / "submissions.parquet")["say"]) == list(responses.table["say"])
