"""A made-up year of each programme: who is careful and who is careless can be seen, and its briefs add up."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import liuwen as lw
from liuwen.campaign import Campaign, made_up_town

PROGRAMMES = ["hubin", "chongqing", "yunnan", "our_town"]


@pytest.fixture(scope="module")
def years() -> dict[str, Campaign]:
    """A small year of every programme."""
    return {name: lw.simulate(lw.read_campaign(name, 2026), 120, seed=7, perfunctory=0.4) for name in PROGRAMMES}


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_the_registers_of_a_made_up_year_are_sound(years: dict[str, Campaign], programme: str) -> None:
    """Nothing to warn of; somebody leaves and is replaced, somebody is on leave, and everything says that it is made up."""
    year = years[programme]
    assert year.check().all == ()
    assert year.synthetic
    registers = year.registers()
    assert (registers.table("posts")["to"] < year.number("2026-12-31")).any()
    assert len(registers.table("leave")) > 0
    assert set(year.events().table["kind"]) <= {*year.programme.events, *year.ledgers}


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_every_duty_is_done_by_some_and_not_by_all(years: dict[str, Campaign], programme: str) -> None:
    """Each duty has somebody who did something."""
    table = years[programme].duties("2026-12-31")
    assert (table.groupby("duty")["done"].max() > 0).all()
    assert {"met", "missed"} <= set(table["state"])


def test_careless_and_careful_years_differ_in_what_perfunctory_visits_look_like() -> None:
    """Nobody careless: visits all over the month, to many houses. Everybody: in its last days, to few, telephoned, twice."""
    careful, careless = (lw.simulate(lw.read_campaign("hubin", 2026), 120, seed=2, perfunctory=part) for part in (0, 1))
    found = {}
    for name, year in (("careful", careful), ("careless", careless)):
        given = year.events().kind("visit")
        visits = given[given["why"] == ""]
        days = pd.to_datetime(visits["on"], unit="D") if visits["on"].dtype == "int64" else pd.to_datetime(visits["on"])
        found[name] = {
            "last_days": (days.dt.day > 24).mean(),
            "houses": visits["household"].nunique() / len(visits),
            "calls": (given["why"] == "phone").mean(),
            "doubles": (given["why"] == "same_day_double").mean(),
            "late": visits["remarks"].str.contains("late").mean(),
            "kept": (year.roster("2026-06", on="2026-12-31")["kept"] == "as_rostered").mean(),
        }
    for what in ("last_days", "calls", "doubles", "late"):
        assert found["careless"][what] > 2 * found["careful"][what], what
    for what in ("houses", "kept"):
        assert found["careless"][what] < 0.7 * found["careful"][what], what


def test_nobody_visits_on_leave_or_after_leaving(years: dict[str, Campaign]) -> None:
    """Except for what the fold of the ledger refuses anyway: every visit was made on a day in post, off leave."""
    year = years["hubin"]
    assert "no_post_on_that_day" not in set(year.events().kind("visit")["why"])
    visits, leave = year.rows("visit"), year.registers().table("leave")
    met = visits.merge(leave, left_on="by", right_on="person", suffixes=("", "_leave"))
    assert not ((met["on"] >= met["from"]) & (met["on"] <= met["to_leave"])).any()


def test_the_same_seed_gives_the_same_year() -> None:
    """Another seed another."""
    tables = [lw.read_campaign("our_town", 2026).made_up_year(60, seed=seed).events().table for seed in (1, 1, 2)]
    pd.testing.assert_frame_equal(tables[0], tables[1])
    assert not tables[0].equals(tables[2])


@pytest.mark.parametrize("programme", ["hubin", "chongqing"])
def test_the_figures_of_a_year_are_those_of_a_plain_count(years: dict[str, Campaign], programme: str) -> None:
    """November's brief: households visited, entered, settled and reported late, counted from the raw rows by hand."""
    year = years[programme]
    figures = year.brief("2026-11").figures.set_index("figure")
    end, begins = date(2026, 11, 30), date.fromisoformat("2026-04-01" if programme == "hubin" else "2026-01-01")
    first, last = year.number(begins), year.number(end)
    visits = year.rows("visit")
    seen = visits[(visits["mode"] == "home") & (visits["outcome"] == "interviewed") & visits["on"].between(first, last)]
    assert figures.loc["visited", "numerator"] == seen.loc[seen["known"] <= last, "household"].nunique()
    assert figures.loc["visited", "base"] == 600
    steps = year.rows("matters")
    steps = steps[(steps["known"] <= last) & (steps["on"] <= steps["known"])]
    hidden = set(steps.loc[steps["class"] == "conduct", "matter"])
    raised = steps.loc[(steps["step"] == "raise") & ~steps["matter"].isin(hidden), "matter"]
    assert figures.loc["raised", "base"] == raised.nunique()


