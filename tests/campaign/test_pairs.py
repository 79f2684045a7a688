"""Pairs: what is proposed meets the rule, and a pair passes on with the post."""

import pandas as pd
import pytest

import liuwen as lw
from liuwen.campaign.pairs import passed_on

PEOPLE = ["Ai", "Bo"]
POSTS = pd.DataFrame({"person": PEOPLE, "rank": "staff", "place": "V1"})
KINDS = ["party_member"] * 4 + ["resident"] * 7
SUBJECTS = pd.DataFrame({"subject": [f"S{at:02d}" for at in range(11)], "kind": KINDS, "village": "V1"}).assign(
    hardship_from=["2025-01-01" if at in (0, 1, 4, 5) else "" for at in range(11)]
)


def town(**more: pd.DataFrame) -> lw.campaign.Campaign:
    return lw.read_campaign("hubin", 2026, registers={"posts": POSTS, "subjects": SUBJECTS, **more})


@pytest.mark.parametrize("seed", range(5))
def test_proposed_pairs_meet_the_rule_when_they_are_entered(seed: int) -> None:
    """Each subject once; nobody chooses: the draw does, and the same seed draws the same."""
    proposal = town().propose_pairs(seed, on="2026-05-01")
    assert len(proposal.table) == 10
    assert proposal.table["subject"].is_unique
    assert proposal.bottlenecks.empty
    entered = town(pairs=proposal.as_register("2026-05-01")).pairs("2026-06-01")
    assert entered[["person", "met", "broken"]].values.tolist() == [["Ai", True, ""], ["Bo", True, ""]]
    pd.testing.assert_frame_equal(proposal.table, town().propose_pairs(seed, on="2026-05-01").table)


def test_pairs_pass_on_with_the_post() -> None:
    """The old pair ends the day before; both stretches stay."""
    pairs = pd.DataFrame({"person": ["Ai", "Bo"], "subject": ["S00", "S01"], "rule": "one_two_three", "from": "2026-04-01"})
    made = passed_on(pairs, "Ai", "Cao", 20635)
    assert made[["person", "subject", "from", "to", "why_ended"]].values.tolist() == [
        ["Ai", "S00", "2026-04-01", "2026-06-30", "passed_on"],
        ["Bo", "S01", "2026-04-01", "", ""],
        ["Cao", "S00", "2026-07-01", "", ""],
    ]


def test_the_check_reports_registers_that_distort_duties() -> None:
    """A pair of somebody who left, an unknown subject, leave without end, a village without anybody, a rank that nobody holds."""
    registers = {
        "places": pd.DataFrame({"place": ["V1", "V2"], "level": "village"}),
        "posts": POSTS.assign(to=["2026-05-31", ""]),
        "subjects": SUBJECTS,
        "leave": pd.DataFrame({"person": ["Bo"], "from": ["2026-05-01"]}),
        "pairs": pd.DataFrame({"person": ["Ai", "Bo", "No"], "subject": ["S00", "S99", "S01"], "from": "2026-04-01"}),
        "households": pd.DataFrame({"household": ["H1"], "village": ["V1"], "into": ["H9"], "to": ["2026-05-01"]}),
    }
    report = lw.read_campaign("hubin", 2026, registers=registers).check()
    said = [(fault.severity, fault.sentence.en) for fault in report.all]
    assert said == [
        ("error", "Household H1 went into H9, which is not in the register. Check the code."),
        ("warning", "The leave of Bo from 2026-05-01 has no end: nothing is owed from then on. Give it its to."),
        ("warning", "Ai holds no post after 2026-05-31, and the pair with S00 still stands. Pass it on to the successor."),
        ("warning", "The other side of a pair, S99, is in no register (Bo). Check the code."),
        ("warning", "No never held a post and has a pair with S01. Check the person's code."),
        ("warning", "Villages without anybody posted, 1: V2. Enter the posts."),
        (
            "warning",
            'Roster "Duty days": villages without "leader in charge of a village", 2: V1, V2. Their days stay empty. '
            "Enter their posts.",
        ),
        (
            "warning",
            'Roster "Duty days": villages without "staff in charge of a village", 1: V2. Their days stay empty. '
            "Enter their posts.",
        ),
    ]


def test_each_rank_is_proposed_what_its_own_line_takes() -> None:
    """Three households for a city leader, two for a city-managed official, one for a leader of the district; each once."""
    ranks = ["district_managed", "city_leader", "city_managed"]
    posts = pd.DataFrame({"person": ["A", "B", "C"], "rank": ranks, "place": "V1"})
    poor = pd.DataFrame({"subject": [f"H{at}" for at in range(6)], "kind": "household", "hardship_from": "2025-01-01"})
    given = {"posts": posts, "subjects": poor}
    proposal = lw.read_campaign("chongqing", 2026, registers=given).propose_pairs(1, on="2026-05-01")
    assert proposal.table.groupby("person").size().to_dict() == {"A": 1, "B": 3, "C": 2}
    assert proposal.table["subject"].is_unique
    entered = lw.read_campaign("chongqing", 2026, registers={**given, "pairs": proposal.as_register("2026-05-01")})
    assert entered.pairs("2026-06-01")["met"].all()
    short = {**given, "subjects": poor.iloc[:5]}
    told = lw.read_campaign("chongqing", 2026, registers=short).propose_pairs(1, on="2026-05-01").bottlenecks
    assert told[["people", "can_comply", "there", "needed"]].values.tolist() == [[1, 0, 0, 1]]
