"""A choice filter that leaves some answer with no choice at all."""

from collections.abc import Callable

import pytest

from liuwen.engine import interview
from liuwen.form import read_form

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_town_without_villages(found: Found) -> None:
    """A town without villages."""
    form = """
| survey |
| | type | name | label | choice_filter |
| | select_one town | t | T | |
| | select_one village | v | V | town = ${t} |
| choices |
| | list_name | name | label | town |
| | town | east | East | |
| | town | west | West | |
| | village | a | A | east |
"""
    assert found("filter-leaves-nothing", form) == [("warning", 3, "choice_filter")]


@pytest.mark.parametrize(("relevant", "fault"), [("${t} = 'east'", False), ("${t} != ''", True)])
def test_only_what_may_be_asked_needs_choices(found: Found, relevant: str, fault: bool) -> None:
    """The village is not asked in the west."""
    form = f"""
| survey |
| | type | name | label | choice_filter | relevant |
| | select_one town | t | T | | |
| | select_one village | v | V | town = ${{t}} | {relevant} |
| choices |
| | list_name | name | label | town |
| | town | east | East | |
| | town | west | West | |
| | village | a | A | east |
"""
    assert bool(found("filter-leaves-nothing", form)) == fault


def test_every_town_has_one_who_does_not_know_needs_none(found: Found) -> None:
    """Every town has one; who does not know needs none."""
    form = """
| survey |
| | type | name | label | choice_filter |
| | select_one town | t | T | |
| | select_one village | v | V | ${t} = town |
| choices |
| | list_name | name | label | town |
| | town | east | East | |
| | town | dk | Don't know | |
| | village | a | A | east |
"""
    assert found("filter-leaves-nothing", form) == []


@pytest.mark.parametrize("fault", ["kind = 'shcool'", "kind = 'shcool' and name != 'a'", "'shcool' = kind", "false()", "1 > 2"])
@pytest.mark.parametrize("fine", ["kind = 'school'", "kind = 'shcool' or name = 'a'", "true()", "kind != 'shcool'"])
def test_a_filter_that_no_choice_passes(found: Found, fault: str, fine: str) -> None:
    """A value that no choice has, or a filter that is never true."""
    form = """
| survey |
| | type | name | label | choice_filter |
| | select_one place | p | P | {text} |
| choices |
| | list_name | name | label | kind |
| | place | a | A | school |
"""
    assert found("filter-leaves-nothing", form.format(text=fault)) == [("error", 2, "choice_filter")]
    assert found("filter-leaves-nothing", form.format(text=fine)) == []


def test_two_columns_that_no_choice_has_together(found: Found) -> None:
    """Each value is in its column, but not in one row."""
    form = """
| survey |
| | type | name | label | choice_filter |
| | select_one place | a | A | town = 'east' and kind = 'farm' |
| | select_one place | b | B | town = 'east' and kind = 'shop' |
| | select_one place | c | C | name = 'x' and name = 'y' |
| choices |
| | list_name | name | label | town | kind |
| | place | x | X | east | shop |
| | place | y | Y | west | farm |
"""
    assert found("filter-leaves-nothing", form) == [("error", 2, "choice_filter"), ("error", 4, "choice_filter")]


def test_an_answer_of_its_own_or_a_number_for_words(found: Found) -> None:
    """The first is blank as long as nothing is offered; the second equals no word."""
    form = """
| survey |
| | type | name | label | choice_filter |
| | integer | age | Age | |
| | select_one place | a | A | town = ${a} |
| | select_one place | b | B | town = ${age} |
| | select_one place | c | C | floor = ${age} |
| choices |
| | list_name | name | label | town | floor |
| | place | x | X | east | 1 |
| | place | y | Y | west | 2 |
"""
    assert found("filter-leaves-nothing", form) == [("error", 3, "choice_filter"), ("error", 4, "choice_filter")]


@pytest.mark.parametrize(
    ("choice_filter", "offered"),
    [
        ("town = ${t}", True),
        ("town = /data/t", True),
        ("town = current()/../t", True),
        ("town = ../t", False),
        ("../t = town", False),
        ("town = .", False),
    ],
)
def test_a_path_that_starts_at_the_choice(found: Found, choice_filter: str, *, offered: bool) -> None:
    """In a filter, `.` is the choice: what leads from there to no question is empty."""
    form = f"""
| survey |
| | type | name | label | choice_filter |
| | select_one town | t | T | |
| | select_one village | v | V | {choice_filter} |
| choices |
| | list_name | name | label | town |
| | town | east | East | |
| | village | a | A | east |
"""
    assert found("filter-leaves-nothing", form) == ([] if offered else [("error", 3, "choice_filter")])
    walk = interview(read_form(form.encode())).answer("east")
    assert walk.question is not None
    assert bool(walk.question.choices) == offered
