"""required, read_only or disabled with a word that is neither yes nor no."""

from collections.abc import Callable

import pytest

from liuwen.engine import interview
from liuwen.form import read_form

Found = Callable[..., list[tuple[str, int | None, str | None]]]


SURVEY = """
| survey |
| | type | name | label | {column} |
| | text | a | A | {text} |
"""


@pytest.mark.parametrize("text", ["oui", "sim", "ja", "si", "sí", "是", "必填", "x", "✓", "√", "y", "T", "yEs", "required", "*"])
@pytest.mark.parametrize("column", ["required", "read_only"])
def test_a_word_that_means_yes_has_no_effect(found: Found, column: str, text: str) -> None:
    """An error at the cell, and only one."""
    form = SURVEY.format(column=column, text=text)
    assert found("not-yes-or-no", form) == [("error", 2, column)]
    assert found("expression-syntax", form) == []


@pytest.mark.parametrize("text", ["non", "nein", "否", "n"])
def test_a_word_that_means_no_works_by_accident(found: Found, text: str) -> None:
    """A warning."""
    assert found("not-yes-or-no", SURVEY.format(column="required", text=text)) == [("warning", 2, "required")]


def test_quotes_make_yes_of_no(found: Found) -> None:
    """What is not empty is true."""
    assert found("not-yes-or-no", SURVEY.format(column="required", text="'no'")) == [("error", 2, "required")]
    assert found("not-yes-or-no", SURVEY.format(column="required", text="'yes'")) == [("warning", 2, "required")]


@pytest.mark.parametrize("text", ["yes", "Yes", "NO", "TRUE", "true()", "false()", "1", "${a} = 'x'", "../b = 1"])
def test_values_that_phones_understand_are_accepted(found: Found, text: str) -> None:
    """In any capitals that pyxform knows; conditions too."""
    assert found("not-yes-or-no", SURVEY.format(column="required", text=text)) == []


def test_settings_too(found: Found) -> None:
    """A setting that takes yes or no."""
    form = """
| survey |
| | type | name | label |
| | text | a | A |
| settings |
| | form_id | allow_choice_duplicates |
| | f | oui |
"""
    assert found("not-yes-or-no", form) == [("warning", 2, "allow_choice_duplicates")]


@pytest.mark.parametrize(
    ("required", "said"),
    [("2", True), ("0.5", True), ("2 - 2", True), ("string-length('a')", True), ("not(true())", True)]
    + [(fine, False) for fine in ("1", "0", "true()", "false()", "yes", "${a} > 1", "1 = 1")],
)
def test_a_fixed_value_other_than_yes_and_no(found: Found, required: str, said: bool) -> None:
    """0, 1, true() and false() are known ways to say it."""
    form = f"| survey |\n| | type | name | label | required |\n| | integer | a | A | |\n| | text | b | B | {required} |"
    assert found("not-yes-or-no", form) == ([("warning", 3, "required")] if said else [])


@pytest.mark.parametrize(
    ("required", "fault"),
    [("if(${n} > 1, 'yes', 'no')", True), ("${n} > 1 or ${n} <= 1 or ${n} = ''", True), ("if(${n} > 1, 1, 0)", False)],
)
def test_a_condition_that_comes_to_one_value(found: Found, required: str, *, fault: bool) -> None:
    """The text 'no' is as true as 'yes'."""
    form = f"| survey |\n| | type | name | label | required |\n| | integer | n | N | |\n| | text | a | A | {required} |"
    assert found("not-yes-or-no", form) == ([("warning", 3, "required")] if fault else [])
    assert interview(read_form(form.encode())).answer(1).question.required == fault
