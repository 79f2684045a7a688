"""Which events count: every reason, the day in the programme's zone, edits, and who is credited."""

from functools import cache

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import liuwen as lw
from liuwen.campaign import reason_sentence
from liuwen.campaign.reasons import REASONS

POSTS = pd.DataFrame({"person": ["Li", "Desk"], "rank": ["staff", "desk"], "place": ["V1", ""], "from": ["2026-01-01"] * 2})


@cache
def town():
    """The campaign without events, read once."""
    return lw.read_campaign("hubin", 2026, registers={"posts": POSTS})


def events(seen_on: str | None = None, **columns: list):
    """The visits of a town, as a frame gives them."""
    return town().with_events(visit=pd.DataFrame(columns)).events(seen_on)


def test_the_form_s_questions_are_called_by_their_parts() -> None:
    """A visit comes as the interview gives it, or in the words of the rules."""
    table = events(visit_date=["2026-05-01"], visitor=["Li"], household=["H1"], mode=["home"], outcome=["interviewed"]).table
    assert table[["by", "household", "why"]].to_numpy().tolist() == [["Li", "H1", ""]]


def test_a_form_sent_early_in_beijing_is_not_dated_after_it_was_received() -> None:
    """06:30 in Beijing is the day before in UTC; a day later it is refused until somebody edits it."""
    table = events(
        event=["a", "b"], on=["2026-05-02"] * 2, by=["Li"] * 2, household=["H1", "H2"],
        received=["2026-05-01T22:30:00Z", "2026-05-01T12:00:00Z"],
    ).table.set_index("event")  # fmt: skip
    assert table["why"].to_dict() == {"a": "", "b": "dated_after_received"}


def test_an_edit_counts_from_the_day_it_was_known() -> None:
    """An earlier day still sees the older version."""
    columns = {
        "event": ["a", "b"],
        "on": ["2026-05-01", "2026-05-02"],
        "known": ["2026-05-01", "2026-05-09"],
        "by": ["Li", "Li"],
        "household": ["H1", "H2"],
        "replaces": ["", "a"],
    }
    assert events("2026-05-08", **columns).counted["household"].tolist() == ["H1"]
    later = events(**columns)
    assert later.counted["household"].tolist() == ["H2"]
    assert later.not_counted["why"].tolist() == ["replaced"]


def test_a_date_to_come_counts_once_somebody_edits_it() -> None:
    """Until then it is named; the edit counts from the day it was received, with the date it now names."""
    columns = {
        "event": ["a", "b"],
        "on": ["2026-07-01", "2026-05-01"],
        "known": ["2026-05-01", "2026-05-09"],
        "by": ["Li", "Li"],
        "household": ["H1", "H1"],
        "replaces": ["", "a"],
    }
    before, later = events("2026-05-08", **columns), events(**columns)
    assert (before.counted.empty, before.not_counted["why"].tolist()) == (True, ["dated_after_received"])
    assert later.counted["on"].astype(str).tolist() == ["2026-05-01"]


def test_without_a_register_its_test_is_left_out() -> None:
    """Without a register of posts, households or places nobody is unposted, and no household or village is unknown."""
    visit = {"on": ["2026-05-01"], "by": ["Stranger"], "household": ["H9"], "village": ["V9"], "mode": ["home"]}
    frame = pd.DataFrame({**visit, "outcome": ["interviewed"]})
    assert lw.read_campaign("hubin", 2026, events={"visit": frame}).events().table["why"].tolist() == [""]
    registers = {
        "posts": POSTS,
        "households": pd.DataFrame({"household": ["H1"], "village": ["V1"]}),
        "places": pd.DataFrame({"place": ["V1"]}),
    }
    found = [
        lw.read_campaign("hubin", 2026, registers={name: table}, events={"visit": frame}).events().table["why"].item()
        for name, table in registers.items()
    ]
    assert found == ["no_post_on_that_day", "no_such_household_that_day", "no_such_village"]


