"""Means, totals, quantiles and ratios: what of them would tell one household's number is not shown."""

import numpy as np
import pandas as pd
import pytest

import liuwen as lw
from liuwen.analysis.needs import counted_answers
from liuwen.analysis.source import source_of
from liuwen.analysis.tabulation import Tabulation
from liuwen.errors import AnswerError
from liuwen.form import builder as b
from liuwen.messages import use_language

YES_NO = b.choices("yes_no", ("yes", "是", "Yes"), ("no", "否", "No"))


@pytest.fixture(scope="module")
def form():
    items = [
        b.select_one("ill", YES_NO, zh="有人生病吗？", en="Is anybody ill?"),
        b.integer("days", zh="几天没下地？", en="Days without work", relevant="${ill} = 'no'"),
        b.integer("income", zh="收入", en="Income"),
        b.integer("people", zh="人数", en="People"),
        b.repeat("member", zh="成员", en="Member", items=[b.integer("age", zh="岁", en="Age")]),
    ]
    return b.build_form("visit", version="1", zh="走访", en="Visit", items=items)


def incomes(*values):
    return pd.DataFrame({"income": values, "people": 2})


def test_the_base_of_a_follow_up_does_not_tell_the_leading_answer(form, collected):
    """37 of 40 were asked the follow-up: three are ill, which `shares` does not show."""
    responses = collected(form, [{"ill": "yes" if n < 3 else "no", "days": None if n < 3 else n} for n in range(40)])
    row = lw.means(responses, "days").iloc[0]
    assert not row["shown"]
    assert row[["asked", "answered", "mean"]].isna().all()
    assert lw.means(responses, "days", minimum=1)["asked"].tolist() == [37]


@pytest.mark.parametrize("part", [0.001, 0.1, 0.95, 0.999])
def test_a_quantile_that_few_households_reach_is_not_shown(part, form):
    """The smallest and the largest of forty numbers are somebody's own."""
    row = lw.means(incomes(*range(40)), "income", statistic=part, form=form).iloc[0]
    assert (row["shown"], row["reason"]) == (False, "few")
    assert row[["quantile", "se", "low", "high"]].isna().all()


def test_a_median_is_shown_with_the_ends_that_enough_households_reach(form):
    """Of forty; of nine the middle one only; of eight none; of eight alike the number that all gave."""
    of = {count: lw.means(incomes(*range(count)), "income", statistic="median", form=form).iloc[0] for count in (8, 9, 40)}
    assert of[40][["median", "se", "low", "high"]].notna().all()
    assert of[9]["median"] == 4
    assert of[9][["se", "low", "high"]].isna().all()
    assert pd.isna(of[8]["median"])
    assert lw.means(incomes(*[7] * 8), "income", statistic="median", form=form)["median"][0] == 7


@pytest.mark.parametrize("statistic", ["mean", "total"])
def test_a_total_that_is_nearly_one_household_s_is_not_shown(statistic, form):
    """The second largest could compute the largest within a tenth."""
    one_rich = lw.means(incomes(100_000, 900, *[100] * 20), "income", statistic=statistic, form=form)
    assert one_rich[[statistic, "se"]].isna().all(axis=None)
    assert one_rich["answered"].tolist() == [22]
    assert lw.means(incomes(5000, 900, *[100] * 20), "income", statistic=statistic, form=form)["shown"].all()
    assert lw.means(incomes(100_000, 900, *[100] * 20), "income", minimum=1, statistic=statistic, form=form)["shown"].all()


def test_a_ratio_is_not_shown_where_few_gave_one_number_without_the_other(form):
    """34 of 40 told their income and 32 the people too: the two totals would tell of two households."""
    frame = incomes(*range(100, 134), *[""] * 6)
    frame["people"] = [np.nan] * 2 + [3.0] * 32 + [np.nan] * 6
    assert lw.means(frame, "income", form=form)["answered"].tolist() == [34]
    assert not lw.means(frame, "income", over="people", form=form)["shown"].any()
    assert lw.means(frame, "income", over="people", minimum=1, form=form)["answered"].tolist() == [32]


def test_the_words_follow_the_language_in_force(form):
    """As those of `shares` do."""
    assert lw.means(incomes(*range(9)), "income", form=form, language="en")["label"].tolist() == ["Income"]
    with use_language("en"):
        assert lw.means(incomes(*range(9)), "income", form=form)["label"].tolist() == ["Income"]


def test_numbers_of_two_tables_cannot_be_divided(form, collected):
    """Age is a member's, and is in the table of members."""
    with pytest.raises(AnswerError, match="not in the same table"):
        lw.means(collected(form, [{"income": 5}] * 6), "income", over="age")


def test_ranges_are_withheld_where_the_mean_withholds_how_many_gave_a_number():
    """Hidden in different villages by either, the number of blanks would follow from the other."""
    asking = [b.text("village", zh="村", en="Village"), b.integer("people", zh="几口人", en="People")]
    form = b.build_form("visit", zh="走访", en="Visit", version="1", items=asking)
    for seed in range(8):
        rng = np.random.default_rng(seed)
        villages = rng.choice(list("abcdefg"), 200, p=[0.3, 0.2, 0.15, 0.12, 0.1, 0.08, 0.05])
        given = [str(number) if rng.random() > 0.07 else "" for number in rng.integers(1, 9, 200)]
        frame = pd.DataFrame({"village": villages, "people": given})
        ranged = Tabulation("people", ("village",), limits=(3.0, 6.0))
        ranges, _ = counted_answers(source_of(frame, form), ranged, minimum=5, confidence=0.95, language=None)
        mean = lw.means(frame, "people", "village", form=form).set_index("village")["answered"]
        assert ranges.set_index("village").loc[mean.index[mean.isna()], "suppressed"].all()
