"""A ${name} without its closing brace, or with a space in it."""

from collections.abc import Callable

import pytest

from liuwen.engine import interview
from liuwen.form import read_form

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_brace_is_missing_or_a_space_is_there(found: Found) -> None:
    """A brace is missing, or a space is there."""
    form = """
| survey |
| | type | name | label |
| | text | a | A |
| | text | b | Is ${a well? |
| | text | c | And ${ a }? |
"""
    assert found("broken-reference", form) == [("error", 3, "label"), ("error", 4, "label")]


def test_amounts_in_dollars_are_not_references(found: Found) -> None:
    """$100 is not a reference."""
    form = """
| survey |
| | type | name | label |
| | text | a | Over $100 ({net})? |
"""
    assert found("broken-reference", form) == []


@pytest.mark.parametrize("mark", ["{a}", "{{a}}", "$a", "#{a}", "$(a)"])
def test_a_reference_without_its_dollar_or_braces(found: Found, mark: str) -> None:
    """Phones show it as it stands; a word in braces that is no question is left alone."""
    form = f"| survey |\n| | type | name | label |\n| | text | a | A |\n| | text | b | Is {mark} well? |"
    assert found("broken-reference", form) == [("warning", 3, "label")]
    assert interview(read_form(form.encode())).answer("Anna").question.label == f"Is {mark} well?"
    assert found("broken-reference", form.replace(mark, mark.replace("a", "well"))) == []
