"""Sets of texts and their derivatives."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuwen.logic.drawing_texts import TooManyError, draw
from liuwen.logic.text_sets import (
    ANYTHING,
    BLANK,
    NOTHING,
    Characters,
    both,
    either,
    is_among,
    literal,
    repeated,
    sequence,
    without,
)

AB = Characters(frozenset("ab"))


def texts_over_ab():
    """Sets made of a few letters by every operation."""
    leaves = st.sampled_from([BLANK, NOTHING, ANYTHING, AB, literal("a"), literal("ba")])
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(st.sampled_from([sequence, either, both]), inner, inner).map(lambda each: each[0](each[1], each[2])),
            inner.map(without),
            st.tuples(inner, st.integers(0, 2), st.integers(2, 3)).map(lambda each: repeated(*each)),
        ),
        max_leaves=5,
    )


@given(texts_over_ab(), texts_over_ab(), st.text("ab", max_size=5))
def test_operations_mean_what_they_say(one, other, text):
    """A union, an intersection and a complement, text by text."""
    here, there = is_among(one, text), is_among(other, text)
    assert is_among(either(one, other), text) == (here or there)
    assert is_among(both(one, other), text) == (here and there)
    assert is_among(without(one), text) != here
    assert is_among(sequence(one, other), text) == any(
        is_among(one, text[:cut]) and is_among(other, text[cut:]) for cut in range(len(text) + 1)
    )


@given(texts_over_ab(), st.integers(0, 1000))
def test_drawn_texts_belong_to_the_set(one, seed):
    """An empty set gives None."""
    drawn = draw(one, random.Random(seed))
    if drawn is None:
        assert not any(is_among(one, text) for text in ("", "a", "b", "ab", "ba", "aa", "bb", "bba"))
    else:
        assert is_among(one, drawn)


def test_a_set_with_too_many_states_is_left():
    """Rather than searched for minutes."""
    texts = both(*(sequence(ANYTHING, sequence(literal(letter), repeated(AB, 40, 40))) for letter in "ab"))
    with pytest.raises(TooManyError):
        draw(texts, random.Random(1))
