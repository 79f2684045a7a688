"""A default that the question cannot hold."""

from collections.abc import Callable

import pytest

from liuwen.engine import interview
from liuwen.errors import AnswerError
from liuwen.form import read_form

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_no_choice_no_number_no_date(found: Found) -> None:
    """No choice, no number, no date."""
    form = """
| survey |
| | type | name | label | default |
| | select_one l | a | A | z |
| | integer | b | B | many |
| | date | c | C | 21/11/2026 |
| choices |
| | list_name | name | label |
| | l | x | X |
"""
    assert found("bad-default", form) == [("error", 2, "default"), ("error", 3, "default"), ("error", 4, "default")]


def test_values_that_fit_and_what_is_computed(found: Found) -> None:
    """Values that fit, and what is computed."""
    form = """
| survey |
| | type | name | label | default |
| | select_multiple l | a | A | x y |
| | integer | b | B | -5 |
| | date | c | C | today() |
| | date | d | D | 2026-11-21 |
| choices |
| | list_name | name | label |
| | l | x | X |
| | l | y | Y |
"""
    assert found("bad-default", form) == []


FORM = """
| survey |
| | type | name | label | default |
| | integer | before | Before | |
| | {type} | a | A | {value} |
| | text | after | After | |
"""
HELD = [
    ("integer", "007"), ("integer", "-2147483648"), ("decimal", "1e5"), ("decimal", ".5"),
    ("date", "2026-1-5"), ("date", "2024-02-29"), ("time", "9:30"),
    ("time", "09:30:15"), ("dateTime", "2026-01-05"), ("dateTime", "2026-01-05T09:30"),
    ("geopoint", "30.27 120.15"), ("geotrace", "1 2;3 4"), ("geoshape", "1 2; 3 4; 1 2"),
]  # fmt: skip
DROPPED = [
    ("integer", "3.5"), ("integer", "3.0"), ("integer", "2147483648"), ("decimal", "1,5"), ("decimal", "1 000"),
    ("date", "2026-02-29"), ("date", "2026-01-05 00:00:00"), ("date", "20260105"), ("time", "0930"),
    ("time", "9:30 AM"), ("time", "24:00"),
    ("dateTime", "2026-01-05 10:00"), ("dateTime", "2026-01-05T25:00"), ("geopoint", "30.27,120.15"), ("geotrace", "1,2;3,4"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value", "is_held"), [*((*each, True) for each in HELD), *((*each, False) for each in DROPPED)])
def test_a_default_is_wrong_where_javarosa_drops_it(found: Found, kind: str, value: str, is_held: bool) -> None:
    """JavaRosa's own reading decides; a value that it drops leaves the question blank without a word."""
    form = FORM.format(type=kind, value=value)
    walk = interview(read_form(form.encode())).answer(1)
    assert (walk.value("a") is not None) == is_held
    assert found("bad-default", form) == ([] if is_held else [("error", 3, "default")])


@pytest.mark.parametrize(
    ("kind", "default", "constraint", "fault"),
    [
        ("integer", "200", ". < 120", True),
        ("decimal", "-1", ". >= 0", True),
        ("integer", "-0", ". >= 0", False),
        ("integer", "20", ". < 120", False),
        ("integer", "20", ". < ${most}", False),
        ("integer", "20", "regex(., '^[0-9]+$')", False),
        ("integer", "5", "", False),
        ("range", "20", "", True),
        ("range", "10", "", False),
    ],
)
def test_a_default_that_its_own_question_refuses(found: Found, kind: str, default: str, constraint: str, *, fault: bool) -> None:
    """Phones refuse it when the form is finished; a slider shows another value."""
    form = f"""
| survey |
| | type | name | label | default | constraint | parameters |
| | integer | most | Most | | | |
| | {kind} | a | A | {default} | {constraint} | {"start=0 end=10 step=1" if kind == "range" else ""} |
"""
    assert found("bad-default", form) == ([("warning", 3, "default")] if fault else [])
    walk = interview(read_form(form.encode()))
    if fault and constraint:
        with pytest.raises(AnswerError):
            walk.finalise()
    elif "most" not in constraint:
        walk.finalise()
