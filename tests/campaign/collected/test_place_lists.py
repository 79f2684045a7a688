"""The list on the phones, place by place, equals the list computed at once; only the places concerned are recomputed."""

import numpy as np
import pandas as pd
import pytest

import liuwen as lw
from liuwen.campaign import MadeUpTown, made_up_town
from liuwen.campaign.phone_list import phone_list
from liuwen.campaign.place_lists import PlaceLists, event_places, of_one_place


@pytest.fixture(scope="module")
def town() -> MadeUpTown:
    """Four villages."""
    return made_up_town(4, 40, seed=3)


def same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    return one.sort_index().equals(other.sort_index())


def test_arrivals_one_after_the_other_give_what_all_at_once_give(town: MadeUpTown) -> None:
    """In batches cut anywhere, in any order of the rows."""
    steps = town.events["matters"].sample(frac=1, random_state=1)
    batches = np.array_split(np.arange(len(steps)), 4)
    campaign = lw.read_campaign("hubin", 2026, registers=town.registers, events={"matters": steps.iloc[batches[0]]})
    lists = PlaceLists()
    lists.table(campaign)
    for batch in batches[1:]:
        campaign = campaign.with_more("matters", steps.iloc[batch])
        table = lists.table(campaign)
    whole = lw.read_campaign("hubin", 2026, registers=town.registers, events={"matters": steps})
    assert same(table, phone_list(whole))


def test_an_arrival_folds_its_own_place_alone(town: MadeUpTown) -> None:
    """And without an arrival none is folded."""
    steps = town.events["matters"]
    there = steps.loc[(steps["village"] == "V02") & (steps["step"] == "raise"), "matter"].iloc[0]
    late = steps[(steps["matter"] == there) & (steps["step"] == "note")]
    campaign = lw.read_campaign("hubin", 2026, registers=town.registers, events={"matters": steps.drop(late.index)})
    lists = PlaceLists()
    lists.table(campaign)
    assert lists.folded == ("V01", "V02", "V03", "V04")
    lists.table(campaign)
    assert lists.folded == ()
    lists.table(campaign.with_more("matters", late))
    assert lists.folded == ("V02",)


def test_places_whose_matters_are_merged_are_folded_together() -> None:
    """A matter of V1 joins one of V2, and one of V2 joins one of V3: one place; V4 is apart."""
    rows = pd.DataFrame(
        {
            "matter": ["A", "B", "C", "D", "A", "B"],
            "step": ["raise"] * 4 + ["duplicate"] * 2,
            "village": ["V1", "V2", "V3", "V4", "", ""],
            "of": ["", "", "", "", "B", "C"],
        }
    )
    rule = lw.read_campaign("hubin").programme.ledger("matters")
    assert event_places(rows, rule).tolist() == ["V1", "V1", "V1", "V4", "V1", "V1"]


def test_steps_of_matters_that_nobody_raised_have_no_place() -> None:
    """A log may hold nothing but such steps."""
    rows = pd.DataFrame({"matter": ["A", "B"], "step": "note", "village": "V1"})
    assert event_places(rows, lw.read_campaign("hubin").programme.ledger("matters")).tolist() == ["", ""]


def test_places_joined_by_an_edit_are_folded_together() -> None:
    """A step sent again for a matter of another village takes the first one back there."""
    steps = pd.DataFrame(
        {
            "event": ["e1", "e2", "e3", "e4"],
            "matter": ["A", "B", "A", "B"],
            "step": ["raise", "raise", "note", "note"],
            "on": ["2026-07-01", "2026-07-01", "2026-07-02", "2026-07-02"],
            "by": "P1",
            "title": "x",
            "note": ["", "", "wrong matter", "right matter"],
            "village": ["V1", "V2", "", ""],
            "replaces": ["", "", "", "e3"],
        }
    )
    campaign = lw.read_campaign("hubin", 2026, events={"matters": steps})
    assert event_places(campaign.rows("matters"), campaign.programme.ledger("matters")).nunique() == 1
    assert same(PlaceLists().table(campaign), phone_list(campaign))
    alone = of_one_place(campaign, "matters", "A").ledger(on="2026-07-30")
    assert alone.history("A").equals(campaign.ledger(on="2026-07-30").history("A"))
