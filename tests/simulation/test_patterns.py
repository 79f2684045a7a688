"""Texts made to match a pattern."""

import random
import re

import pytest

from liuwen.simulation.patterns import matching


@pytest.mark.parametrize(
    "pattern",
    [
        "^[0-9 +-]{7,16}$",
        r"^(\+86)?1[3-9]\d{9}$",
        "[A-Z]{2}-[0-9]{3}",
        "^(yes|no)$",
        r"\w+@\w+\.(org|cn)",
        "^[^a-c]$",
        "^.{3}$",
        "^村?$",
        "a*?b+?",
        "(?:ab){2,}|c",
        r"[^\d][^a]",
        r"\bx\s\S\W\D",
        "[一-龥]{2,4}",
    ],
)
def test_what_is_made_matches(pattern):
    """For every draw."""
    assert all(re.search(pattern, matching(pattern, random.Random(seed)) or "") is not None for seed in range(50))


@pytest.mark.parametrize("pattern", [r"^(a)\1$", "(", "^a{9999999999}$", "^(?=b)a$", "[^a-z0-9甲乙丙]", r"[^\w\W]"])
def test_what_cannot_be_turned_round_is_left(pattern):
    """Nothing is made rather than something wrong."""
    assert matching(pattern, random.Random(1)) is None
