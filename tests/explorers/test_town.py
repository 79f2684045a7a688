"""The explorers of duties, coverage and roster: what they show, to whom, and in which order."""

from pathlib import Path

import pandas as pd
import pytest

import liuwen as lw
from liuwen.campaign import Campaign, made_up_town
from liuwen.campaign.views import CoverageView
from liuwen.errors import CampaignError
from liuwen.explorers.town import TownExplorer

ON = "2026-06-30"


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    """Three villages of sixty households; every second duty day of June is kept."""
    town = made_up_town(3, 60)
    bare = lw.read_campaign("hubin", 2026, registers=town.registers, events=town.events)
    turns = bare.roster("2026-06", on=ON).query("person != ''").iloc[::2]
    receptions = pd.DataFrame({"on": turns["day"], "by": turns["person"], "village": turns["place"]})
    return lw.read_campaign("hubin", 2026, registers=town.registers, events={**town.events, "reception": receptions})


def _explorer(campaign: Campaign, of: str, *, office: bool = False) -> TownExplorer:
    found = lw.explore(campaign, of=of, office=office, on=ON, known=ON, language="zh")  # type: ignore[call-overload]
    assert isinstance(found, TownExplorer)
    return found


def test_duties_are_ordered_by_village_and_code(campaign: Campaign) -> None:
    """Whatever was done: nobody is ranked."""
    shown = _explorer(campaign, "duties").shown
    assert shown[["village", "who"]].values.tolist() == sorted(shown[["village", "who"]].values.tolist())
    assert shown["done"].nunique() > 3
    assert set(shown["each"]) == {"person", "village", "slot"}


def test_a_duty_is_explained_event_by_event(campaign: Campaign) -> None:
    """The figures of the explanation are those of the table; households are named before the office only."""
    explorer = _explorer(campaign, "duties", office=True)
    explorer.choose(duty="household_visits", village="V02", who="S02")
    [row] = explorer.shown.query("who == 'S02'").to_dict("records")
    told = campaign.duties(ON, ON).explain("household_visits", "S02")
    assert told["counts"].sum() == row["done"] > 0
    page = explorer.static()
    assert f"已做 {row['done']}" in page
    assert page.count("V02-H") >= len(told)
    public = _explorer(campaign, "duties")
    public.choose(duty="household_visits", who="S02")
    assert "H0" not in public.static()
    assert page.count("不算</td>") == public.static().count("不算</td>") == (~told["counts"]).sum()


def test_a_state_narrows_the_duties(campaign: Campaign) -> None:
    """Behind or missed, and the choice of whose to explain follows."""
    explorer = _explorer(campaign, "duties")
    explorer.choose(state="behind_or_missed")
    assert set(explorer.shown["state"]) <= {"behind", "missed"}
    assert {value for _, value in explorer._controls["who"].options} - {""} == set(explorer.shown["who"])


