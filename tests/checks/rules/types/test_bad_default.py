"""A default that the question cannot hold."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_no_choice_no_number_no_date(found: Found) -> None:
    """No choice, no number, no date."""
    form = """
| survey |
| | type | name | label | default |
| | select_one l | a | A | z |
| | integer | b | B | many |
| | date | c | C | 21/11/2026 |
| choices |
| | list_name | name | label |
| | l | x | X |
"""
    assert found("bad-default", form) == [("error", 2, "default"), ("error", 3, "default"), ("error", 4, "default")]


def test_values_that_fit_and_what_is_computed(found: Found) -> None:
    """Values that fit, and what is computed."""
    form = """
| survey |
| | type | name | label | default |
| | select_multiple l | a | A | x y |
| | integer | b | B | -5 |
| | date | c | C | today() |
| | date | d | D | 2026-11-21 |
| choices |
| | list_name | name | label |
| | l | x | X |
| | l | y | Y |
"""
    assert found("bad-default", form) == []
