"""A whole expression that is a bare word, a number or a text."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]
Words = Callable[..., list[str]]


SURVEY = """
| survey |
| | type | name | label | {column} |
| | integer | age | Age | |
| | text | b | B | {text} |
"""


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("relevant", "field-list", "appearance"),
        ("relevant", "list-nolabel", "appearance column"),
        ("relevant", "demo", "never true"),
        ("relevant", "FALSE", "false()"),
        ("relevant", "age", "${age}"),
        ("relevant", "18", "always true"),
        ("relevant", "'yes'", "always true"),
        ("relevant", "''", "never true"),
        ("constraint", "10", "always true"),
        ("constraint", "-5", "always true"),
        ("constraint", "0 - 120", ". >= 0 and . <= 120"),
        ("relevant", "today", "today()"),
        ("repeat_count", "'three'", "0 times"),
        ("calculation", "age", "${age}"),
        ("calculation", "Ethiopia", "'Ethiopia'"),
    ],
)
def test_the_word_is_named_with_its_remedy(found: Found, words: Words, column: str, text: str, said: str) -> None:
    """An error at the cell that says what the word was taken for."""
    form = SURVEY.format(column=column, text=text)
    assert found("lone-word", form) == [("error", 3, column)]
    assert said in words("lone-word", form)[0]


@pytest.mark.parametrize(
    ("column", "text"), [("relevant", "1"), ("relevant", "true()"), ("calculation", "5"), ("default", "word")]
)
def test_intended_values_are_accepted(found: Found, column: str, text: str) -> None:
    """0 and 1, fixed values of calculations, plain defaults."""
    assert found("lone-word", SURVEY.format(column=column, text=text)) == []


def test_a_word_as_instance_name(found: Found) -> None:
    """Every submission would have a blank name."""
    form = """
| survey |
| | type | name | label |
| | text | a | A |
| settings |
| | form_id | instance_name |
| | f | a |
"""
    assert found("lone-word", form) == [("error", 2, "instance_name")]


def test_a_column_of_flags_may_filter(found: Found) -> None:
    """In a choice filter a bare word is a column of the choices."""
    form = """
| survey |
| | type | name | label | choice_filter |
| | select_one l | a | A | open |
| choices |
| | list_name | name | label | open |
| | l | x | X | true |
"""
    assert found("lone-word", form) == []
