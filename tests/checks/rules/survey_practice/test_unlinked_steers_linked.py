"""A section that is kept apart from the household, and yet shows in the household's other answers."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]
Words = Callable[..., list[str]]

RULE = "unlinked-steers-linked"
HEADER = "| | type | name | label | {column} | note |\n"
SECTION = """| | select_one yn | consent | May we? | | |
| | begin group | appraisal | Appraisal | {inside} | liuwen: unlinked |
| | select_one yn | able | Are they able? | | |
| | begin repeat | officer | Officers | | |
| | text | who | Which office? | | |
| | end repeat | | | | |
| | end group | | | | |
"""
CHOICES = "| choices |\n| | list_name | name | label |\n| | yn | yes | Yes |\n| | yn | no | No |\n"


def form_with(row: str, column: str, *, inside: str = "", more: str = "") -> str:
    """A form with the section, and one more row whose fifth cell is `column`'s."""
    return f"| survey |\n{HEADER.format(column=column)}{SECTION.format(inside=inside)}{row}\n{CHOICES}{more}"


@pytest.mark.parametrize(
    ("column", "row"),
    [
        ("relevant", "| | text | why | Why? | ${able} = 'no' | |"),
        ("relevant", "| | text | why | Why? | ${appraisal}/able = 'no' | |"),
        ("relevant", "| | text | why | Why? | /data/appraisal/able = 'no' | |"),
        ("relevant", "| | text | why | Why? | ../appraisal/able = 'no' | |"),
        ("relevant", "| | text | why | Why? | count(${officer}) > 1 | |"),
        ("relevant", "| | text | why | Why? | ${last-saved#able} = 'no' | |"),
        ("calculation", "| | calculate | copied | | ${able} | |"),
        ("constraint", "| | integer | why | Why? | . > 1 or ${able} = 'no' | |"),
        ("required", "| | text | why | Why? | ${able} = 'no' | |"),
        ("read_only", "| | text | why | Why? | ${able} = 'no' | |"),
        ("choice_filter", "| | select_one yn | why | Why? | name != ${able} | |"),
        ("default", "| | text | why | Why? | ${able} | |"),
        ("trigger", "| | calculate | why | | ${able} | |"),
        ("repeat_count", "| | begin repeat | why | Why? | ${able} | |\n| | text | x | X | | |\n| | end repeat | | | | |"),
        ("hint", "| | text | why | Why? | You said ${able} | |"),
        ("constraint_message", "| | text | why | Why? | You said ${able} | |"),
    ],
)
def test_a_linked_question_that_it_steers(found: Found, column: str, row: str) -> None:
    """At the cell, whatever the column and however the answer is reached."""
    assert found(RULE, form_with(row, column)) == [("error", 9, column)]


def test_a_label_that_repeats_an_answer(found: Found) -> None:
    """And a choice's label, where a linked question offers it."""
    assert found(RULE, form_with("| | note | told | You said ${able}. | | |", "relevant")) == [("error", 9, "label")]
    labelled = form_with("| | select_one other | a | A? | | |", "relevant", more="| | other | x | Like ${able} |\n")
    assert found(RULE, labelled) == [("error", 4, "label")]


def test_a_select_from_a_repeat_of_the_section(found: Found) -> None:
    """What is chosen from are the answers given there."""
    assert found(RULE, form_with("| | select_one ${who} | one | Which? | | |", "relevant")) == [("error", 9, "type")]


def test_a_way_through_calculations_is_found_where_it_leaves_the_section(found: Found) -> None:
    """The calculation that copies the answer is at fault; a calculation within the section that is read outside is one too."""
    copied = "| | calculate | copied | | | |\n| | text | why | Why? | ${copied} = 'no' | |"
    form = form_with(copied, "relevant").replace("copied | | | |", "copied | | ${able} = 'no' | |")
    assert found(RULE, form) == [("error", 9, "relevant")]
    within = form_with("| | text | why | Why? | ${low} = 1 | |", "relevant").replace(
        "| | begin repeat | officer", "| | calculate | low | | ${able} | |\n| | begin repeat | officer"
    )
    assert found(RULE, within) == [("error", 10, "relevant")]


def test_the_name_of_the_submission_and_of_entities(found: Found) -> None:
    """They stand on the phone, in lists and beside the household."""
    settings = "| settings |\n| | form_id | instance_name |\n| | visit | concat(${able}, 1) |\n"
    assert found(RULE, form_with("", "relevant", more=settings)) == [("error", 2, "instance_name")]
    entities = "| entities |\n| | list_name | label |\n| | households | ${able} |\n"
    assert found(RULE, form_with("", "relevant", more=entities)) == [("error", 2, "label")]


def test_an_answer_of_the_section_saved_to_an_entity(found: Found) -> None:
    """The entity is the household's."""
    form = form_with("", "save_to").replace("| | text | who | Which office? | | |", "| | text | who | Which office? | who | |")
    assert found(RULE, form) == [("error", 6, "save_to")]


def test_the_household_may_steer_the_section_and_the_section_itself(found: Found) -> None:
    """That reveals nothing: the section's rows have no key."""
    form = form_with("| | text | why | Why? | ${consent} = 'yes' | |", "relevant", inside="${consent} = 'yes'").replace(
        "| | text | who | Which office? | | |", "| | text | who | Which office, ${consent}? | ${able} = 'no' | |"
    )
    assert found(RULE, form) == []
    assert found(RULE, form.replace("liuwen: unlinked", "")) == []


def test_the_message_names_the_question_and_its_section(words: Words) -> None:
    """It names what is used and the section it belongs to."""
    (said,) = words(RULE, form_with("| | text | why | Why? | ${able} = 'no' | |", "relevant"))
    assert "“able”" in said and "“appraisal”" in said and "Take the reference out" in said
