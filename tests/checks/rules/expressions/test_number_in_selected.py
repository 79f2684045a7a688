"""A number given to selected(), where phones take nothing but a text."""

from collections.abc import Callable

import pytest

from liuwen.engine import interview
from liuwen.errors import EngineError
from liuwen.form import Form

FORM = """
| survey |
| | type | name | label | relevant | constraint |
| | integer | n | N | | |
| | select_multiple l | a | A | | {constraint} |
| | text | b | B | {relevant} | |
| choices |
| | list_name | name | label |
| | l | 1 | One |
"""
Found = Callable[..., list[tuple[str, int | None, str | None]]]


@pytest.mark.parametrize("number", ["1", "-99", "${n}"])
def test_a_number_wherever_it_stands(found: Found, number: str) -> None:
    """Behind an `and`, in a constraint, with its sign, and as the answer to another question."""
    form = FORM.format(relevant=f"${{n}} = 1 and selected(${{a}}, {number})", constraint=f"not(selected(., {number}))")
    assert found("number-in-selected", form) == [("error", 3, "constraint"), ("error", 4, "relevant")]


@pytest.mark.parametrize("text", ["'1'", "string(${n})", "${b}"])
def test_a_text_is_what_it_takes(found: Found, text: str) -> None:
    """In quotes, made into one, or the answer to a question in words."""
    assert found("number-in-selected", FORM.format(relevant="", constraint=f"not(selected(., {text}))")) == []


@pytest.mark.parametrize(("number", "goes_on"), [("1", False), ("${n}", False), ("string(${n})", True), ("'2'", True)])
def test_the_phone_stops_there(form_of: Callable[..., Form], number: str, goes_on: bool) -> None:
    """What is called an error here stops JavaRosa, and what is advised does not."""
    walk = interview(form_of(FORM.format(relevant=f"${{n}} = 2 and selected(${{a}}, {number})", constraint="")))
    if goes_on:
        assert walk.answer(2).answer(["1"]).question is None
    else:
        with pytest.raises(EngineError):
            walk.answer(2).answer(["1"])