def test_households_are_counted_in_steps_but_for_the_office(campaign: Campaign) -> None:
    """Neither in the table, nor in the page: no exact count, no code."""
    exact, stepped = (_explorer(campaign, "coverage", office=office).shown for office in (True, False))
    assert (exact["visited"] % 5 != 0).any()
    assert (stepped["visited"] == exact["visited"] // 5 * 5).all()
    public, office = (_explorer(campaign, "coverage", office=office).static() for office in (False, True))
    assert "V01-H" in office and "V01-H" not in public
    visits = int(exact.query("month == '2026-06'")["visited"].sum())
    assert f"<dd>{visits}</dd>" in office
    assert f"<dd>{visits // 5 * 5}+</dd>" in public


def test_coverage_is_what_a_count_by_hand_says(campaign: Campaign) -> None:
    """Of the households that live there, those visited between April and the end of June."""
    events = campaign.events(ON).table
    visits = events[(events["kind"] == "visit") & (events["why"] == "") & (events["on"] <= pd.Timestamp(ON))]
    days = visits.drop_duplicates(["household", "on"]).groupby("household").size()
    table = campaign.coverage(ON, ON, office=True).query("month == '2026-06'").set_index("village")
    for village, row in table.iterrows():
        own = days[days.index.str.startswith(f"{village}-")]
        assert (row["households"], row["visited"], row["twice"]) == (60, len(own), (own > 1).sum())


def test_a_village_of_few_households_is_not_shown() -> None:
    """Four households: their coverage would be nearly theirs by name."""
    homes = pd.DataFrame({"household": ["H1", "H2", "H3", "H4"], "village": "V1"})
    visit = pd.DataFrame({"on": ["2026-02-03"], "by": "Li", "household": "H1"})
    town = lw.read_campaign("our_town", 2026, registers={"households": homes}, events={"visit": visit})
    assert town.coverage("2026-02-28")[["households", "visited"]].isna().all(axis=None)
    page = lw.explore(town, of="coverage", on="2026-02-28", language="en").static()
    assert 'title="a village of fewer than 5 households: not shown"' in page


@pytest.fixture(scope="module")
def hamlet() -> Campaign:
    """V1 of two households and V2 of forty; one visit in V1, and fourteen in V2 on 4 February."""
    homes = [*(("H1", "V1"), ("H2", "V1")), *((f"B{at:02}", "V2") for at in range(40))]
    posts = pd.DataFrame({"person": ["Li"], "rank": ["staff"], "place": ["V2"]})
    visits = [("2026-02-03", "H1"), *(("2026-02-04", f"B{at:02}") for at in range(14))]
    registers = {"households": pd.DataFrame(homes, columns=["household", "village"]), "posts": posts}
    visit = pd.DataFrame(visits, columns=["on", "household"]).assign(by="Li")
    return lw.read_campaign("our_town", 2026, registers=registers, events={"visit": visit})


def test_a_village_of_few_households_shows_no_day_of_a_visit(hamlet: Campaign) -> None:
    """Neither by its calendar, nor by its totals, nor by what is listed of the visitor's duty; all of them for the office."""
    days = {"on": "2026-02-28", "language": "en"}
    explorer, office = (lw.explore(hamlet, of="coverage", office=one, **days) for one in (False, True))  # type: ignore[call-overload]
    for one in (explorer, office):
        one.choose(village="V1")
    assert "3 Feb" in office.static() and "<dd>2</dd>" in office.static()
    assert "3 Feb" not in explorer.static()
    assert explorer.static().count("<dd>·</dd>") == 4
    told, listed = (lw.explore(hamlet, of="duties", office=one, **days) for one in (False, True))  # type: ignore[call-overload]
    for one in (told, listed):
        one.choose(who="Li")
    assert "3 Feb" in listed.static() and "3 Feb" not in told.static()
    assert "4 Feb" in told.static()


def test_a_colour_tells_no_exact_count(hamlet: Campaign) -> None:
    """Fourteen households on the busiest day look like ten."""
    tones = CoverageView(hamlet, "2026-02-28").page({"village": "V2"}).sections[1].tones[1]  # type: ignore[attr-defined]
    assert tones[3] == 1.0
    assert CoverageView(hamlet, "2026-02-28", office=True).page({"village": "V2"}).sections[1].rows[1][4] == "14"


def test_the_roster_shows_each_turn_and_what_became_of_it(campaign: Campaign) -> None:
    """The marks of the grid are the rows of the table."""
    explorer = _explorer(campaign, "roster")
    kept = explorer.shown["kept"].value_counts()
    page = explorer.static()
    assert page.count("✓</td>") == kept["as_rostered"] > 0
    assert page.count("✗</td>") == kept["not_kept"] > 0
    explorer.choose(month="2026-09", village="V02")
    assert set(explorer.shown["place"]) == {"V02"}
    assert explorer.shown["day"].dt.month.unique().tolist() == [9]


@pytest.mark.parametrize("of", ["duties", "coverage", "roster"])
def test_the_saved_page_has_no_script_and_speaks_the_language_chosen(campaign: Campaign, of: str, tmp_path: Path) -> None:
    """And says that the town is made up."""
    explorer = _explorer(campaign, of)
    assert "合成数据" in explorer.static()
    explorer._language.value = "en"
    page = explorer.save(tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "Synthetic data" in page
    assert explorer._controls["village"].description == "Village"


def test_a_view_that_a_campaign_lacks_is_refused(campaign: Campaign) -> None:
    """A word misspelt, or in the place of a question: neither shows something else instead."""
    for wrong in (lambda: lw.explore(campaign, of="duty"), lambda: lw.explore(campaign, "duties")):  # type: ignore[call-overload]
        with pytest.raises(CampaignError):
            wrong()
