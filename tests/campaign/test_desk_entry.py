"""Enter for another: a paper step typed in at the desk counts for who took it, and says who typed it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

import liuwen as lw
from liuwen.campaign import Campaign, enter_step
from liuwen.errors import CampaignError

PEOPLE = pd.DataFrame({"person": ["P1", "D1", "T1"], "label": ["王芳", "李敏", "孙立"], "collector": ["wang", "", ""]})
POSTS = pd.DataFrame(
    {"person": ["P1", "D1", "T1"], "rank": ["staff", "desk", "town_office"], "place": ["V1", "", ""], "from": "2026-01-01"}
)
STEPS = pd.DataFrame(
    {
        "event": ["e1", "e2"],
        "matter": ["M1", "M2"],
        "step": "raise",
        "on": "2026-07-01",
        "received": "2026-07-01",
        "by": "P1",
        "village": "V1",
        "household": ["H1", "H2"],
        "title": ["well", "road"],
    }
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[lw.Store]:
    """A store with two matters; it is noon of 10 July."""
    noon = datetime.fromisoformat("2026-07-10T12:00:00+08:00").timestamp()
    with lw.Store(tmp_path / "town", clock=lambda: noon) as kept:
        for name, table in {"people": PEOPLE, "posts": POSTS, "desk_steps": STEPS}.items():
            kept.desk_tables[name] = table
        yield kept


@pytest.fixture
def campaign(store: lw.Store) -> Campaign:
    """Its campaign."""
    return lw.read_campaign("hubin", 2026, store=store)


def test_a_paper_step_counts_for_who_took_it_and_says_who_entered_it(store: lw.Store, campaign: Campaign) -> None:
    """Saved in the store: after reading it again the step has both people and the day it was typed."""
    entered = enter_step(campaign, "M1", "done", by="P1", entered_by="D1", on="2026-07-08", note="repaired")
    reopened = lw.read_campaign("hubin", 2026, store=store)
    [step] = reopened.ledger(on="2026-07-10").history("M1").query("step == 'done'").to_dict("records")
    assert (step["event"], step["by"], step["entered_by"], step["why"]) == (entered.event, "P1", "D1", "")
    assert (f"{step['on']:%m-%d}", f"{step['known']:%m-%d}") == ("07-08", "07-10")
    assert "2026-07-08，王芳（李敏代录）：办结" in reopened.explain("M1").zh
    assert entered.campaign.ledger(on="2026-07-10").table["state"].tolist() == ["done", "open"]
    assert reopened.ledger(on="2026-07-10", known="2026-07-09").table["state"].tolist() == ["open", "open"]


def test_steps_against_the_ledger_are_refused_with_a_reason(store: lw.Store, campaign: Campaign) -> None:
    """Nothing is saved; with `anyway` the step is saved, and listed among the exceptions."""
    with pytest.raises(CampaignError) as refused:
        enter_step(campaign, "M1", "accept", by="T1", entered_by="D1", deadline="2026-08-01")
    assert "Not entered" in refused.value.sentence.en
    assert not len(store.desk_tables.rows("desk_entries"))
    kept = enter_step(campaign, "M1", "accept", by="T1", entered_by="D1", deadline="2026-08-01", on="2026-07-09", anyway=True)
    assert kept.why == "not_from_open"
    ledger = lw.read_campaign("hubin", 2026, store=store).ledger(on="2026-07-10")
    assert ledger.exceptions["event"].tolist() == [kept.event]


@pytest.mark.parametrize(
    ("matter", "step", "who", "part"),
    [
        ("M1", "dnoe", {"by": "P1", "entered_by": "D1"}, 'Did you mean "done"'),
        ("M9", "note", {"by": "P1", "entered_by": "D1", "note": "x"}, 'no matter "M9"'),
        ("M1", "note", {"by": "P1", "entered_by": "T1", "note": "x"}, "held no post at the desk"),
        ("M1", "note", {"by": "P1", "entered_by": "D1", "nota": "x"}, 'Did you mean "note"'),
        ("M1", "note", {"by": "P1", "entered_by": "D1", "on": "2026-08-30", "note": "x"}, "Not entered"),
        ("M1", "done", {"by": "T1", "entered_by": "D1", "note": "x"}, "Not entered"),
    ],
)
def test_an_entry_that_cannot_be_says_why(campaign: Campaign, matter: str, step: str, who: dict, part: str) -> None:
    """One sentence, and nothing in the store."""
    with pytest.raises(CampaignError) as refused:
        enter_step(campaign, matter, step, **who)
    assert part in refused.value.sentence.en
    assert not len(campaign.store.desk_tables.rows("desk_entries"))


def test_without_a_store_nothing_is_entered() -> None:
    """A campaign made of frames has nowhere to keep it."""
    campaign = lw.read_campaign("hubin", 2026, events={"matters": STEPS})
    with pytest.raises(CampaignError):
        enter_step(campaign, "M1", "note", by="P1", entered_by="D1", note="x")


def test_two_desks_that_enter_at_once_lose_nothing(store: lw.Store, campaign: Campaign) -> None:
    """Both began from the same state."""
    enter_step(campaign, "M1", "done", by="P1", entered_by="D1", on="2026-07-08", note="a")
    enter_step(campaign, "M2", "done", by="P1", entered_by="D1", on="2026-07-08", note="b")
    reopened = lw.read_campaign("hubin", 2026, store=store).ledger(on="2026-07-10")
    assert reopened.table["state"].tolist() == ["done", "done"]


def test_somebody_enters_a_step_of_their_own(campaign: Campaign) -> None:
    """Without the desk."""
    entered = enter_step(campaign, "M1", "note", by="P1", entered_by="P1", on="2026-07-09", note="looked at it")
    assert not entered.why


def test_a_new_matter_comes_by_the_desk(campaign: Campaign) -> None:
    """A letter: `raise` with its title and village."""
    entered = enter_step(
        campaign,
        "L1",
        "raise",
        by="",
        entered_by="D1",
        on="2026-07-09",
        title="bus stop",
        village="V1",
        **{"class": "suggestion"},
    )
    assert "bus stop" in entered.campaign.ledger(on="2026-07-10").table["title"].tolist()


def test_the_desk_may_name_a_matter_by_its_number(campaign: Campaign) -> None:
    """It hears how the matter stands now; the numbers are those of the boards."""
    ledger = campaign.numbered_ledger()
    assert {number: campaign.matter_id(number) for number in ledger.numbers.values()} == {
        "2026-07-V1-001": "M1",
        "2026-07-V1-002": "M2",
    }
    assert campaign.matter_id("M9") == "M9"
    entered = enter_step(campaign, "2026-07-V1-001", "done", by="P1", entered_by="D1", on="2026-07-09", note="repaired")
    assert entered.state == "done"
    again = enter_step(entered.campaign, "M1", "apply", by="P1", entered_by="D1", reason="pump", anyway=True)
    assert (again.why, again.state) == ("not_from_done", "done")


def test_an_entry_changes_nothing_known_before_it(campaign: Campaign) -> None:
    """A campaign with one step more answers of every earlier day as one read from the start."""
    days = ["2026-06-30", "2026-07-05", "2026-07-09", "2026-07-10"]
    for day in days:
        campaign.ledger(on=day, known=day), campaign.events(day)
    late = pd.DataFrame(
        {
            "event": ["e3"],
            "matter": ["M1"],
            "step": ["note"],
            "on": ["2026-07-06"],
            "received": ["2026-07-09"],
            "by": ["P1"],
            "note": ["x"],
        }
    )
    for more in (late, late.assign(on="soon")):
        joined = campaign.with_more("matters", more)
        whole = lw.read_campaign("hubin", 2026, registers={"people": PEOPLE, "posts": POSTS}, events={"matters": [STEPS, more]})
        for day in days:
            assert joined.ledger(on=day, known=day).history("M1").equals(whole.ledger(on=day, known=day).history("M1"))
            assert joined.events(day).table.equals(whole.events(day).table)
