"""Modelled figures come with the direct ones, and reveal nothing of a place that is withheld."""

import numpy as np
import pandas as pd
import pytest

from liuwen.analysis import SurveyDesign, small_areas
from liuwen.errors import AnswerError
from liuwen.form import builder as b

GOOD = {"a": 12, "b": 9, "c": 14, "d": 6, "e": 10}


@pytest.fixture(scope="module")
def form():
    rating = b.choices("rating", ("good", "好", "Good"), ("middle", "中", "Middle"), ("poor", "差", "Poor"))
    asking = [b.text("village", zh="村", en="Village"), b.select_one("roads", rating, zh="路", en="Roads")]
    return b.build_form("visit", zh="走访", en="Visit", version="1", items=asking)


def answers(**few: int) -> pd.DataFrame:
    """Twenty answers a village, some of them good; and villages of four."""
    rows = [(village, "good" if number < good else "poor") for village, good in GOOD.items() for number in range(20)]
    rows += [(village, "good" if number < good else "poor") for village, good in few.items() for number in range(4)]
    return pd.DataFrame(rows, columns=["village", "roads"])


def test_a_modelled_share_lies_between_the_direct_one_and_the_mean(form):
    """And is more certain than it."""
    found = small_areas(answers(), "roads", value="good", form=form)
    middle = np.average(found["direct"])
    between = (found["modelled"] - middle) * (found["direct"] - middle) >= 0
    assert between.all() and ((found["modelled"] - middle).abs() < (found["direct"] - middle).abs() + 1e-9).all()
    assert (found["low"] >= 0).all() and (found["high"] <= 1).all() and set(found["from"]) == {"direct and model"}


def test_a_village_too_small_to_show_is_modelled_without_its_answers(form):
    """Whatever its four households said, the same figure comes out."""
    one, other = (small_areas(answers(z=good), "roads", value="good", form=form).set_index("village").loc["z"] for good in (0, 4))
    assert pd.isna(one["direct"]) and pd.isna(one["answered"]) and not one["shown"] and one["reason"] == "small group"
    assert one["from"] == "model alone" and one["modelled"] == pytest.approx(other["modelled"])
    assert one["modelled_se"] == pytest.approx(other["modelled_se"])


def test_covariates_move_the_figure_of_a_village_that_is_withheld(form):
    """It gets what they say."""
    known = pd.DataFrame({"paved": {**{village: good / 20 for village, good in GOOD.items()}, "z": 0.9}})
    found = small_areas(answers(z=2), "roads", value="good", covariates=known, form=form).set_index("village")
    assert found.loc["z", "modelled"] > found["direct"].max()
    of_one = small_areas(answers(z=2), "roads", value="good", covariates=known["paved"], form=form).set_index("village")
    assert of_one["modelled"].equals(found["modelled"])
    with pytest.raises(AnswerError, match="covariates= lacks 'z'"):
        small_areas(answers(z=2), "roads", value="good", covariates=known.drop("z"), form=form)


def test_errors_say_what_to_do(form):
    """No answer named; too few places; covariates that determine each other."""
    with pytest.raises(AnswerError, match="say which answer with value="):
        small_areas(answers(), "roads", form=form)
    rows = answers()
    with pytest.raises(AnswerError, match="Only 2 places have a figure"):
        small_areas(rows[rows["village"] < "c"], "roads", value="good", form=form)
    same = pd.DataFrame({"one": dict.fromkeys(GOOD, 1.0)})
    with pytest.raises(AnswerError, match="use fewer covariates"):
        small_areas(rows, "roads", value="good", covariates=same, form=form)


def test_a_place_whose_error_is_only_rounding_takes_no_part():
    """Where all give the same number, weights leave an error of 1e-16: the village would count as known for certain."""
    asking = [b.text("village", zh="村", en="Village"), b.decimal("land", zh="几亩地", en="Land")]
    form = b.build_form("visit", zh="走访", en="Visit", version="1", items=asking)
    place = np.arange(100)
    rows = pd.DataFrame({"village": np.repeat(list("abcde"), 20), "land": 1 + place * 7 % 13 / 10, "weight": 1 + place % 7 / 10})
    rows = rows.assign(land=rows["land"].mask(rows["village"] == "a", 3.3))
    found = small_areas(rows, "land", design=SurveyDesign(weights="weight"), form=form, minimum=1).set_index("village")
    assert found.loc["a", "from"] == "model alone" and found.loc["a", "modelled"] < 2
    assert set(found.drop("a")["from"]) == {"direct and model"}


def test_villages_that_are_clusters_have_no_error_and_no_model(form):
    """One cluster tells nothing of how clusters differ."""
    with pytest.raises(AnswerError, match="a place has no error if it is a single cluster"):
        small_areas(answers(), "roads", value="good", design=SurveyDesign(clusters="village"), form=form, minimum=1)


def test_answers_without_a_village_have_no_modelled_figure(form):
    """They are no place: nothing is known of it, and nobody can be asked for its covariates."""
    nowhere = pd.DataFrame({"village": [None] * 20, "roads": ["good"] * 20})
    known = pd.DataFrame({"paved": {village: good / 20 for village, good in GOOD.items()}})
    for covariates in (None, known):
        found = small_areas(pd.concat([answers(), nowhere]), "roads", value="good", covariates=covariates, form=form)
        assert found["village"].isna().tolist() == found["modelled"].isna().tolist() == (found["from"] == "").tolist()
        alone = small_areas(answers(), "roads", value="good", covariates=covariates, form=form)
        assert found["modelled"].dropna().to_numpy() == pytest.approx(alone["modelled"].to_numpy(), rel=1e-3)


def test_several_rows_of_covariates_for_a_place_are_refused(form):
    """Which of them holds cannot be known."""
    known = pd.DataFrame({"paved": [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]}, index=[*GOOD, "a"])
    with pytest.raises(AnswerError, match="several rows for 'a'"):
        small_areas(answers(), "roads", value="good", covariates=known, form=form)
