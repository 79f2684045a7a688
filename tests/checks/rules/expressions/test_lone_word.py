"""A whole expression that is a bare word, a number or a text."""

from collections.abc import Callable

import pytest

from liuwen.engine import interview
from liuwen.form import read_form

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
        ("relevant", "nO", "false()"),
        ("relevant", "age", "${age}"),
        ("relevant", "18", "always true"),
        ("relevant", "'yes'", "always true"),
        ("relevant", "''", "never true"),
        ("constraint", "10", "always true"),
        ("constraint", "-5", "always true"),
        ("constraint", "0 - 120", ". >= 0 and . <= 120"),
        ("relevant", "today", "today()"),
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
    ("column", "text"),
    [
        ("relevant", "1"),
        ("relevant", "true()"),
        ("relevant", "TRUE"),
        ("relevant", "no"),
        ("constraint", "Yes"),
        ("calculation", "5"),
        ("calculation", "TRUE"),
        ("default", "word"),
    ],
)
def test_intended_values_are_accepted(found: Found, column: str, text: str) -> None:
    """0 and 1, yes and no, fixed values of calculations, plain defaults."""
    assert found("lone-word", SURVEY.format(column=column, text=text)) == []


def test_a_text_as_a_count(found: Found, words: Words) -> None:
    """It is no number."""
    form = """
| survey |
| | type | name | label | repeat_count |
| | begin repeat | r | R | 'three' |
| | text | a | A | |
| | end repeat | | | |
"""
    assert found("lone-word", form) == [("error", 2, "repeat_count")]
    assert "0 times" in words("lone-word", form)[0]


def test_yes_and_no_are_conditions_and_no_values(found: Found, words: Words) -> None:
    """pyxform writes true() and false() for them: what is switched off is not asked, and what is calculated is 1 or 0."""
    form = """
| survey |
| | type | name | label | relevant | calculation |
| | calculate | kept | | | yes |
| | text | off | Off | FALSE | |
| | text | on | On | yes | |
"""
    walk = interview(read_form(form.encode()))
    assert (walk.value("kept"), walk.asks("off"), walk.asks("on")) == ("1", False, True)
    assert found("lone-word", form) == [("error", 2, "calculation")]
    assert "“1” and not “yes”" in words("lone-word", form)[0]


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


@pytest.mark.parametrize(
    ("name", "fault"), [("'Household'", True), ("7", True), ("concat('Household ', ${a})", False), ("today()", False)]
)
def test_a_name_that_all_have(found: Found, name: str, *, fault: bool) -> None:
    """Nobody can tell the submissions, or the rows of a list, apart."""
    form = f"""
| survey |
| | type | name | label | save_to |
| | text | a | A | called |
| entities |
| | list_name | label |
| | h | {name} |
| settings |
| | form_id | instance_name |
| | f | {name} |
"""
    assert found("lone-word", form) == ([("warning", 2, "instance_name"), ("warning", 2, "label")] if fault else [])
