"""Registers and events with faults: each is named with its number in both languages, and no figure of a duty is wrong by it."""

from typing import Any

import pandas as pd
import pytest

import liuwen as lw
from liuwen.campaign import Campaign
from liuwen.errors import CampaignError

PLACES = pd.DataFrame({"place": ["T", "V1", "V2"], "level": ["town", "village", "village"], "within": ["", "T", "T"]})
POSTS = pd.DataFrame({"person": ["An", "Bo"], "rank": "staff", "place": ["V1", "V2"], "from": "2025-01-01", "to": ""})
WHOLE_YEAR = 'begins = "01-01"\n'


def town(programme: str = "hubin", year: int = 2026, **given: pd.DataFrame) -> Campaign:
    registers = {name: table for name, table in given.items() if name not in ("visit", "stay", "reception")}
    events = {name: table for name, table in given.items() if name not in registers}
    change = WHOLE_YEAR if programme == "hubin" else ""
    return lw.read_campaign(
        programme, year, registers={"places": PLACES, "posts": POSTS, **registers}, events=events, change=change
    )


def said(campaign: Campaign, part: str) -> tuple[str, str]:
    """The one fault that has this text, in both languages."""
    [fault] = [one for one in campaign.check().all if part in one.sentence.en]
    return fault.sentence.zh, fault.sentence.en


def required(campaign: Campaign, who: str, duty: str = "household_visits", on: str = "2026-12-31") -> Any:
    table = campaign.duties(on, duty=duty)
    [row] = table[table["who"] == who].to_dict("records")
    return row["required"]


def test_two_posts_at_once_in_one_place_owe_once() -> None:
    """Leader all year, staff from July: the greater amount for each day, (60 * 181 + 120 * 184) / 365 = 90.25, so 91."""
    more = [
        {"person": "Zhu", "rank": "leader", "place": "V1"},
        {"person": "Zhu", "rank": "staff", "place": "V1", "from": "2026-07-01"},
    ]
    campaign = town(posts=pd.DataFrame(more).fillna(""))
    assert said(campaign, "two posts") == (
        "Zhu 自 2026-07-01 起在“V1”同时有两个职务。请给前一个写上 to。",
        'Zhu holds two posts in "V1" from 2026-07-01. Give the earlier one its to.',
    )
    assert not campaign.check().ok
    assert required(campaign, "Zhu") == 91


def test_leave_without_an_end_lasts_and_is_named() -> None:
    """120 * 181 / 365 = 59.51, so 60: nothing is owed from July on, and the check says so."""
    campaign = town(leave=pd.DataFrame({"person": ["An"], "from": ["2026-07-01"]}))
    assert said(campaign, "has no end")[0].startswith("An 自 2026-07-01 起的请假没有写结束日")
    assert required(campaign, "An") == 60
    assert required(campaign, "Bo") == 120


def test_a_household_that_went_into_none_is_named_and_owed_until_it_went() -> None:
    """2 * 181 / 365 = 0.99: one visit. Its own visit in July counts for nobody."""
    homes = pd.DataFrame({"household": ["H1", "H4"], "village": "V1", "to": ["", "2026-06-30"], "into": ["", "H77"]})
    visit = pd.DataFrame(
        {"on": ["2026-07-02"], "by": "An", "household": "H4", "mode": "home", "outcome": "interviewed", "village": "V1"}
    )
    campaign = town("chongqing", households=homes, posts=POSTS.assign(rank="committee"), visit=visit)
    assert said(campaign, "H77") == (
        "户 H4 并入的 H77 不在登记册里。请核对户号。",
        "Household H4 went into H77, which is not in the register. Check the code.",
    )
    assert [required(campaign, one, "every_household_twice") for one in ("H1", "H4")] == [2, 1]
    assert campaign.events().reasons()["why"].tolist() == ["no_such_household_that_day"]


@pytest.mark.parametrize(("year", "days", "nights"), [("2027", 3, 3), ("2028", 6, 4)])
def test_a_stay_over_new_year_and_29_february_is_counted_by_the_day(year: str, days: int, nights: int) -> None:
    """29 Dec 2027 to 2 Jan 2028 is three days and two; 27 February to 1 March 2028 are four more, with the 29th."""
    stay = pd.DataFrame(
        {
            "event": ["a", "b"],
            "by": "An",
            "from": ["2027-12-29", "2028-02-27"],
            "to": ["2028-01-02", "2028-03-01"],
            "known": "2028-03-02",
        }
    )
    table = town(stay=stay.assign(village="V1")).stays("An", "2028-12-31").set_index("year")
    assert (table.loc[year, "days"], table.loc[year, "nights"]) == (days, nights)


def test_a_village_without_anybody_owes_and_is_named() -> None:
    """Its households are in the coverage, its duty days stand without a name, and they are nobody's."""
    campaign = town(posts=POSTS.iloc[:1], households=pd.DataFrame({"household": [f"H{at}" for at in range(6)], "village": "V2"}))
    assert "V2" in said(campaign, "without anybody")[0]
    turns = campaign.roster("2026-09", place="V2", on="2026-09-30")
    assert set(turns["person"]) == {""} and set(turns["remark"]) == {"nobody_of_the_rank"} and len(turns) == 9
    assert campaign.coverage("2026-09-30", office=True).query("month == '2026-09'")["households"].tolist() == [6]


def test_a_pair_of_a_person_who_left_is_named_and_owes_no_more() -> None:
    """Two visits a year for the days in post: 2 * 151 / 365 = 0.83, so one."""
    posts = pd.DataFrame({"person": ["Li"], "rank": "district_managed", "place": "V1", "to": "2026-05-31"})
    pairs = pd.DataFrame({"person": ["Li"], "subject": "H1", "rule": "poor_kin", "from": "2026-01-01"})
    campaign = town("chongqing", posts=posts, pairs=pairs)
    assert said(campaign, "holds no post after")[0].startswith("Li 在 2026-05-31 之后没有职务")
    assert required(campaign, "Li/H1", "poor_kin") == 1
    assert campaign.pairs("2026-08-01")["broken"].tolist() == ["person_left"]


def test_a_roster_with_nobody_of_the_rank_is_named() -> None:
    """Two Thursdays of September are the leader's: empty in both villages."""
    campaign = town()
    assert said(campaign, "leader in charge")[0].startswith("值班表“一线工作日”：2 个村没有“包村领导”：V1, V2。")
    turns = campaign.roster("2026-09", place="V1", on="2026-09-30")
    assert turns.loc[turns["person"] == "", "day"].dt.day.tolist() == [3, 17]


def test_a_year_whose_holidays_are_not_announced_is_provisional() -> None:
    """The roster of a later year says so day by day; the festival's own day is known to 2060, and after that it is an error."""
    campaign = town(year=2031)
    assert campaign.roster("2031-09", place="V1", on="2031-09-30")["provisional"].all()
    assert not town().roster("2026-09", place="V1", on="2026-09-30")["provisional"].any()
    homes = {"households": pd.DataFrame({"household": ["H1"], "village": "V1"})}
    member = {"membership": pd.DataFrame({"household": ["H1"], "group": "hardship"})}
    assert "2060-spring" in set(town("chongqing", 2060, **homes, **member).duties("2060-12-31", duty="festivals")["period"])
    with pytest.raises(CampaignError) as error:
        town("chongqing", 2061, **homes, **member).duties("2061-12-31", duty="festivals")
    assert "2061" in error.value.sentence.zh and "2061" in error.value.sentence.en
