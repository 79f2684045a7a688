"""Modelled figures come with the direct ones, and reveal nothing of a place that is withheld."""

import numpy as np
import pandas as pd
import pytest

from liuwen.analysis import small_areas
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
