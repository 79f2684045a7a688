"""The made-up town: always the same for a seed, plausible, and marked as made up."""

import pytest

from liuwen.questionnaires import made_up_town
from liuwen.questionnaires.household_interview.income import SOURCES


def test_the_same_seed_gives_the_same_town():
    """And another seed another."""
    assert made_up_town(5, seed=1).equals(made_up_town(5, seed=1))
    assert not made_up_town(5, seed=1).equals(made_up_town(5, seed=2))


@pytest.mark.parametrize("villages", [1, 12, 300, 780])
def test_villages_have_names_of_their_own(villages: int):
    """In both languages, up to 780 of them."""
    town = made_up_town(villages)
    assert len(town) == villages
    for column in ("village", "label_zh", "label_en"):
        assert town[column].is_unique


def test_it_says_that_it_is_made_up():
    """In a column, on the frame, and in the town's name."""
    town = made_up_town()
    assert town["synthetic"].all()
    assert town.attrs["synthetic"] is True
    assert town["town_label_zh"].str.contains("虚构").all()


def test_it_lives_in_2026():
    """Incomes, ages and households lie around the country's, not around those of 2010."""
    town = made_up_town(200)
    assert 18_000 < town["income"].median() < 30_000
    assert 0.2 < town["elderly_share"].mean() < 0.35
    assert 2.4 < (town["population"] / town["households"]).mean() < 3


def test_profiles_are_within_reason():
    """Shares are shares, and incomes come from sources the interview knows."""
    town = made_up_town(100)
    for share in ("elderly_share", "migrant_share", "hardship_share"):
        assert town[share].between(0.02, 0.6).all()
    assert (town["population"] / town["households"]).between(2.2, 3.2).all()
    assert set(town["main_income"]) <= {option.value for option in SOURCES.options}
    assert town.groupby("terrain")["clinic_km"].mean().loc["mountain"] > town.groupby("terrain")["clinic_km"].mean().loc["plain"]
