"""Made-up households of 2026: one head each, ages that fit, about as many people as the country's."""

import random

import pytest

from liuwen.questionnaires import household_interview
from liuwen.questionnaires.made_up_people import KINDS, made_up_people
from liuwen.simulation import simulate


def test_their_shares_come_near_the_countrys():
    """Shares are of households; 2.6 people each, every household with one head, whoever answers first."""
    assert sum(share for share, _ in KINDS) == pytest.approx(1)
    assert sum(share * len(people) for share, people in KINDS) == pytest.approx(2.6, abs=0.15)
    for _, people in KINDS:
        assert [person.relation for person in people].count("head") == 1
        assert people[0].called == "您"
        assert len({person.called for person in people}) == len(people)


def test_the_same_household_is_the_same_for_every_answer():
    """By its code."""
    said = {"village": "v", "household": "12", "visit_date": "2026-05-01"}
    rules = made_up_people()
    sizes = {rules["member_count"](said, random.Random(n)) for n in range(9)}  # type: ignore[operator]
    assert len(sizes) == 1


@pytest.mark.slow
def test_simulated_interviews_hold_whole_households():
    """One head in each, and grown-ups who are grown up."""
    responses = simulate(household_interview(), 30, seed=4, answers=made_up_people())
    members = responses["member"]
    assert (members.groupby("parent_key", observed=True)["member_relation"].apply(lambda told: (told == "head").sum()) == 1).all()
    assert responses.table["visit_outcome"].value_counts()["interviewed"] > 12
