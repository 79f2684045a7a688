"""The brief of a month: ten figures that an independent count of the raw rows gives too, under three programmes."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from liuwen.campaign import MadeUpTown, made_up_town, read_campaign
from liuwen.campaign.brief import FIGURES
from liuwen.campaign.brief_page import TITLE, ten_figures
from liuwen.campaign.plan_pages import plan_page

MONTH, ON, BEFORE = "2026-05", pd.Timestamp("2026-05-30"), pd.Timestamp("2026-04-30")


@pytest.fixture(scope="module")
def town() -> MadeUpTown:
    return made_up_town(villages=3, matters=60, months=3)


@pytest.mark.parametrize("programme", ["hubin", "chongqing", "yunnan"])
def test_figures_are_those_of_a_count_of_the_raw_rows(town: MadeUpTown, programme: str, tmp_path: Path) -> None:
    """Entered and settled from the steps, households visited from the visits, reports from what came in since the last list."""
    campaign = read_campaign(programme, 2026, registers=town.registers, events=town.events)
    brief = campaign.brief(MONTH)
    assert tuple(brief.figures["figure"]) == FIGURES
    steps = town.events["matters"].assign(received=lambda rows: pd.to_datetime(rows["received"]))
    borne = steps[steps["step"].isin(["raise", "settle"]) & (steps["received"] <= ON)]
    sorted_into = steps[(steps["step"] == "sort") & (steps["received"] <= ON)].set_index("matter")["class"]
    topic = borne["class"].where(borne["class"] != "", borne["matter"].map(sorted_into).fillna(""))
    open_to_all = borne[topic != "conduct"]
    fresh = open_to_all[open_to_all["received"] > BEFORE]
    assert brief.figure("raised")["numerator"] == (fresh["step"] == "raise").sum()
    assert brief.figure("raised")["base"] == (open_to_all["step"] == "raise").sum()
    assert brief.figure("settled")["numerator"] == (fresh["step"] == "settle").sum()
    visits = town.events["visit"]
    counts = visits[(visits["mode"] == "home") & (visits["outcome"] == "interviewed")]
    counts = counts[(pd.to_datetime(counts["received"]) <= ON) & (pd.to_datetime(counts["on"]) <= ON)]
    assert brief.figure("visited")["numerator"] == counts["household"].nunique()
    assert brief.figure("visited")["base"] == len(town.registers["households"])
    received = [steps[~steps["matter"].isin(borne.loc[topic == "conduct", "matter"])], visits]
    came = sum(((pd.to_datetime(one["received"]) > BEFORE) & (pd.to_datetime(one["received"]) <= ON)).sum() for one in received)
    assert brief.figure("late_or_unsettled")["base"] == came
    files = campaign.write_brief(MONTH, tmp_path, language="zh", pdf=False)
    text = next(one for one in files if one.suffix == ".txt").read_text(encoding="utf-8")
    assert not any(name in text for name in town.registers["people"]["label"])


def test_a_figure_that_the_programme_lacks_is_missing_and_reported(town: MadeUpTown, tmp_path: Path) -> None:
    """The stranger's programme owes duties, so it has all; without duties there is nobody to be behind."""
    campaign = read_campaign("yunnan", 2026, registers=town.registers, events=town.events)
    assert pd.isna(campaign.brief(MONTH).figure("behind")["numerator"])
    page = campaign.write_brief(MONTH, tmp_path, language="en", pdf=False)
    assert "not in this programme" in next(one for one in page if one.suffix == ".html").read_text(encoding="utf-8")


def test_a_plan_counts_one_household_and_several(town: MadeUpTown) -> None:
    """In the heading of a village's table, in both languages."""
    campaign = read_campaign("hubin", 2026, registers=town.registers, events=town.events)
    plan = campaign.visit_plan("2026-06")
    own = plan.table[plan.table["village"] == plan.table["village"].iloc[0]]
    for count, zh, en in ((1, "：1 户", ": 1 household"), (2, "：2 户", ": 2 households")):
        page = plan_page(replace(plan, table=own.head(count)), campaign.page_words(), (), issuer=TITLE, synthetic=True)
        assert (page.sections[0].heading.zh[-len(zh) :], page.sections[0].heading.en[-len(en) :]) == (zh, en)


