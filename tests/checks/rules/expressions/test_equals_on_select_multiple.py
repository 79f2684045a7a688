"""`=` used on a question with several answers."""

from collections.abc import Callable

import pytest

from liuwen.engine import interview
from liuwen.form import read_form

Found = Callable[..., list[tuple[str, int | None, str | None]]]
Words = Callable[..., list[str]]


def test_both_ways_round(found: Found) -> None:
    """Both ways round."""
    form = """
| survey |
| | type | name | label | relevant |
| | select_multiple l | m | M | |
| | text | b | B | ${m} = 'x' |
| | text | c | C | 'x' != ${m} |
| | text | d | D | string(${m}) = 'x' |
| choices |
| | list_name | name | label |
| | l | x | X |
| | l | y | Y |
"""
    assert found("equals-on-select-multiple", form) == [("warning", row, "relevant") for row in (3, 4, 5)]


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


def test_the_remedy_negates_an_inequality(words: Callable[..., list[str]]) -> None:
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


FILTERED = """
| survey |
| | type | name | label | choice_filter |
| | select_multiple r | regions | Regions | |
| | select_one d | district | District | {filter} |
| | hidden | before | | |
| choices |
| | list_name | name | label | r |
| | r | n | North | |
| | d | d1 | D1 | n |
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("r=${regions}", "selected(${regions}, r)"),
        ("${regions} = r and 1 = 1", "selected(${regions}, r)"),
        ("r != ${regions}", "not(selected(${regions}, r))"),
    ],
)
def test_in_a_filter(found: Found, words: Words, text: str, said: str) -> None:
    """The parent allows several answers."""
    form = FILTERED.format(filter=text)
    assert found("equals-on-select-multiple", form) == [("warning", 3, "choice_filter")]
    assert said in words("equals-on-select-multiple", form)[0]


@pytest.mark.parametrize(
    "text", ["selected(${regions}, r)", "${regions} = ${last-saved#regions}", "${regions} != ${before}", "r != ''"]
)
def test_valid_choice_filters_are_accepted(found: Found, text: str) -> None:
    """Whole answers may be compared with whole answers."""
    assert found("equals-on-select-multiple", FILTERED.format(filter=text)) == []


def test_each_choice_of_a_text_is_asked_for(words: Callable[..., list[str]]) -> None:
    """`selected(${q}, 'a b')` would never be true."""
    form = """
| survey |
| | type | name | label | relevant |
| | select_multiple a | q | Q | |
| | text | t | T | ${q} = 'a b' |
| choices |
| | list_name | name | label |
| | a | a | A |
| | a | b | B |
"""
    assert "write selected(${q}, 'a') and selected(${q}, 'b')." in words("equals-on-select-multiple", form)[0]


def test_selected_the_wrong_way_round(found: Found, words: Words) -> None:
    """The choice first and the question second asks whether this one alone was taken; of one answer it may be meant so."""
    form = """
| survey |
| | type | name | label | relevant |
| | select_multiple l | m | M | |
| | select_one l | o | O | |
| | text | b | B | selected('x', ${m}) |
| | text | c | C | selected('x y', ${o}) |
| choices |
| | list_name | name | label |
| | l | x | X |
| | l | y | Y |
"""
    assert found("equals-on-select-multiple", form) == [("warning", 4, "relevant")]
    assert "selected(${m}, 'x')" in words("equals-on-select-multiple", form)[0]


def test_selected_the_wrong_way_round_in_a_filter(found: Found, words: Words) -> None:
    """A column of the choices stands for the choice."""
    form = """
| survey |
| | type | name | label | choice_filter |
| | select_multiple l | m | M | |
| | select_one l | o | O | selected(name, ${m}) |
| | select_one l | p | P | selected(${m}, name) |
| choices |
| | list_name | name | label |
| | l | x | X |
| | l | y | Y |
"""
    assert found("equals-on-select-multiple", form) == [("warning", 3, "choice_filter")]
    assert "selected(${m}, name)" in words("equals-on-select-multiple", form)[0]


@pytest.mark.parametrize(("relevant", "fault"), [("${a} > 1", True), ("${a} >= 2", True), ("count-selected(${a}) > 1", False)])
def test_how_many_are_selected(found: Found, relevant: str, *, fault: bool) -> None:
    """Words are never more than a number."""
    form = f"""
| survey |
| | type | name | label | relevant |
| | select_multiple l | a | A | |
| | text | b | B | {relevant} |
| choices |
| | list_name | name | label |
| | l | x | X |
| | l | y | Y |
"""
    assert found("equals-on-select-multiple", form) == ([("error", 3, "relevant")] if fault else [])
    assert found("value-not-in-list", form) == []
    assert interview(read_form(form.encode())).answer(["x", "y"]).asks("b") != fault