@pytest.mark.parametrize("programme", ["hubin", "chongqing"])
def test_one_event_more_changes_only_the_rows_of_those_it_concerns(years: dict[str, Campaign], programme: str) -> None:
    """A visit: its person, household, village and pair. A reception: that person's duty days."""
    year, day = years[programme], "2026-12-31"
    posts = year.registers().table("posts")
    [person, *_] = posts.loc[(posts["place"] == "V02") & (posts["to"] > year.number(day)), "person"]
    before = pd.DataFrame(year.duties(day)).fillna(-1)
    house = "V02-H123"
    visit = {"on": "2026-08-12", "by": person, "household": house, "village": "V02", "mode": "home", "outcome": "interviewed"}
    [turn] = year.roster("2026-08", place="V02", on=day).query("kept == 'not_kept' and person != ''").iloc[:1].to_dict("records")
    reception = {"on": turn["day"], "by": turn["person"], "village": "V02"}
    for kind, event, concerned in (("visit", visit, {person, house, "V02"}), ("reception", reception, {turn["person"]})):
        after = pd.DataFrame(year.with_more(kind, pd.DataFrame([event])).duties(day)).fillna(-1)
        rows = (before != after).any(axis=1)
        assert rows.any() or (kind, programme) == ("reception", "chongqing")  # no duty of Chongqing counts receptions
        assert {part for who in after.loc[rows, "who"] for part in who.split("/")} <= concerned


def test_nobody_shares_a_code_in_a_town_of_any_size() -> None:
    """Villages number their staff from S01 on; who follows has a code of their own, and everybody leaves within the months."""
    for villages in (12, 89, 90, 120):
        town = made_up_town(villages=villages, matters=1, months=9, leavers=villages // 4)
        people, posts = town.registers["people"]["person"], town.registers["posts"]
        assert people.is_unique and posts["person"].is_unique, villages
        left = posts.loc[posts["to"] != "", "to"]
        assert len(left) == villages // 4 and left.between("2026-06-01", "2026-12-27").all(), villages


def test_a_programme_of_some_weeks_has_a_made_up_year_too(tmp_path: Path) -> None:
    """Six weeks, and a duty until 29 February, which this year has not."""
    file = tmp_path / "weeks.toml"
    file.write_text(
        'format = 2\nextends = ["our_town"]\nid = "weeks"\nzh = "六周"\nen = "Six weeks"\nbegins = "02-01"\nends = "03-15"\n'
        '[events.talk]\nform = "meeting"\non = "on_day"\nvillage = "village"\n'
        '[[duties]]\nid = "talks"\nzh = "恳谈"\nen = "Talks"\neach = "village"\nevent = "talk"\n'
        'at_least = 1\nper = "year"\nuntil = "02-29"\n',
        encoding="utf-8",
    )
    year = lw.read_campaign(file, 2026).made_up_year(30, seed=3)
    assert year.check().ok
    assert year.events().kind("talk")["on"].max() <= year.number("2026-02-28")
