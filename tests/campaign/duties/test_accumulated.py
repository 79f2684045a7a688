"""A year carried from month to month gives what the whole year gives, for every split and every kind of frame."""

from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuwen.campaign.duties import tally
from liuwen.campaign.duties.accumulated import done_so_far, households_visited, month_added

VISITS = st.lists(
    st.tuples(st.sampled_from("AB"), st.sampled_from("CD"), st.sampled_from("HIJK"), st.integers(1, 90)), max_size=40
)
SAME = [("household",), ("household", "on"), ("by", "household", "on"), ("by",)]


def frame(visits: list[tuple[str, str, str, int]]) -> pd.DataFrame:
    return pd.DataFrame(visits, columns=["who", "by", "household", "on"]).astype(
        {"who": object, "by": object, "household": object}
    )


def figures(found: Any) -> dict[str, int]:
    rows = found.fetchall() if isinstance(found, duckdb.DuckDBPyRelation) else found[["who", "done"]].itertuples(index=False)
    return {str(who): int(done) for who, done in rows}


@settings(max_examples=30, deadline=None)
@given(VISITS, st.integers(1, 89), st.sampled_from(SAME))
def test_two_parts_of_a_year_give_the_year(visits: list[tuple[str, str, str, int]], until: int, same: tuple[str, ...]) -> None:
    """Wherever it is split; with what came of the first part alone, whatever else the frame holds."""
    rows = frame(visits)
    first = month_added(None, rows, same, 1, until)
    year = done_so_far(month_added(first, rows, same, until + 1, 90), same)
    assert figures(year) == figures(tally(rows, same, 1, 90))


@pytest.mark.parametrize("same", SAME)
def test_duckdb_gives_the_same(same: tuple[str, ...]) -> None:
    """Three months, as a relation."""
    rows = frame([("AB"[at % 2], "CD"[at % 3 % 2], "HIJK"[at % 4], at * 7 % 90 + 1) for at in range(60)])
    accumulator = None
    for begins in (1, 31, 61):
        accumulator = month_added(accumulator, duckdb.from_df(rows), same, begins, begins + 29)
    assert figures(done_so_far(accumulator, same)) == figures(tally(rows, same, 1, 90))


def test_coverage_of_villages_is_a_count_of_days() -> None:
    """Two people on one day are one day; a village is not another's; days outside do not count."""
    visits = pd.DataFrame(
        [("V1", "H1", 3), ("V1", "H1", 3), ("V1", "H2", 3), ("V1", "H2", 9), ("V2", "H3", 4), ("V2", "H4", 99)],
        columns=["village", "household", "on"],
    )
    for kind in (visits, duckdb.from_df(visits)):
        found = households_visited(kind, 1, 31)
        rows = found.fetchall() if isinstance(found, duckdb.DuckDBPyRelation) else found.itertuples(index=False, name=None)
        assert sorted(rows) == [("V1", 2, 1), ("V2", 1, 0)]
