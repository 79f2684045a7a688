"""Readings are compared in their order, and a code stays the same code whatever type its column has."""

import pandas as pd
import pytest

from liuwen.analysis import cohen_kappa, krippendorff_alpha, visitor_effect
from liuwen.errors import AnswerError


def test_a_missing_number_does_not_change_the_other_codes():
    """One missing code makes pandas write 1 as 1.0: it is still code 1."""
    first, second = pd.Series([1, 2, 1, 2]), pd.Series([1, 2, 1, None])
    assert cohen_kappa(first, second) == 1
    assert krippendorff_alpha(pd.DataFrame({"li": first, "wang": second})) == 1


def test_readings_are_paired_by_order_and_not_by_index():
    """The interview and its back-check have instance IDs of their own."""
    first, second = ["yes", "yes", "no", "no"], ["yes", "no", "no", "no"]
    apart = cohen_kappa(pd.Series(first, index=list("abcd")), pd.Series(second, index=list("efgh")))
    assert apart == pytest.approx(cohen_kappa(first, second)) == pytest.approx(0.5)
    values, visitors = pd.Series([1, 2, 5, 6], index=list("abcd")), pd.Series(["li", "li", "wu", "wu"])
    assert visitor_effect(values, visitors) == visitor_effect([1, 2, 5, 6], ["li", "li", "wu", "wu"])


def test_lists_of_different_length_are_refused():
    """In one sentence that says how many there are of each."""
    with pytest.raises(AnswerError, match="'first' has 1 values and 'second' has 2"):
        cohen_kappa(["yes"], ["yes", "no"])
    with pytest.raises(AnswerError, match="'values' has 3 values and 'visitors' has 2"):
        visitor_effect([1, 2, 3], ["li", "wu"])
