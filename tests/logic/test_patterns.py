"""Texts made to match a pattern."""

import random
import re

import pytest

from liuwen.logic.drawing_texts import draw
from liuwen.logic.patterns import UnsolvedError, texts_of
from liuwen.logic.text_sets import is_among


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
        "[^a-z0-9甲乙丙]",
        r"^(?=.*[A-Z])(?=.*\d)[A-Za-z\d]{8,12}$",
        r"^(?!000)\d{3}-(?!00)\d{2}$",
        r"^.+(?<!x)$",
        r"^[^@\s]+@[^@\s]+\.[a-z]{2,4}$",
        r"^([01]?[0-9]|2[0-3]):[0-5][0-9]$",
    ],
)
def test_generated_texts_match_the_pattern(pattern):
    """All draws match."""
    assert all(re.search(pattern, draw(texts_of(pattern), random.Random(seed)) or "") is not None for seed in range(50))


@pytest.mark.parametrize("pattern", ["^(?=b)a$", r"[^\w\W]", "/^a+$/"])
def test_patterns_that_nothing_matches_give_none(pattern):
    """A contradiction, no character at all, slashes as in another language."""
    assert draw(texts_of(pattern), random.Random(1)) is None


@pytest.mark.parametrize(
    ("pattern", "inside", "outside"),
    [
        (r"[\p{L} '-]+", "é ñ-ü", "R2D2"),
        (r"\p{Lu}\p{Ll}+", "Àée", "éA"),
        (r"[^\p{L}]+", "123", "12a"),
        (r"\P{L}", "1", "a"),
        (r"\p{IsHan}{2}", "中村", "ab"),
        (r"(?i)[a-c]+", "aBC", "aBd"),
        (r"(?<year>\d{4})", "2026", "26"),
        (r"\Qa.b\E\d", "a.b1", "axb1"),
        (r"[]a]+", "a]", "b"),
        (r"[\w-\.]+", "a-b.c", "a b"),
        (r"\d-\d", "1-2", "1a2"),
        (r"((?!test).*)$", "tes", "test1"),
        (r"x(?=a)[ab]y", "xay", "xby"),
        (r"\d{1,3}(,\d{3})*", "1,234,567", "1,23"),
    ],
)
def test_javas_own_writing_is_read(pattern, inside, outside):
    """Classes, named groups, quotes, flags, looking ahead."""
    assert is_among(texts_of(pattern), inside)
    assert not is_among(texts_of(pattern), outside)


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (r"(a)\1", "refers back"),
        ("(", "cannot be read"),
        (r"\p{Klingon}", "cannot be read"),
        (r"[\w&&[^a]]", "cannot be read"),
        ("a{9999999999}", "cannot be read"),
        ("a{9999}", "too large"),
    ],
)
def test_errors_name_the_unsupported_part_of_a_pattern(pattern, said):
    """A sentence, not silence."""
    with pytest.raises(UnsolvedError) as caught:
        texts_of(pattern)
    assert said in caught.value.sentence.en
