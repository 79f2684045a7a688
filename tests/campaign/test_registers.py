"""Registers: read with every fault at once, and seen as they were known on a day."""

import pandas as pd

import liuwen as lw
from liuwen.campaign.posts import Posts


def campaign(**registers: dict) -> "lw.campaign.Campaign":  # type: ignore[name-defined]
    return lw.read_campaign("hubin", 2026, registers={name: pd.DataFrame(rows) for name, rows in registers.items()})


def said(**registers: dict) -> list[str]:
    """What a check says, in English."""
    return [fault.sentence.en for fault in campaign(**registers).check().all]


def test_sound_registers_have_no_fault() -> None:
    """A change of rank is a new row, and `in_charge` passes on."""
    posts = {
        "person": ["Li", "Li", "An"],
        "rank": ["staff", "leader", "staff"],
        "place": ["V1", "V1", "V1"],
        "from": ["2026-01-01", "2026-05-01", "2026-05-01"],
        "to": ["2026-04-30", "", ""],
        "in_charge": ["yes", "", "yes"],
    }
    report = campaign(posts=posts).check()
    assert report.ok and not report.all and report.findings.empty


def test_every_fault_of_the_registers_is_named_at_once() -> None:
    """Two posts, two in charge, overlapping membership, ends before beginnings, households that went nowhere, unknown words."""
    posts = {
        "person": ["Li", "Li", "An", ""],
        "rank": ["staff", "leader", "staf", "staff"],
        "place": ["V1", "V1", "V1", "V2"],
        "from": ["2026-01-01", "2026-04-01", "2026-02-01", "soon"],
        "to": ["2026-04-01", "", "", ""],
        "in_charge": ["yes", "", "yes", ""],
    }
    membership = {"household": ["H1", "H1", "H2"], "group": ["hardship", "hardship", "other_views"], "from": ["2026-01-01"] * 3}
    households = {"household": ["H1", "H2"], "from": ["2026-03-01", ""], "to": ["2026-02-01", "2026-02-01"], "into": ["", "H9"]}
    found = said(posts=posts, membership=membership, households=households, pets={"name": ["Rex"]})
    for part in (
        'Li holds two posts in "V1" from 2026-04-01',
        "two people in charge from 2026-02-01: An, Li",
        'Row 3: the rank "staf" is not in the programme\'s [ranks]. Did you mean "staff"?',
        "Row 4 has no person",
        'Row 4: from is "soon", which is no day',
        'Household H1 is in "hardship" twice',
        'Row 3: "other_views" is only a reminder',
        "Row 1 ends before it begins",
        "Household H2 went into H9, which is not in the register",
        'no register "pets"',
    ):
        assert any(part in one for one in found), part
    assert len(found) == 10


def test_a_row_is_seen_from_the_day_it_is_known() -> None:
    """Leave of February to May, entered in June, moves what was expected by 31 May from 49.64 to 10.19."""
    posts = pd.DataFrame({"person": ["Li"], "rank": ["staff"], "place": ["V1"], "from": ["2015-01-01"]})
    leave = pd.DataFrame({"person": ["Li"], "from": ["2015-02-01"], "to": ["2015-05-31"], "known": ["2015-06-10"]})
    change = 'begins = "01-01"\n'

    def expected(leave: pd.DataFrame, known: str) -> float:
        town = lw.read_campaign("hubin", 2015, registers={"posts": posts, "leave": leave}, change=change)
        return float(town.duties(on="2015-05-31", known=known)["expected_by_now"].iloc[0])

    assert expected(leave, "2015-05-31") == 49.64
    assert expected(leave, "2015-06-10") == 10.19
    assert expected(leave.drop(columns="known"), "2015-05-31") == 10.19


def test_a_post_counts_where_its_place_lies_above_the_village() -> None:
    """An office of another town does not answer for this one's matters; one without a place answers everywhere."""
    places = {"place": ["V1", "T1", "T2", "C"], "within": ["T1", "C", "C", ""]}
    posts = {"person": ["A", "B", "D"], "rank": ["town_office"] * 3, "place": ["T1", "T2", ""]}
    held = Posts(campaign(places=places, posts=posts).registers())
    assert [held.holds(person, ("town_office",), 20000, "V1") for person in ("A", "B", "D")] == [True, False, True]


def test_merged_households_lead_to_the_survivor() -> None:
    """With the last day on which each stood alone."""
    households = {"household": ["H1", "H2"], "to": ["", "2026-05-31"], "into": ["", "H1"]}
    assert campaign(households=households).registers().survivors["H2"][0] == "H1"
