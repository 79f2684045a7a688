"""A "none" that can be chosen together with something."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


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
