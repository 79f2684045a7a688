"""A condition under which the question is never asked."""

from collections.abc import Callable

import pytest

Words = Callable[[str, str], list[str]]
Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_contradiction_with_the_group_around_it_and_with_the_question_s_own_b(found: Found, words: Words) -> None:
    """A contradiction, with the group around it, and with the question's own bounds."""
    form = """
| survey |
| | type | name | label | relevant | constraint |
| | integer | age | Age | | . >= 0 and . <= 120 |
| | text | a | A | ${age} < 5 and ${age} > 60 | |
| | begin group | g | G | ${age} > 60 | |
| | text | b | B | ${age} < 18 | |
| | end group | | | | |
| | text | c | C | ${age} > 130 | |
"""
    assert found("never-relevant", form) == [("error", 3, "relevant"), ("error", 5, "relevant"), ("error", 7, "relevant")]
    assert ["group" in said for said in words("never-relevant", form)] == [False, True, False]


def test_groups_switched_off_on_purpose_are_noted_once(found: Found) -> None:
    """A group with relevant false() is noted; its questions are not reported again."""
    form = """
| survey |
| | type | name | label | relevant |
| | begin group | g | G | false() |
| | text | a | A | 1 = 2 |
| | end group | | | |
"""
    assert found("never-relevant", form) == [("note", 2, "relevant")]


def test_blank_answers_and_several_choices_are_possible(found: Found) -> None:
    """Blank answers and several choices are possible."""
    form = """
| survey |
| | type | name | label | relevant |
| | integer | age | Age | |
| | select_multiple l | m | M | |
| | text | a | A | ${age} = '' or ${age} > 60 |
| | text | b | B | selected(${m}, 'x') and selected(${m}, 'y') |
| choices |
| | list_name | name | label |
| | l | x | X |
| | l | y | Y |
"""
    assert found("never-relevant", form) == []


def test_a_text_may_spell_any_number(found: Found) -> None:
    """Phones read "7" and "5.5" as numbers where a text is compared with one; no text is above 9 and below 5."""
    form = """
| survey |
| | type | name | label | relevant |
| | text | code | Code | |
| | text | a | A | ${code} > 5 |
| | text | b | B | ${code} > 5 and ${code} < 6 |
| | text | c | C | ${code} > 9 and ${code} < 5 |
"""
    assert found("never-relevant", form) == [("error", 5, "relevant")]


def test_a_whole_number_and_a_half_step_may_lie_between_two_others(found: Found) -> None:
    """3 lies between 2.5 and 3.5, and 1.5 is a step of 0.5; between 2 and 3 lies no whole number."""
    form = """
| survey |
| | type | name | label | parameters | relevant |
| | integer | n | N | | |
| | range | r | R | start=0 end=5 step=0.5 | |
| | text | a | A | | ${n} > 2.5 and ${n} < 3.5 |
| | text | b | B | | ${r} > 1.2 and ${r} < 1.8 |
| | text | c | C | | ${n} > 2 and ${n} < 3 |
"""
    assert found("never-relevant", form) == [("error", 6, "relevant")]


def test_another_spelling_of_a_number_is_another_text(found: Found) -> None:
    """Phones take "05" for 5 and not for '5'; '1' is never '01', and no order holds for the full-width '１２'."""
    form = """
| survey |
| | type | name | label | relevant |
| | text | code | Code | |
| | select_one l | one | One | |
| | text | a | A | ${code} = 5 and ${code} != '5' |
| | text | b | B | ${code} = '1' and ${code} = '01' |
| | text | c | C | ${code} = '１２' and ${code} > 5 |
| | text | d | D | ${one} > 5 and ${one} = '１２' |
| choices |
| | list_name | name | label |
| | l | 1 | 1 |
| | l | １２ | 12 |
"""
    assert found("never-relevant", form) == [("error", 5, "relevant"), ("error", 6, "relevant"), ("error", 7, "relevant")]


def test_codes_lie_between_two_numbers_in_a_long_list(found: Found) -> None:
    """Of 90 codes, those between 100 and 110 are neither the first nor the last; none lies above 200."""
    rows = "".join(f"| | l | {code} | Place {code} |\n" for code in range(60, 150))
    form = f"""
| survey |
| | type | name | label | relevant |
| | select_one l | place | Place | |
| | text | a | A | ${{place}} > 100 and ${{place}} < 110 |
| | text | b | B | ${{place}} > 200 |
| choices |
| | list_name | name | label |
{rows}"""
    assert found("never-relevant", form) == [("error", 4, "relevant")]


def test_a_day_has_an_order_and_its_text_has_none(found: Found) -> None:
    """Phones compare days by = with texts, and by < only with date('…')."""
    form = """
| survey |
| | type | name | label | relevant |
| | date | day | Day | |
| | text | a | A | ${day} = '2026-03-01' |
| | text | b | B | ${day} > date('2026-03-01') |
| | text | c | C | ${day} > '2026-03-01' |
| | text | d | D | ${day} = '2026-3-1' |
"""
    assert found("never-relevant", form) == [("error", 5, "relevant"), ("error", 6, "relevant")]


@pytest.mark.parametrize(
    ("relevant", "never"),
    [
        ("${steps} > 10", True), ("${steps} < 0", True), ("${steps} >= 10", False), ("${steps} = 3", True),
        ("${steps} mod 2 = 1", False),
        ("count-selected(${needs}) > 2", True),
        ("count-selected(${needs}) = 2", False), ("count-selected(${other}) = 3", False),
    ],
)  # fmt: skip
def test_a_range_has_an_end_and_a_list_so_many_choices(found: Found, relevant: str, never: bool) -> None:
    """Beyond them nothing can be answered; `or_other` adds a choice."""
    form = f"""
| survey |
| | type | name | label | relevant | parameters |
| | range | steps | Steps | | start=0 end=10 step=2 |
| | select_multiple need | needs | Needs | | |
| | select_multiple more or_other | other | Others | | |
| | text | a | A | {relevant} | |
| choices |
| | list_name | name | label |
| | need | x | X |
| | need | y | Y |
| | more | x | X |
| | more | y | Y |
"""
    assert found("never-relevant", form) == ([("error", 5, "relevant")] if never else [])


def test_or_other_adds_its_choice_for_all_who_use_the_list(found: Found) -> None:
    """Pyxform adds it to the list, so that another question of the same list offers it too."""
    form = """
| survey |
| | type | name | label | relevant |
| | select_multiple need | needs | Needs | |
| | select_one need or_other | main | Main | |
| | text | a | A | count-selected(${needs}) = 3 |
| | text | b | B | selected(${needs}, 'other') |
| choices |
| | list_name | name | label |
| | need | x | X |
| | need | y | Y |
"""
    assert found("never-relevant", form) == found("value-not-in-list", form) == []
