"""A "none" that can be chosen together with something."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]
Words = Callable[..., list[str]]


def test_none_together_with_something_a_refusal_likewise(found: Found) -> None:
    """None together with something; a refusal likewise."""
    form = """
| survey |
| | type | name | label |
| | select_multiple a | q | Q |
| choices |
| | list_name | name | label |
| | a | x | X |
| | a | none | 以上都没有 |
| | a | dk | Don't know |
"""
    assert found("none-not-exclusive", form) == [("warning", 2, "constraint"), ("note", 2, "constraint")]


def test_the_constraint_keeps_it_apart(found: Found) -> None:
    """The constraint keeps it apart."""
    form = """
| survey |
| | type | name | label | constraint |
| | select_multiple a | q | Q | not(selected(., 'none') and count-selected(.) > 1) |
| choices |
| | list_name | name | label |
| | a | x | X |
| | a | none | None of these |
"""
    assert found("none-not-exclusive", form) == []


def test_a_note_that_stops_the_walk_keeps_it_apart(found: Found) -> None:
    """A required note can never be answered; whoever chose both has to go back."""
    form = """
| survey |
| | type | name | label | relevant | required |
| | select_multiple a | q | Q | | |
| | note | stop | Go back | selected(${q}, 'dk') and count-selected(${q}) > 1 | yes |
| choices |
| | list_name | name | label |
| | a | x | X |
| | a | dk | Don't know |
| | a | ref | 9. Prefer not to answer |
"""
    assert found("none-not-exclusive", form) == [("note", 2, "constraint")]


def test_a_label_says_more_than_a_name(found: Found) -> None:
    """A refusal by somebody else, a number that stands for something else; a label in an unknown script says nothing."""
    form = """
| survey |
| | type | name | label |
| | select_multiple a | q | Q |
| choices |
| | list_name | name | label |
| | a | refused | Provider refused |
| | a | 888 | Other |
| | a | 99 | لا أعرف |
"""
    assert found("none-not-exclusive", form) == [("note", 2, "constraint")]


CONSTRAINED = """
| survey |
| | type | name | label | constraint |
| | select_multiple a | q | Q | {constraint} |
| choices |
| | list_name | name | label |
| | a | x | X |
| | a | y | Y |
| | a | none | None of these |
"""


@pytest.mark.parametrize(
    ("constraint", "said"),
    [
        ("selected(., 'none') and count-selected(.) > 1", "wrong way round"),
        ("not(selected(., 'none')) or count-selected(.) > 1", "wrong way round"),
        ("count-selected(.) = 1 or selected(., 'none')", "wrong way round"),
        ("selected(., 'none') and count-selected(.) = 1", "no other choice"),
    ],
)
def test_the_rule_the_wrong_way_round(found: Found, words: Words, constraint: str, said: str) -> None:
    """An error: nobody could give an ordinary answer."""
    form = CONSTRAINED.format(constraint=constraint)
    assert found("none-not-exclusive", form) == [("error", 2, "constraint")]
    assert said in words("none-not-exclusive", form)[0]


@pytest.mark.parametrize(
    "constraint", ["not(selected(., 'none') and count-selected(.) < 1)", "count-selected(.) >= 2 or . = 'none'"]
)
def test_a_constraint_that_names_it_in_vain(found: Found, constraint: str) -> None:
    """As if there were none; that at least two are wanted is no mistake."""
    form = CONSTRAINED.format(constraint=constraint)
    assert found("none-not-exclusive", form) == [("warning", 2, "constraint")]


@pytest.mark.parametrize(
    "constraint",
    [
        "if(selected(., 'none'), count-selected(.) = 1, true())",
        "count-selected(.) = 1 or not(selected(., 'none'))",
        "not(selected(., 'none') and (selected(., 'x') or selected(., 'y')))",
        "count-selected(.) <= 2 and not(selected(., 'none') and count-selected(.) > 1)",
        "(count-selected(.) >= 2 and not(selected(., 'none'))) or . = 'none'",
    ],
)
def test_other_ways_to_keep_it_apart(found: Found, constraint: str) -> None:
    """They are tried, not compared with one pattern."""
    assert found("none-not-exclusive", CONSTRAINED.format(constraint=constraint)) == []
