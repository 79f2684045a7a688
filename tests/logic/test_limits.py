"""Constraints taken apart into what can be solved."""

import pytest

from liuwen.logic.limits import Bound, limits_of


@pytest.mark.parametrize(
    ("constraint", "bounds"),
    [
        (". > 0 and . < 120", (Bound(">", "0"), Bound("<", "120"))),
        ("0 <= .", (Bound(">=", "0"),)),
        ("number(.) <= ${people} - 1", (Bound("<=", "${people} - 1"),)),
        (". <= today() and . >= ${born}", (Bound("<=", "today()"), Bound(">=", "${born}"))),
        (". = 3 or . = 4", ()),
        (". > . - 1", ()),
    ],
)
def test_bounds_are_read_from_conjunctions(constraint, bounds):
    """Either side may hold the answer; what is not a plain bound is left alone."""
    assert limits_of(constraint).bounds == bounds


def test_counts_lengths_patterns_and_lone_choices_are_read():
    """The ways in which questionnaires limit choices and texts."""
    several = limits_of("count-selected(.) <= 3 and (count-selected(.) = 1 or not(selected(., 'none')))")
    assert several.count == (Bound("<=", "3"),)
    assert several.alone == {"none"}
    assert several.whole
    text = limits_of("regex(., '^[0-9]+$') and string-length(.) = 6")
    assert text.pattern == "^[0-9]+$"
    assert text.length == (Bound("=", "6"),)


@pytest.mark.parametrize(
    ("constraint", "alone"),
    [
        ("not(selected(., 'none')) or count-selected(.) < 2", {"none"}),
        ("count-selected(.) <= 1 or not(selected(., 'none') or selected(., 'unsure'))", {"none", "unsure"}),
        ("count-selected(.) < 3 or not(selected(., 'none'))", set()),
        ("count-selected(.) = 1 or not(selected(., 'none')) or ${free} = 'yes'", set()),
    ],
)
def test_what_stands_alone(constraint, alone):
    """However it is written that one is taken, and not where more may be taken with it."""
    assert limits_of(constraint).alone == alone


def test_what_is_not_understood_is_marked():
    """The limits are then not the whole constraint; nor are those of what is no expression."""
    assert not limits_of(". > 3 or ${a} = 1").whole
    assert not limits_of(". >").whole
