"""Colours that can be read."""

import pytest

from liuwen.charts.theme import INK, MUTED, PAPER, WITHHELD, WITHHELD_INK, colour, contrast, ink_on


@pytest.mark.parametrize("part", [step / 40 for step in range(41)])
def test_the_words_on_every_shade_can_be_read(part):
    """At least 4.5 to 1 (WCAG AA)."""
    shade = colour(part)
    assert contrast(ink_on(shade), shade) >= 4.5


@pytest.mark.parametrize(("ink", "ground"), [(INK, PAPER), (MUTED, PAPER), (WITHHELD_INK, WITHHELD)])
def test_other_words_can_be_read(ink, ground):
    """Plain text, notes, and what is withheld."""
    assert contrast(ink, ground) >= 4.5


def test_the_scale_darkens_all_the_way():
    """More is darker, so that grey print and any eye see the same order."""
    lightness = [contrast(colour(step / 20), "#000000") for step in range(21)]
    assert lightness == sorted(lightness, reverse=True)
