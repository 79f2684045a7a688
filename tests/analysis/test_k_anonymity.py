"""k-anonymity: counts by class size worked by hand; no row and no value in the report."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import liuwen as lw
from liuwen.analysis import KAnonymity
from liuwen.errors import AnswerError
from liuwen.form import builder as b


def test_classes_by_hand():
    """Six alike, three alike, a pair and two unique ones, both by their age."""
    rows = [("a", 30)] * 6 + [("a", 40)] * 3 + [("b", 30)] * 2 + [("b", 50), ("a", 60)]
    found = lw.k_anonymity(pd.DataFrame(rows, columns=["village", "age"]), ["village", "age"])
    assert isinstance(found, KAnonymity)
    assert (found.k, found.rows, found.unique) == (1, 13, 2)
    assert found.unique_share == 2 / 13
    assert found.risk == 5 / 13
    assert found.sizes["rows"].tolist() == [2, 5, 6, 0]
    assert found.sizes["classes"].tolist() == [2, 2, 1, 0]
    assert found.columns.to_dict("list") == {
        "column": ["age", "village"],
        "values": [4, 2],
        "unique_without": [0, 2],
        "k_without": [3, 1],
        "adds": [2, 0],
    }


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40), st.integers(1, 6))
def test_bands_add_up_and_agree_with_a_count_of_their_own(rows, minimum):
    """Against Python's own counting."""
    frame = pd.DataFrame(rows, columns=["x", "y"])
    found = lw.k_anonymity(frame, ["x", "y"], minimum=minimum)
    sizes = [rows.count(row) for row in rows]
    assert found.k == min(sizes)
    assert found.unique == sizes.count(1)
    assert found.sizes["rows"].sum() == len(rows)
    assert found.sizes["classes"].sum() == len(set(rows))


def test_a_blank_is_a_value_and_order_of_columns_does_not_matter():
    """A missing age is not like an age of 30."""
    frame = pd.DataFrame({"village": ["a", "a", "a"], "age": [30, np.nan, np.nan]})
    found = lw.k_anonymity(frame, ["village", "age"])
    assert found.unique == 1
    assert lw.k_anonymity(frame, ["age", "village", "age"]).unique == 1


def test_fourteen_visits_to_one_household_are_one(collected):
    """All of them alike, and still only one household."""
    form = b.build_form(
        "v",
        version="1",
        zh="访",
        en="Visit",
        items=[b.text("hh_id", zh="户号", en="Number"), b.text("kind", zh="户别", en="Kind")],
    )
    answers = collected(form, [{"hh_id": "7", "kind": "x"}] * 14 + [{"hh_id": str(n), "kind": "y"} for n in range(20, 26)])
    found = lw.k_anonymity(answers, "kind")
    assert (found.counted, found.k, found.unique) == ("households", 1, 14)


def test_the_report_holds_no_values_of_people():
    """Neither table nor page."""
    found = lw.k_anonymity(pd.DataFrame({"name": ["Zhang San", "Li Si"]}), "name")
    assert "Zhang" not in found._repr_html_() + repr(found)


def test_columns_that_are_not_there_are_one_sentence():
    """None, unknown, and no rows."""
    frame = pd.DataFrame({"age": [1]})
    for by, rows, said in (([], frame, "No columns"), (["x"], frame, "no column 'x'"), (["age"], frame[:0], "no answers")):
        with pytest.raises(AnswerError, match=said):
            lw.k_anonymity(rows, by)
