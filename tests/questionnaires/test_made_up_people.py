"""Made-up households of 2026: one head each, ages that fit, about as many people as the country's."""

import random

import pandas as pd
import pytest

from liuwen.questionnaires.made_up_people import KINDS, household_of, made_up_people


def test_each_kind_is_a_household():
    """One head, whoever answers first, and no two who are called alike; how many of each stands with the country's figures."""
    assert sum(share for share, _ in KINDS) == pytest.approx(1)
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


def test_income_follows_the_village_and_the_people():
    """A village that has twice as much a head has more households in the bands above."""
    town = pd.DataFrame({"village": ["rich", "poor"], "income": [48_000, 12_000]})
    net = made_up_people(town)["income_net"]
    high = {
        village: sum(
            net({"village": village, "household": str(n)}, random.Random(n)) in {"i120", "i200", "over"}  # type: ignore[operator]
            for n in range(200)
        )
        for village in ("rich", "poor")
    }
    assert high["rich"] > 80
    assert high["poor"] < 20


def test_answers_of_a_household_fit_each_other():
    """Who works away brings wages home; a pension needs somebody of 60."""
    rules = made_up_people()
    for number in range(300):
        said = {"village": "v", "household": str(number), "visit_date": "2026-05-01"}
        people = household_of(said)
        sources = rules["income_sources"](said, random.Random(number))  # type: ignore[operator]
        assert ("migrant_wage" in sources) is any(person.months < 6 for person in people)
        assert "old_age_pension" not in sources or any(person.age >= 60 for person in people)
        assert len(sources) == len(set(sources)) > 0
