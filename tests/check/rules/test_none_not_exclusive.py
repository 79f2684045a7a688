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
