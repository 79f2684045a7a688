"""What holds for every log: periods add up, nobody's row depends on another's visits, and what came later is not seen before."""

from datetime import date, timedelta

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import liuwen as lw

CHANGE = """
[[duties]]
id = "monthly"
zh = "每月"
en = "monthly"
event = "visit"
measure = "visits"
at_least = { staff = 1 }
per = "month"
[[duties]]
id = "yearly"
zh = "每年"
en = "yearly"
event = "visit"
measure = "visits"
at_least = { staff = 12 }
per = "year"
[[duties]]
id = "different"
zh = "不同户"
en = "different households"
event = "visit"
measure = "households"
at_least = { staff = 12 }
per = "year"
"""
POSTS = pd.DataFrame({"person": ["An", "Bo"], "rank": "staff", "place": "V"})
TOWN = lw.read_campaign("our_town", 2028, registers={"posts": POSTS}, change=CHANGE)
FIRST = date(2028, 1, 1)
VISITS = st.lists(
    st.tuples(st.integers(0, 365), st.sampled_from(["An", "Bo"]), st.sampled_from(["H1", "H2", "H3"]), st.integers(0, 40)),
    max_size=30,
)


def frame(visits: list[tuple[int, str, str, int]]) -> pd.DataFrame:
    rows = [
        (f"v{at}", FIRST + timedelta(days=day), by, household, FIRST + timedelta(days=day + late))
        for at, (day, by, household, late) in enumerate(visits)
    ]
    made = pd.DataFrame(rows, columns=["event", "on", "by", "household", "known"])
    return made.assign(mode="home", outcome="interviewed")


def done(visits: pd.DataFrame, **days: date) -> pd.DataFrame:
    table = pd.DataFrame(TOWN.with_events(visit=visits).duties(**{"on": date(2028, 12, 31), **days}))
    return table.set_index(["duty", "who", "period"])[["required", "done", "short", "state"]]


@settings(max_examples=6, deadline=None)
@given(VISITS)
def test_months_add_up_to_the_year(visits: list[tuple[int, str, str, int]]) -> None:
    """For visits; different households of the year are never more than the sum of the months'."""
    table = done(frame(visits), known=date(2030, 1, 1))["done"]
    for person in ("An", "Bo"):
        months = sum(table[("monthly", person, f"2028-{month:02d}")] for month in range(1, 13))
        assert months == table[("yearly", person, "2028")] >= table[("different", person, "2028")]


@settings(max_examples=6, deadline=None)
@given(VISITS, st.integers(0, 365))
def test_another_persons_visit_changes_nobody_elses_row(visits: list[tuple[int, str, str, int]], day: int) -> None:
    """Whatever Bo does, An's figures stay."""
    more = [*visits, (day, "Bo", "H1", 0)]
    one, other = (done(frame(some)).xs("An", level="who") for some in (visits, more))
    pd.testing.assert_frame_equal(one, other)


@settings(max_examples=6, deadline=None)
@given(VISITS, st.integers(0, 400))
def test_later_events_are_unknown_earlier(visits: list[tuple[int, str, str, int]], day: int) -> None:
    """A table as known on a day is the table of the events received by then."""
    known = FIRST + timedelta(days=day)
    every = frame(visits)
    received = every[every["known"] <= known]
    pd.testing.assert_frame_equal(done(every, known=known), done(received, known=known))


@settings(max_examples=6, deadline=None)
@given(VISITS)
def test_the_order_of_rows_does_not_matter_and_every_row_is_explained(visits: list[tuple[int, str, str, int]]) -> None:
    """As many events count in the explanation as were done, and every event of the person is in it."""
    every = frame(visits)
    pd.testing.assert_frame_equal(done(every), done(every.iloc[::-1]))
    table = TOWN.with_events(visit=every).duties(date(2028, 12, 31))
    for duty in ("yearly", "different"):
        told = table.explain(duty, "An")
        assert len(told) == (every["by"] == "An").sum()
        row = table[(table["duty"] == duty) & (table["who"] == "An")].iloc[0]
        assert told["counts"].sum() == row["done"]
        assert (told.loc[~told["counts"], ["why", "zh", "en"]] != "").all(axis=None)
