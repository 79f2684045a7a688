"""How people lean because of their village."""

import pandas as pd
import pytest

from liuwen.simulation.leanings import CONTENTMENT, HARDSHIP, village_leanings
from liuwen.simulation.profiles import Profile, profiles_of


def test_hardship_and_income_count_beside_the_other_villages() -> None:
    """As standard scores: the mean is 0, one standard deviation 1."""
    frame = pd.DataFrame(
        {"village": ["v1", 2, "v3"], "households": [10, 200, 30], "hardship_share": [0.1, 0.2, 0.3], "income": [9, 9, 12]}
    )
    profiles = profiles_of(frame)
    assert list(profiles) == ["v1", "2", "v3"]
    assert [profile.households for profile in profiles.values()] == [10.0, 200.0, 30.0]
    assert [profile.hardship for profile in profiles.values()] == pytest.approx([-1, 0, 1])
    assert [profile.contentment for profile in profiles.values()] == pytest.approx([-0.57735, -0.57735, 1.154701], abs=1e-5)


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"village": ["a", "b"]}),
        pd.DataFrame({"village": ["a"], "hardship_share": [0.2], "income": [9000]}),
        pd.DataFrame({"village": ["a", "b"], "hardship_share": [0.2, 0.2], "income": [None, None]}),
    ],
)
def test_without_figures_or_where_all_are_alike_villages_do_not_differ(frame: pd.DataFrame) -> None:
    """Each counts as one household and leans by its name alone."""
    assert profiles_of(frame) == {code: Profile(code, 1.0, 0.0, 0.0) for code in frame["village"]}


def test_a_village_without_a_figure_counts_as_an_average_one() -> None:
    """The others are compared without it."""
    frame = pd.DataFrame({"village": ["a", "b", "c"], "income": [1, None, 3]})
    assert [profile.contentment for profile in profiles_of(frame).values()] == pytest.approx([-0.707107, 0, 0.707107], abs=1e-5)


def test_no_villages_have_no_profiles() -> None:
    """Nothing is known of them."""
    assert profiles_of(None) == {}
    assert profiles_of(pd.DataFrame({"village": []})) == {}


def test_a_profile_moves_hardship_and_contentment_and_nothing_else() -> None:
    """The rest leans by the village's name, a little less than without a profile."""
    by_name = village_leanings(7, "|a")
    hard, well = Profile("a", 1.0, 2.0, 0.0).leanings(7), Profile("a", 1.0, 0.0, 2.0).leanings(7)
    assert hard[HARDSHIP] == pytest.approx(2.4)
    assert well[HARDSHIP] == 0
    assert well[CONTENTMENT] - hard[CONTENTMENT] == pytest.approx(1.6)
    assert hard[2:] == well[2:] == pytest.approx([0.6 * part for part in by_name[2:]])
