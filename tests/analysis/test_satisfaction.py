"""Satisfaction: shares of best and worst, net and mean with their errors, small groups hidden, change tested."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import liuwen as lw
from liuwen.analysis import rating_questions
from liuwen.errors import AnswerError
from liuwen.form import builder as b

STEPS = b.choices(
    "satisfaction",
    ("very_satisfied", "很满意", "Very satisfied"),
    ("satisfied", "比较满意", "Fairly satisfied"),
    ("neutral", "一般", "Neither"),
    ("dissatisfied", "不太满意", "Fairly dissatisfied"),
    ("very_dissatisfied", "很不满意", "Very dissatisfied"),
    ("dont_know", "不知道", "Don't know"),
    ("refused", "不愿说", "Would rather not say"),
)
NAMES = ("very_satisfied", "satisfied", "neutral", "dissatisfied", "very_dissatisfied")


@pytest.fixture(scope="module")
def form():
    items = [
        b.text("village", zh="村", en="Village"),
        b.select_one("overall", STEPS, zh="总的", en="Overall"),
        b.select_one("roads", STEPS, zh="路", en="Roads"),
        b.select_one("sex", b.choices("sex", ("f", "女", "Female"), ("m", "男", "Male")), zh="?", en="?"),
    ]
    return b.build_form("sat", zh="满意", en="Satisfaction", version="1", items=items)


def answers(counts, dont_know=0, village="a"):
    given = [name for name, count in zip(NAMES, counts, strict=True) for _ in range(count)] + ["dont_know"] * dont_know
    return pd.DataFrame({"village": village, "overall": given})


def test_ratings_are_found_and_other_questions_are_not(form):
    assert rating_questions(form, ["village", "overall", "roads", "sex"]) == ["overall", "roads"]


def test_figures_are_those_of_the_field(form):
    """10, 20, 15, 10, 5 and six who did not know: 30 of 60 satisfied, 15 not; net and mean with the errors of a domain."""
    domain = np.sqrt(66 / 65 / (60 / 59))
    row = lw.satisfaction(answers((10, 20, 15, 10, 5), 6), form=form, questions=["overall"]).iloc[0]
    assert (row["asked"], row["base"], row["dont_know"]) == (66, 60, 6)
    assert (row["best"], row["worst"], row["net"]) == (0.5, 0.25, 0.25)
    scores = np.repeat([100, 75, 50, 25, 0], (10, 20, 15, 10, 5))
    assert row["mean"] == pytest.approx(scores.mean())
    assert (row["mean_low"], row["mean_high"]) == pytest.approx(
        stats.t.interval(0.95, 59, scores.mean(), domain * stats.sem(scores))
    )
    net = np.repeat([1, 0, -1], (30, 15, 15))
    assert (row["net_low"], row["net_high"]) == pytest.approx(stats.t.interval(0.95, 59, net.mean(), domain * stats.sem(net)))


def test_few_dont_knows_hide_the_rating_only_if_they_could_be_inferred(form):
    """Three of 60: their number could be had from the base, so another step is hidden with them, and the base."""
    row = lw.satisfaction(answers((10, 20, 15, 10, 5), 3), form=form, questions=["overall"]).iloc[0]
    assert not row["shown"]
    assert row[["base", "dont_know", "best", "net", "mean"]].isna().all()
    assert lw.satisfaction(answers((10, 20, 15, 10, 5), 3), form=form, questions=["overall"], minimum=1)["base"][0] == 60


def test_small_villages_are_hidden(form):
    """By village, with the one that would give them away."""
    table = pd.concat(
        [answers((10, 10, 10, 10, 10)), answers((9, 9, 9, 9, 9), village="b"), answers((1, 1, 0, 0, 1), village="c")]
    )
    found = lw.satisfaction(table, "village", questions=["overall"], form=form).set_index("village")
    assert found["shown"].tolist().count(False) == 2
    assert not found.loc["c", "shown"]
    assert found.loc[~found["shown"], ["asked", "base", "best", "mean"]].isna().all(axis=None)


def test_a_change_since_the_round_before_is_tested(form):
    """Welch's test of the two means, adjusted after Holm."""
    now, before = answers((20, 20, 10, 10, 10)), answers((10, 10, 10, 20, 20))
    row = lw.satisfaction(now, previous=before, questions=["overall"], form=form).iloc[0]
    scores = [np.repeat([100, 75, 50, 25, 0], counts) for counts in ((20, 20, 10, 10, 10), (10, 10, 10, 20, 20))]
    assert row["change"] == pytest.approx(scores[0].mean() - scores[1].mean())
    assert row["p"] == pytest.approx(stats.ttest_ind(*scores, equal_var=False).pvalue)
    assert row["p_holm"] == row["p"]


def test_a_form_without_ratings_is_an_error():
    form = b.build_form("v", zh="v", en="v", version="1", items=[b.text("village", zh="村", en="Village")])
    with pytest.raises(AnswerError, match="no rating question"):
        lw.satisfaction(pd.DataFrame({"village": ["a"]}), form=form)


def test_importance_is_that_of_the_rows_asked_for(form):
    """Where the village is filtered, of its answers only; of a frame as of responses."""
    rng = np.random.default_rng(1)
    overall = pd.Series(rng.choice(NAMES, 240))
    table = pd.DataFrame(
        {"village": ["a", "b"] * 120, "overall": overall, "roads": overall.where(overall.index % 2 == 0, NAMES[2])}
    )
    table.loc[1:60:2, "roads"] = rng.choice(NAMES, 30)
    whole, of_a = (
        lw.satisfaction(table, where=where, minimum=1, form=form).set_index("question") for where in (None, {"village": "a"})
    )
    assert of_a.loc["roads", "importance"] == pytest.approx(1)
    assert 0.3 < whole.loc["roads", "importance"] < 0.9


def test_a_change_is_of_the_same_design_in_both_rounds(form):
    """Those who are heavier now were not so before: weighted in both."""
    now, before = answers((20, 20, 10, 10, 10)), answers((10, 10, 10, 20, 20))
    for table, heavy in ((now, "satisfied"), (before, "neutral")):
        table["weight"] = np.where(table["overall"] == heavy, 9.0, 1.0)
    how = {"questions": ["overall"], "design": lw.SurveyDesign(weights="weight"), "form": form}
    row = lw.satisfaction(now, previous=before, **how).iloc[0]
    assert row["change"] == pytest.approx(row["mean"] - lw.satisfaction(before, **how)["mean"][0])


def test_a_question_without_ratings_and_one_nobody_was_asked_are_errors(form):
    """Each says which."""
    with pytest.raises(AnswerError, match="'sex' is no rating"):
        lw.satisfaction(answers((9, 9, 9, 9, 9)).assign(sex="f"), questions=["sex"], form=form)
    with pytest.raises(AnswerError, match="Nobody was asked 'overall'"):
        lw.satisfaction(pd.DataFrame({"overall": [None] * 9}), form=form)
