"""The table of duties: required, done, short, and how it stands."""

import math

import pandas as pd
import pytest

import liuwen as lw

POSTS = pd.DataFrame(
    {"person": ["Li", "An", "Bo", "Ce"], "rank": ["village_leader", "village_leader", "staff", "desk"], "place": ["V"] * 4}
)
CHANGE = """
begins = "01-01"
[[duties]]
id = "household_visits"
at_least = { staff = 3 }
[[duties]]
id = "village_visits"
at_least = { village_leader = 4 }
"""


def visits(*rows: str) -> pd.DataFrame:
    """Of rows "day person household"; all at home and interviewed."""
    frame = pd.DataFrame([row.split() for row in rows], columns=["on", "by", "household"])
    return frame.assign(on="2026-" + frame["on"], mode="home", outcome="interviewed")


def duties(on: str, *rows: str) -> pd.DataFrame:
    events = {"visit": visits(*rows)} if rows else {}
    town = lw.read_campaign("hubin", 2026, registers={"posts": POSTS}, events=events, change=CHANGE)
    table = town.duties(on=on)
    return table[table["duty"].isin(["household_visits", "village_visits"])].set_index(["duty", "who"])


def test_visits_count_a_household_and_day_and_households_count_once() -> None:
    """Li, whose visits count, went to one household on two days; Bo, whose households count, did too."""
    table = duties("2026-12-31", "05-01 Li H1", "05-02 Li H1", "05-01 Li H2", "05-01 Bo H1", "05-02 Bo H1", "05-02 Bo H2")
    assert table[["required", "done", "short"]].to_dict("index") == {
        ("household_visits", "Bo"): {"required": 3, "done": 2, "short": 1},
        ("village_visits", "An"): {"required": 4, "done": 0, "short": 4},
        ("village_visits", "Li"): {"required": 4, "done": 3, "short": 1},
    }
    assert table["share"].tolist() == [2 / 3, 0.0, 0.75]
    assert table["state"].tolist() == ["missed"] * 3


@pytest.mark.parametrize(
    ("on", "expected", "state"),
    [
        ("2025-12-31", 0.0, "not yet"),
        ("2026-01-01", 0.01, "behind"),
        ("2026-07-01", 1.99, "behind"),
        ("2026-12-30", 3.99, "behind"),
        ("2026-12-31", 4.0, "missed"),
    ],
)
def test_no_progress_is_behind_until_the_period_ends(on: str, expected: float, state: str) -> None:
    """What is expected by a day is the part of the period that has passed."""
    row = duties(on).loc[("village_visits", "An")]
    assert (row["expected_by_now"], row["state"], row["done"], row["short"]) == (expected, state, 0, 4)


@pytest.mark.parametrize(
    ("on", "done", "state"), [("2026-03-01", 1, "on the way"), ("2026-05-01", 1, "behind"), ("2026-06-04", 4, "met")]
)
def test_progress_on_pace_is_on_the_way_and_full_progress_is_met(on: str, done: int, state: str) -> None:
    """A visit after the day that is asked for is not counted yet."""
    row = duties(on, "02-01 Li H1", "06-02 Li H2", "06-03 Li H3", "06-04 Li H4").loc[("village_visits", "Li")]
    assert (row["done"], row["state"]) == (done, state)


def test_nobody_is_short_who_has_done_more() -> None:
    """The share may be above one."""
    row = duties("2026-12-31", *[f"05-0{day} Li H1" for day in range(1, 7)]).loc[("village_visits", "Li")]
    assert (row["done"], row["short"], row["share"], row["state"]) == (6, 0, 1.5, "met")


def test_full_absence_owes_nothing() -> None:
    """There is no share of nothing."""
    leave = pd.DataFrame({"person": ["Li"], "from": ["2025-01-01"], "to": ["2027-12-31"]})
    town = lw.read_campaign("hubin", 2026, registers={"posts": POSTS, "leave": leave}, change=CHANGE)
    row = town.duties(on="2026-06-01").set_index(["duty", "who"]).loc[("village_visits", "Li")]
    assert (row["required"], row["short"], row["state"]) == (0, 0, "not owed")
    assert math.isnan(row["share"])
