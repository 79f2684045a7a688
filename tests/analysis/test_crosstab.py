"""Cross-tabulation: the test of association is shown only beside a table of which every figure is shown."""

import numpy as np
import pandas as pd
import pytest

import liuwen as lw
from liuwen.form import builder as b

YES_NO = b.choices("yes_no", ("yes", "是", "Yes"), ("no", "否", "No"))


@pytest.fixture(scope="module")
def form():
    items = [b.select_one("ill", YES_NO, zh="?", en="?"), b.select_one("poor", YES_NO, zh="?", en="?")]
    return b.build_form("visit", version="1", zh="走访", en="Visit", items=items)


def crossed(both):
    """40 ill, 60 not; 20 poor, of whom `both` are ill."""
    ill = ["yes"] * both + ["no"] * (40 - both)
    well = ["yes"] * (20 - both) + ["no"] * (40 + both)
    return pd.DataFrame({"ill": ["yes"] * 40 + ["no"] * 60, "poor": ill + well})


def test_the_test_does_not_tell_a_hidden_cell(form):
    """With the totals known, each value of the hidden cell has a statistic of its own."""
    statistics = {
        lw.crosstab(crossed(n), "ill", "poor", form=form, minimum=1).attrs["association"]["statistic"] for n in range(1, 5)
    }
    assert len(statistics) == 4
    found = lw.crosstab(crossed(3), "ill", "poor", form=form)
    assert not found["shown"].any()
    assert np.isnan(list(found.attrs["association"].values())).all()


def test_the_test_is_given_where_all_is_shown(form):
    """As without suppression."""
    shown, known = (lw.crosstab(crossed(10), "ill", "poor", form=form, minimum=minimum) for minimum in (5, 1))
    assert shown["shown"].all()
    assert shown.attrs["association"] == known.attrs["association"]
