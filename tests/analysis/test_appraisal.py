"""A score of an appraisal counts all parts, or there is none."""

import pandas as pd
import pytest

from liuwen.analysis import ScorePart, appraisal_score, opinion_score
from liuwen.errors import AnswerError
from liuwen.form import builder as b

PARTS = {"results": ScorePart(0.6, 80.0), "colleagues": ScorePart(0.1, 90.0), "opinion": ScorePart(0.3, 60.0, 4.0)}


def test_the_error_comes_from_the_samples_alone():
    """0.6 · 80 + 0.1 · 90 + 0.3 · 60 = 75, give or take 0.3 · 4 · 1.96."""
    found = appraisal_score(PARTS)
    assert (found.score, found.error) == pytest.approx((75.0, 1.2))
    assert (found.low, found.high) == pytest.approx((75 - 1.2 * 1.959964, 75 + 1.2 * 1.959964))


@pytest.mark.parametrize("missing", [None, float("nan")])
def test_a_missing_part_gives_no_score(missing):
    """Its weight is not given to the others."""
    found = appraisal_score(PARTS | {"opinion": ScorePart(0.3, missing)})
    assert found.score is None and found.low is None and found.missing == ("opinion",)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"results": ScorePart(0.6, 80.0)}, "sum to 0.6"),
        ({"results": ScorePart(1.5, 100.0), "opinion": ScorePart(-0.5, 0.0)}, "weight of 'results' is 1.5; it must be from 0"),
        ({"results": ScorePart(float("nan"), 100.0)}, "weight of 'results' is nan"),
        ({"results": ScorePart(1.0, 120.0)}, "'results' is 120; it must be from 0"),
    ],
)
def test_wrong_parts_are_errors(parts, said):
    """Weights that do not sum to 1 or are no share, a score outside the scale."""
    with pytest.raises(AnswerError, match=said):
        appraisal_score(parts)


def test_an_indicator_that_may_not_be_shown_gives_no_opinion():
    """Four answers are too few."""
    steps = b.choices("q", ("good", "好", "Good"), ("middle", "中", "Middle"), ("poor", "差", "Poor"))
    asking = [b.select_one(name, steps, zh="?", en="?") for name in ("roads", "doctor")]
    form = b.build_form("visit", zh="走访", en="Visit", version="1", items=asking)
    rows = pd.DataFrame({"roads": ["good"] * 20, "doctor": ["good"] * 4 + [None] * 16})
    assert opinion_score(rows, ["roads"], form=form).score == 100
    assert opinion_score(rows, form=form).score is None
    assert opinion_score(rows, "roads", form=form) == opinion_score(rows, ["roads", "roads"], form=form)
    with pytest.raises(AnswerError, match="weight of 'roads' is 2"):
        opinion_score(rows, {"roads": 2.0, "doctor": -1.0}, form=form, minimum=1)
    with pytest.raises(AnswerError, match="is no rating"):
        opinion_score(rows, ["water"], form=form)