def test_no_change_has_no_sign(town: MadeUpTown) -> None:
    """The brief of a month in which nothing came: the figures that stay say 0."""
    campaign = read_campaign("hubin", 2026, registers=town.registers, events=town.events)
    brief = campaign.brief("2026-11", known="2026-11-30")
    rows = ten_figures(brief).rows
    assert "0" in {row[-1] for row in rows} and "+0" not in {row[-1] for row in rows}


def test_a_plan_and_rosters_are_written(town: MadeUpTown, tmp_path: Path) -> None:
    """The page in walking order, a list for phones without a reason, a poster a village, a calendar a person."""
    campaign = read_campaign("hubin", 2026, registers=town.registers, events=town.events)
    files = campaign.write_plan("2026-06", tmp_path, language="zh", pdf=False)
    names = {one.relative_to(tmp_path).as_posix() for one in files}
    assert {"visitors/plan-2026-06.html", "posters/roster-V01-2026-06.html", "calendars/roster-2026-06-S02.ics"} <= names
    calendar = (tmp_path / "calendars" / "roster-2026-06-S02.ics").read_bytes().decode()
    table = campaign.roster("2026-06", place="V02")
    assert calendar.count("BEGIN:VEVENT") == (table["person"] == "S02").sum() > 0
    assert "DTSTART;VALUE=DATE:202606" in calendar
    listed = pd.read_csv(tmp_path / "phones" / "visits_due-2026-06.csv")
    assert list(listed.columns) == ["name", "label", "village", "person"]


def test_no_count_of_few_people_is_in_the_group_chat(tmp_path: Path) -> None:
    """Applicants answered stand in steps of five without a change, on the page too, and not at all where they are few."""
    for households, told in ((4, ""), (12, "applicants answered: 5+ (applicants to be answered: 10+)")):
        rows = [(f"M{at}", "raise", "2026-05-02", f"H{at}") for at in range(households)]
        rows += [(f"M{at}", step, "2026-05-09", f"H{at}") for at in range(6) if at < households for step in ("done", "answer")]
        steps = pd.DataFrame(rows, columns=["matter", "step", "on", "household"])
        steps = steps.assign(village="V1", title="lamp", note="lit", **{"class": "difficulty"})
        campaign = read_campaign("our_town", 2026, events={"matters": steps})
        files = {one.suffix: one for one in campaign.write_brief("2026-05", tmp_path, language="en", pdf=False)}
        text = files[".txt"].read_text(encoding="utf-8")
        assert ("applicants" in text) == bool(told) and told in [*text.splitlines(), ""]
        page = files[".csv"].read_text(encoding="utf-8-sig")
        assert ("too few people to be shown" in page) == (not told)


def test_as_many_are_struck_off_as_on_the_boards() -> None:
    """A matter reopened and struck off again in one month is a line of the board, and one of the figure."""
    steps = pd.DataFrame(
        {
            "matter": ["A", "A", "A", "A", "A", "B", "B"],
            "step": ["raise", "done", "reopen", "explain", "withdraw", "raise", "withdraw"],
            "on": ["2026-04-02", "2026-04-05", "2026-05-05", "2026-05-08", "", "2026-04-03", "2026-04-04"],
        }
    )
    steps = steps[steps["on"] != ""].assign(village="V1", title="lamp", note="lit", reason="gone")
    campaign = read_campaign("our_town", 2026, events={"matters": steps})
    board = campaign.board("village_board", "V1", "2026-05")
    assert board.counts["struck_off"] == 1
    assert campaign.brief("2026-05").figure("struck_off")[["numerator", "base"]].tolist() == [1, 1]


def test_the_rates_that_a_programme_asks_for_are_on_the_page(town: MadeUpTown, tmp_path: Path) -> None:
    """Those of the town's page, without confidential matters."""
    campaign = read_campaign("hubin", 2026, registers=town.registers, events=town.events)
    page = campaign.write_brief(MONTH, tmp_path, language="en", pdf=False)
    assert "satisfied (satisfied / asked)" in next(one for one in page if one.suffix == ".html").read_text(encoding="utf-8")
