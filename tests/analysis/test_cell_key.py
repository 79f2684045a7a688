"""The cell-key method: mean, variance and bound of the changes, the same records always the same, small counts never shown."""

import numpy as np
import pandas as pd
import pytest

import liuwen as lw
from liuwen.analysis.cell_key import LARGEST, VARIANCE, cell_keys, perturbation_table, record_keys
from liuwen.errors import AnswerError
from liuwen.form import builder as b

TABLE = perturbation_table()


@pytest.fixture(scope="module")
def form():
    rating = b.choices("r", ("good", "好", "Good"), ("poor", "差", "Poor"), ("bad", "坏", "Bad"))
    items = [b.text("village", zh="村", en="Village"), b.select_one("r", rating, zh="?", en="?")]
    return b.build_form("v", version="1", zh="访", en="Visit", items=items)


@pytest.fixture(scope="module")
def answers():
    rng = np.random.default_rng(3)
    values = {"village": rng.choice(list("abcdefgh"), 200), "r": rng.choice(["good", "poor", "bad"], 200, p=[0.6, 0.3, 0.1])}
    return pd.DataFrame(values, index=[f"uuid:{number}" for number in range(200)])


def test_changes_have_mean_nought_and_the_variance():
    """For every count; nought is kept."""
    chances = TABLE.probabilities
    assert chances.sum(axis=1) == pytest.approx(1)
    assert (chances @ TABLE.changes)[1:] == pytest.approx(0, abs=1e-12)
    assert (chances @ TABLE.changes**2)[1:] == pytest.approx(VARIANCE)
    assert TABLE.changed(np.zeros(50, dtype=int), np.linspace(0, 1, 50)).max() == 0


def test_no_one_and_no_two_is_ever_shown():
    """Whatever the key."""
    for count in range(1, 20):
        shown = TABLE.changed(np.full(1000, count), np.linspace(0, 0.999999, 1000))
        assert not set(shown) & {1, 2}
        assert np.abs(shown - count).max() <= LARGEST


def test_an_outsider_is_never_surer_than_the_table_says():
    """Simulated: the best guess at a count from 1 to 4, all counts being as likely."""
    rng = np.random.default_rng(0)
    counts = rng.integers(0, 20, 200_000)
    shown = TABLE.changed(counts, rng.random(len(counts)))
    sure = pd.crosstab(shown, counts, normalize="index")
    assert sure[[1, 2, 3, 4]].to_numpy().max() <= TABLE.certainty() + 0.02
    assert TABLE.certainty() < 1 / 3


def test_the_same_records_give_the_same_figure_in_every_table(answers, form):
    """Village a by itself and as one of eight; another secret gives other figures."""
    told = {"form": form, "protection": "cell_key", "secret": "ours"}
    all_eight = lw.shares(answers, "r", "village", **told)
    alone = lw.shares(answers[answers["village"] == "a"], "r", "village", **told)
    assert alone["count"].tolist() == all_eight.loc[all_eight["village"] == "a", "count"].tolist()
    other = lw.shares(answers, "r", "village", **{**told, "secret": "theirs"})
    assert other["count"].tolist() != all_eight["count"].tolist()
    assert "add up" in all_eight.attrs["protection"]


def test_truth_lies_inside_the_interval_as_often_as_it_says(answers, form):
    """Of the changed shares the true ones lie inside nearly always: the interval holds the change and the sampling."""
    true = lw.shares(answers, "r", "village", form=form, protection="none")
    found = [lw.shares(answers, "r", "village", form=form, protection="cell_key", secret=str(number)) for number in range(5)]
    inside = [((table["low"] <= true["share"]) & (true["share"] <= table["high"])).mean() for table in found]
    assert np.mean(inside) > 0.95
    assert found[0]["shown"].all()


def test_keys_add_up():
    """A cell's key is the sum of its records' keys; they are uniform."""
    keys = record_keys(pd.RangeIndex(5000), b"s")
    assert np.histogram(keys, 10, (0, 1))[0].min() > 400
    of_cells = cell_keys(np.array([0, 0, 1]), np.ones((3, 1), dtype=bool), np.array([0.7, 0.6, 0.2]), 2)
    assert of_cells[:, 0] == pytest.approx([0.3, 0.2])


def test_unsupported_options_are_refused(answers, form):
    """Without a secret, with a design, with an unknown method."""
    with pytest.raises(AnswerError, match="needs secret"):
        lw.shares(answers, "r", protection="cell_key", form=form)
    with pytest.raises(AnswerError, match="design"):
        lw.shares(answers, "r", protection="cell_key", secret="s", design=lw.SurveyDesign(), form=form)
    with pytest.raises(AnswerError, match="unknown"):
        lw.shares(answers, "r", protection="hide", form=form)


def told(answers, form, by=None, **how):
    return lw.shares(answers, "r", by, protection="cell_key", secret="ours", form=form, **how)["count"].tolist()


def test_neither_order_nor_grouping_changes_a_figure(answers, form):
    """Rows without instance IDs are named by what they hold: asking again, in another way, gives no second draw."""
    numbered = answers.reset_index(drop=True).assign(village="a")
    mixed = numbered.sample(frac=1, random_state=1).reset_index(drop=True)
    assert told(numbered, form) == told(mixed, form) == told(mixed, form, "village")
    assert told(mixed, form, "village", where={"village": "a"}) == told(mixed, form)


def test_anonymous_answers_have_one_figure_in_every_table():
    """Their instance IDs are row numbers, which a new answer changes."""
    survey = lw.questionnaires.satisfaction_survey(modules=["services"])
    responses = lw.simulate(survey, 60, seed=3)
    how = {"protection": "cell_key", "secret": "ours"}
    whole, by_town = (lw.shares(responses, "overall", by, **how) for by in (None, "town"))
    assert responses.table["town"].nunique() == 1
    assert whole["count"].tolist() == by_town["count"].tolist()


def test_nobody_is_listed_by_name(form):
    """A name that the form does not list and few share."""
    few = pd.DataFrame({"village": "a", "r": ["good"] * 9, "phone": [f"138{number}" for number in range(9)]})
    assert lw.shares(few, "r", "phone", protection="cell_key", secret="s", form=form)["phone"].unique().tolist() == ["<5"]


def test_those_who_answered_are_one_figure(form):
    """As a base and as a column; with blanks, and never 1 or 2."""
    for blanks in range(12):
        frame = pd.DataFrame({"village": "a", "r": ["good"] * 20 + [""] * blanks})
        found = lw.shares(frame, "r", base="answered", protection="cell_key", secret="s", form=form)
        assert found["answered"].equals(found["base"])


def test_people_and_several_visits_are_refused(collected):
    """A change of three hides no household of fifteen people."""
    yes = b.choices("yes", ("yes", "是", "Yes"), ("no", "否", "No"))
    items = [
        b.text("household", zh="户", en="Household"),
        b.select_one("r", yes, zh="?", en="?"),
        b.repeat("member", zh="成员", en="Member", items=[b.select_one("works", yes, zh="?", en="?")]),
    ]
    form = b.build_form("v", version="1", zh="访", en="Visit", items=items)
    responses = collected(form, [{"household": 1, "r": "yes", "member": "<works>yes</works>"}] * 9)
    for question, rounds in (("works", "all"), ("r", "all")):
        with pytest.raises(AnswerError, match="several times"):
            lw.shares(responses, question, rounds=rounds, protection="cell_key", secret="s")
