"""The choices counted in memory and by an engine are those of the distinct answers, however the answers are written."""

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuwen.analysis.choice_counts import choice_counts
from liuwen.analysis.tally import combinations, tally

LISTED = ["road", "water", "roads", "1"]
ANSWERS = ["road", "road water", "water  road", " roads", "1 road roads", "", " ", "other", "road road", "water\tother", None]
BY = {"village": ["a", "b", None], "day": [pd.Timestamp("2026-03-01"), pd.Timestamp("2026-03-09"), pd.Timestamp("2026-04-01")]}


def expected(frame: pd.DataFrame, by: list[str]) -> dict[tuple[object, ...], dict[str, int]]:
    """By the distinct answers: what each group is called → choice → how many; those that nobody chose are left out."""
    answers = combinations(frame, "needs", by, periods={"day": 7})
    names = sorted({part for answer in answers["answer"] for part in answer.split() or [""]})
    found: dict[tuple[object, ...], dict[str, int]] = {}
    for row in range(len(answers)):
        one = answers.iloc[[row]]
        counts = tally(np.zeros(1, dtype=np.int64), one["answer"], one["households"], names, 1)[0]
        group = found.setdefault(named(one[by].iloc[0]), {})
        for name, count in [("asked", int(one["households"].iloc[0])), *zip(names, map(int, counts), strict=True)]:
            group[name] = group.get(name, 0) + count
    return {group: {name: count for name, count in counts.items() if count} for group, counts in found.items()}


def every_answer(answers: list[str | None]) -> pd.DataFrame:
    """Each of the answers in each village on each day."""
    rows = [(answer, village, day) for answer in answers for village in BY["village"] for day in BY["day"]]
    return pd.DataFrame(rows, columns=["needs", *BY]).astype({"needs": "string", "village": "string"})


def named(row: pd.Series) -> tuple[object, ...]:
    return tuple("?" if pd.isna(value) else value for value in row)


def counted(frame: object, by: list[str]) -> dict[tuple[object, ...], dict[str, int]] | None:
    found = choice_counts(frame, "needs", by, LISTED, {"day": 7})
    if found is None:
        return None
    table: dict[tuple[object, ...], dict[str, int]] = {}
    for number in range(len(found.rows)):
        row, group = found.rows.iloc[number], table.setdefault(named(found.rows[by].iloc[number]), {})
        for name, count in [("asked", row["households"]), *zip(found.choices, found.counts[number], strict=True)]:
            group[name] = group.get(name, 0) + int(count)
    return {group: {name: count for name, count in counts.items() if count} for group, counts in table.items()}


@settings(max_examples=20, deadline=None)
@given(rows=st.lists(st.tuples(st.sampled_from(ANSWERS), *map(st.sampled_from, BY.values())), min_size=1, max_size=12))
@pytest.mark.parametrize("by", [[], ["village"], ["village", "day"]])
def test_choices_counted_in_memory_are_those_of_the_distinct_answers(by, rows):
    """Repeated picks, spaces and tabs, blanks, missing villages, dates cut to months."""
    frame = pd.DataFrame(rows, columns=["needs", *BY]).astype({"needs": "string", "village": "string"})
    assert counted(frame, by) == expected(frame, by)


@pytest.mark.parametrize("by", [[], ["village"], ["village", "day"]])
def test_duckdb_counts_the_same_however_answers_are_written(by):
    """Unlisted choices, repeated ones, tabs, more than one space, blanks, and rows that were not asked."""
    assert counted(duckdb.from_df(every_answer(ANSWERS)), by) == expected(every_answer(ANSWERS), by)


def test_duckdb_counts_more_rows_than_it_hands_over_at_once():
    """Of 1,200,000 households in three villages every second wants a road, every third water, and every sixth did not answer."""
    rows = """SELECT 'v' || i % 3 AS village, CASE i % 6 WHEN 5 THEN '' WHEN 1 THEN 'other' ELSE
        concat_ws(' ', CASE WHEN i % 2 = 0 THEN 'road' END, CASE WHEN i % 3 = 0 THEN 'water' END) END AS needs
        FROM range(1200000) t(i)"""
    found = counted(duckdb.sql(rows), ["village"])
    assert found == {
        ("v0",): {"asked": 400_000, "road": 200_000, "water": 400_000},
        ("v1",): {"asked": 400_000, "road": 200_000, "other": 200_000},
        ("v2",): {"asked": 400_000, "road": 200_000, "": 200_000},
    }


def test_an_empty_relation_of_duckdb_has_no_groups():
    """An empty relation gives an empty table."""
    assert counted(duckdb.from_df(every_answer(["road"])).filter("false"), ["village"]) == {}


@pytest.mark.parametrize("by", [[], ["village"], ["village", "day"]])
@pytest.mark.parametrize("answers", [ANSWERS[:2] + ANSWERS[4:6] + [None], ANSWERS[:1]])
def test_another_engine_counts_the_same(by, answers):
    """Where all answers are of listed choices, plainly written."""
    assert counted(pa.Table.from_pandas(every_answer(answers)), by) == expected(every_answer(answers), by)


@pytest.mark.parametrize("answer", ["other", "road other", "road road", "water  road", " roads", "water\troad", " "])
def test_another_engine_says_where_answers_hold_something_else(answer):
    """Unlisted choices, repeated ones, more than one space: the distinct answers are counted instead."""
    frame = pd.DataFrame({"needs": ["road", answer]}).astype("string")
    assert counted(pa.Table.from_pandas(frame), []) is None
