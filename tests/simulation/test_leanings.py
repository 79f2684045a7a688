"""What draws made-up respondents to a choice, and where a choice stands on a scale."""

import math
import random
from statistics import fmean, pvariance

import pytest

from liuwen.simulation.leanings import (
    HARDSHIP,
    LEANINGS,
    attraction,
    attractions,
    household_leanings,
    is_scale,
    person_leanings,
    scale_position,
    village_leanings,
)

GOOD_TO_POOR = ("very_good", "good", "fair", "poor", "very_poor", "dont_know")


@pytest.mark.parametrize(
    ("value", "step"),
    [
        ("very_good", 2),
        ("Very_Satisfied", 2),
        ("verysatisfied", 2),
        ("strongly_agree", 2),
        ("all", 2),
        ("overall", 0),
        ("good", 1),
        ("satisfied", 1),
        ("agree", 1),
        ("often", 1),
        ("neutral", 0),
        ("fair", 0),
        ("fairly_good", 1),
        ("same", 0),
        ("dissatisfied", -1),
        ("disagree", -1),
        ("fairly_bad", -1),
        ("poor", -1),
        ("rarely", -1),
        ("very_poor", -2),
        ("very_dissatisfied", -2),
        ("strongly_disagree", -2),
        ("terrible", -2),
        ("road", 0),
    ],
)
def test_a_word_of_a_scale_says_where_it_stands(value: str, step: int) -> None:
    """From -2, the worst, to 2; a word of no scale stands in the middle."""
    assert scale_position(("a", value), value) == step


@pytest.mark.parametrize(
    ("values", "positions"),
    [
        (("1", "2", "3", "4", "5"), [-2, -1, 0, 1, 2]),
        (("5", "4", "3", "2", "1"), [2, 1, 0, -1, -2]),
        (("0", "1", "2"), [-2, 0, 2]),
        (("1", "2", "3", "99"), [-2, 0, 2, 4 * 98 / 2 - 2]),
        (("1", "x"), [0, 0]),
    ],
)
def test_numbers_are_spread_over_the_scale(values: tuple[str, ...], positions: list[float]) -> None:
    """From the least to the greatest, those for "don't know" left out; one number alone says nothing."""
    assert [scale_position(values, value) for value in values] == positions


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        (GOOD_TO_POOR, True),
        (("good", "fair", "poor"), True),
        (("good", "poor", "dont_know"), False),
        (("good", "better", "satisfied"), False),
        (("1", "2", "3"), True),
        (("3", "1", "2", "99"), True),
        (("1", "2"), False),
        (("1", "2", "4"), False),
        (("1", "1", "2", "3"), False),
        (tuple(map(str, range(0, 11))), True),
        (tuple(map(str, range(0, 12))), False),
        (("road", "water", "school"), False),
        ((), False),
        (("１", "２", "３"), True),
    ],
)
def test_which_choices_are_the_steps_of_a_scale(values: tuple[str, ...], scale: bool) -> None:
    """Three different steps in words, or three to eleven numbers in a row without a gap."""
    assert is_scale(values) is scale


@pytest.mark.parametrize("value", ["dont_know", "DontKnow", "refused", "refuse", "rather_not_say", "na", "98", "99", "-99", "88"])
def test_no_answer_codes_are_rare_and_not_scale_steps(value: str) -> None:
    """However it is coded."""
    rare = attraction("q", value)
    assert rare.rare
    assert rare.pull == -3.3
    assert rare.step is None


@pytest.mark.parametrize("value", ["road", "nana", "998", "know", "other", "96", "none"])
def test_real_answers_are_not_treated_as_no_answer(value: str) -> None:
    """Words and numbers that merely contain a "no answer" code."""
    assert not attraction("q", value).rare


@pytest.mark.parametrize(
    ("value", "none"),
    [("none", True), ("No_one", True), ("none_of_these", True), ("0", True), ("nonesuch", False), ("10", False)],
)
def test_none_choices_are_recognised(value: str, none: bool) -> None:
    """Such a choice is never combined with another one."""
    assert attraction("q", value).none is none


def test_other_is_rare_and_still_an_answer() -> None:
    """It pulls as little as no answer."""
    assert attraction("q", "other").pull == attraction("q", "96").pull == -3.3 < attraction("q", "another").pull


@pytest.mark.parametrize(("value", "weight"), [("medical_debt", 1.4), ("school", None), ("large_producer", -1.0)])
def test_hardship_draws_to_what_speaks_of_it(value: str, weight: float | None) -> None:
    """And away from what speaks of business; other words draw as their name's hash says, and less."""
    found = attraction("needs", value).weights[HARDSHIP]
    assert found == weight if weight is not None else abs(found) < 1.4


@pytest.mark.parametrize(("value", "pull"), [("yes", 3.0), ("1", 3.0), ("同意", 3.0), ("no", 0.0), ("不同意", 0.0)])
def test_nearly_all_agree_to_be_asked_whatever_they_lean_to(value: str, pull: float) -> None:
    """A survey of refusals would show nothing."""
    assert attraction("consent", value)[:2] == (pull, (0.0,) * LEANINGS)


def test_the_same_names_lean_the_same_way_on_every_machine() -> None:
    """Figures that no release may change without saying so: published examples rest on them."""
    assert [round(part, 4) for part in village_leanings(7, "|柳湾")] == [0.5997, 0.9753, -0.7947, 0.8088, 2.6624]
    assert village_leanings(7, "a") != village_leanings(8, "a") != village_leanings(8, "b")
    assert attractions("q", ("a", "b")) == (attraction("q", "a"), attraction("q", "b"))


def test_leanings_are_standard_normal_at_each_level() -> None:
    """Of villages, of households half their village's, and of people a third their household's."""
    villages = [village_leanings(1, str(number)) for number in range(3000)]
    chance = random.Random(1)
    homes = [household_leanings(village, chance) for village in villages]
    people = [person_leanings(home, f"p{number}") for number, home in enumerate(homes)]
    for level in (villages, homes, people):
        flat = [part for each in level for part in each]
        assert abs(fmean(flat)) < 0.05
        assert abs(pvariance(flat) - 1) < 0.08

    def shared(above: list, below: list) -> float:
        return fmean(a * b for one, other in zip(above, below, strict=True) for a, b in zip(one, other, strict=True))

    assert math.isclose(shared(villages, homes), 0.7, abs_tol=0.06)
    assert math.isclose(shared(homes, people), 0.55, abs_tol=0.06)


@pytest.mark.parametrize(
    "value",
    [
        "neutral",
        "middle",
        "fair",
        "neither_satisfied_nor_dissatisfied",
        "neither_easy_nor_difficult",
        "about_the_same",
        "unchanged",
    ],
)
def test_a_neutral_midpoint_leans_neither_way(value: str):
    """Although its name may hold the unfavourable answer's."""
    assert attraction("q", value).step == 0


def test_fairly_good_is_favourable():
    """It is not fair to middling."""
    assert [attraction("q", value).step for value in ("fairly_good", "fairly_satisfied", "fairly_poor")] == [1, 1, -1]
