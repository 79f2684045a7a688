"""`=` used on a question with several answers."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_both_ways_round(found: Found) -> None:
    """Both ways round."""
    form = """
| survey |
| | type | name | label | relevant |
| | select_multiple l | m | M | |
| | text | b | B | ${m} = 'x' |
| | text | c | C | 'x' != ${m} |
| choices |
| | list_name | name | label |
| | l | x | X |
| | l | y | Y |
"""
    assert found("equals-on-select-multiple", form) == [("warning", 3, "relevant"), ("warning", 4, "relevant")]


def test_selected_a_blank_and_a_value_that_cannot_be_chosen_with_others(found: Found) -> None:
    """selected(), a blank, and a value that cannot be chosen with others."""
    form = """
| survey |
| | type | name | label | relevant | constraint |
| | select_multiple l | m | M | | . = 'x' or not(selected(., 'x')) |
| | text | b | B | selected(${m}, 'y') and ${m} != '' | |
| | text | c | C | ${m} = 'x' | |
| choices |
| | list_name | name | label |
| | l | x | X |
| | l | y | Y |
"""
    assert found("equals-on-select-multiple", form) == []


def test_the_opposite_is_said_as_the_opposite(words: Callable[..., list[str]]) -> None:
    """`!=` becomes not(selected(…))."""
    form = """
| survey |
| | type | name | label | relevant |
| | select_multiple l | a | A | |
| | text | b | B | ${a} != 'x' |
| choices |
| | list_name | name | label |
| | l | x | X |
| | l | y | Y |
"""
    (said,) = words("equals-on-select-multiple", form)
    assert said.endswith("write not(selected(${a}, 'x')).")
