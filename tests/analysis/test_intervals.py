"""The score interval of a share."""

import numpy as np
import pytest

from liuwen.analysis import wilson_interval


@pytest.mark.parametrize(
    ("wanting", "asked", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_agrees_with_the_published_worked_examples(wanting, asked, low, high):
    """Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3."""
    assert wilson_interval(wanting, asked) == pytest.approx((low, high), abs=5e-5)


def test_all_or_none_reaches_the_end_and_no_further():
    """Nobody wants it: from 0 exactly; everybody does: to 1 exactly."""
    low, high = wilson_interval([0, 9], [9, 9])
    assert low[0] == 0
    assert high[1] == 1
    assert 0 < high[0] < 1
    assert 0 < low[1] < 1


def test_the_interval_of_an_empty_base_is_nan():
    """Both bounds are NaN for a base of 0."""
    assert np.isnan(wilson_interval(0, 0)).all()


def test_more_confidence_is_a_wider_interval():
    """99 % holds 95 %."""
    narrow, wide = wilson_interval(8, 20), wilson_interval(8, 20, confidence=0.99)
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_at_its_ends_the_share_is_just_not_refuted():
    """The interval is made of the shares that a score test at its level does not refuse."""
    for end in wilson_interval(37, 120):
        assert abs(37 / 120 - end) / np.sqrt(end * (1 - end) / 120) == pytest.approx(1.959964, abs=1e-5)


@pytest.mark.parametrize(("wanting", "asked", "confidence"), [(6, 5, 0.95), (-1, 5, 0.95), (1, 5, 0.0), (1, 5, 95)])
def test_refuses_what_cannot_be(wanting, asked, confidence):
    """More wanting than asked, fewer than none, a confidence that is not a share."""
    with pytest.raises(ValueError, match=r"confidence|asked"):
        wilson_interval(wanting, asked, confidence)