def test_a_typed_name_credits_nobody() -> None:
    """Whoever signed in is credited; the desk alone enters for another."""
    table = events(
        event=["a", "b", "c"],
        on=["2026-05-01"] * 3,
        by=["Mayor", "Li", ""],
        sent_by=["Li", "Desk", "Li"],
        household=["H1", "H2", "H3"],
    ).table.set_index("event")
    assert table["by"].to_dict() == {"a": "Li", "b": "Li", "c": "Li"}
    assert table["entered_by"].to_dict() == {"a": "", "b": "Desk", "c": ""}
    assert table["remarks"].to_dict() == {"a": "sent_by_another", "b": "", "c": ""}


def test_a_stay_needs_a_post_on_any_of_its_days() -> None:
    """And its end may not be before its beginning."""
    frame = pd.DataFrame(
        {
            "event": ["a", "b", "c"],
            "from_day": ["2025-12-30", "2025-12-28", "2026-02-05"],
            "to_day": ["2026-01-02", "2025-12-31", "2026-02-01"],
        }
    ).assign(person="Li", village="V1", stay_purpose="stay")
    posts = POSTS.replace("staff", "town")
    town = lw.read_campaign("yunnan", 2026, registers={"posts": posts}, events={"stay": frame})
    assert town.events().table.query("kind == 'stay'").set_index("event")["why"].to_dict() == {
        "a": "",
        "b": "no_post_on_that_day",
        "c": "ends_before_it_begins",
    }


def test_one_form_may_give_two_kinds() -> None:
    """A stay for study is a stay too, and a study."""
    frame = pd.DataFrame(
        {"event": ["a", "b"], "from_day": ["2026-03-01"] * 2, "to_day": ["2026-03-03"] * 2, "stay_purpose": ["stay", "study"]}
    )
    town = lw.read_campaign("yunnan", 2026, events={"stay": frame.assign(person="Li")})
    assert town.events().table.groupby("kind")["event"].apply(list).to_dict() == {"stay": ["a", "b"], "study": ["b"]}


def test_events_of_no_rule_are_named() -> None:
    """Their rows are not lost silently."""
    town = lw.read_campaign("hubin", 2026, events={"vist": pd.DataFrame({"on": ["2026-05-01"]})})
    (fault,) = town.check().all
    assert fault.sentence.en == 'The programme has no event or ledger "vist"; its rows were not used: 1. Did you mean "visit"?'


@pytest.mark.parametrize(
    "reason", [*REASONS, "not_from_done", "not_responsible_or_handler", "without_reason", "where_adopted", "nobody_home"]
)
def test_every_reason_has_its_sentence(reason: str) -> None:
    """In both languages."""
    said = reason_sentence(reason)
    assert said.zh and said.en and said.zh != said.en


CELLS = st.fixed_dictionaries(
    {
        "event": st.sampled_from(["", "a", "b", "c"]),
        "on": st.sampled_from(["", "2026-05-01", "2026-05-02", "May", "2027-01-01"]),
        "known": st.sampled_from(["", "2026-05-01", "2026-05-20"]),
        "by": st.sampled_from(["", "Li", "Lost"]),
        "sent_by": st.sampled_from(["", "Li", "Desk"]),
        "household": st.sampled_from(["", "H1", "H2"]),
        "mode": st.sampled_from(["", "home", "phone"]),
        "outcome": st.sampled_from(["", "interviewed", "refused"]),
        "replaces": st.sampled_from(["", "a", "b", "z"]),
    }
)


@settings(max_examples=25, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=12), st.randoms())
def test_given_is_counted_and_not_counted_whatever_the_order(rows: list[dict], chance) -> None:
    """Each event is in one of them, with one reason, and the order of rows changes nothing."""
    shuffled = chance.sample(rows, len(rows))
    one, other = (events(**pd.DataFrame(each).to_dict("list")) for each in (rows, shuffled))
    assert len(one.table) == len(one.counted) + len(one.not_counted) == len(rows) == one.reasons()["events"].sum()
    keys = ["event", "on", "known", "by", "household", "why", "remarks"]
    same = [each.table[keys].astype(str).sort_values(keys).to_numpy().tolist() for each in (one, other)]
    assert same[0] == same[1]
