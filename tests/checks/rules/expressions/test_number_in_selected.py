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


ANSWERS = """
| survey |
| | type | name | label | parameters | calculation | relevant |
| | {kind} | q | Q | {parameters} | | |
| | text | t | T | | | {reads} |
| choices |
| | list_name | name | label |
| | l | 5 | Five |
"""
KINDS = {
    "integer": 5, "decimal": 2.5, "date": "2026-01-02", "time": "10:00", "dateTime": "2026-01-02T10:00:00", "range": 5,
    "text": "5", "select_one l": "5", "select_multiple l": ["5"],
}  # fmt: skip


@pytest.mark.parametrize("reads", ["selected(${q}, '5')", "count-selected(${q}) > 0", "selected-at(${q}, 0) = '5'"])
@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_choices_and_texts(found: Found, form_of: Callable[..., Form], kind: str, reads: str) -> None:
    """At a number or a date JavaRosa stops; what is called an error here stops it, and nothing else does."""
    form = ANSWERS.format(kind=kind, reads=reads, parameters="start=0 end=10 step=1" if kind == "range" else "")
    faulty = bool(found("number-in-selected", form))
    walk = interview(form_of(form))
    if faulty:
        with pytest.raises(EngineError):
            walk.answer(KINDS[kind])
    else:
        assert walk.answer(KINDS[kind]).asks("t")


@pytest.mark.parametrize(
    ("text", "fault"), [("${n} + 1", True), ("count(${n})", True), ("${n} > 1", True), ("string(${n})", False)]
)
def test_it_reads_no_calculation(found: Found, text: str, *, fault: bool) -> None:
    """A number that is made into a text is one."""
    form = FORM.format(relevant=f"selected({text}, '1')", constraint="")
    assert found("number-in-selected", form) == ([("error", 4, "relevant")] if fault else [])


def test_its_own_number_in_a_constraint(found: Found) -> None:
    """`.` stands for the answer there."""
    form = "| survey |\n| | type | name | label | constraint |\n| | integer | n | N | selected(., '1') |"
    assert found("number-in-selected", form) == [("error", 2, "constraint")]
