"""What the parameters cell of a question says, read as pyxform reads it."""

from decimal import Decimal

import pytest
from pyxform.parsing.parameters import parse

from liuwen.form import read_form
from liuwen.form.parameters import is_answered_with_decimals, parameters_of, range_of


def element_of(parameters, kind="range"):
    return read_form(
        f"| survey |\n| | type | name | label | parameters |\n| | {kind} | a | A | {parameters} |".encode()
    ).questions[0]


@pytest.mark.parametrize(
    "parameters",
    [
        "start=0 end=10 step=2.5", "START = 0, End=10;step =  2.5", "start=0,end=10,step=2.5", "value=Code, label=Name:zh",
        "randomize=True;seed=42", "  rows=3  ", "step=1 step=2", "",
    ],
)  # fmt: skip
def test_parameters_are_those_that_pyxform_reads(parameters):
    """Names in any case, the signs between them, and which values keep their capitals."""
    assert parameters_of(element_of(parameters)) == parse(parameters, 2)


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("range", "start=0 end=10 step=1.0"), ("range", "start=0 end=1 step=5e-1"), ("range", "start=0.5 end=9.5 step=1"),
        ("range", "start=0 end=10 step=0.5 placeholder=5"), ("range", ""), ("integer", ""), ("decimal", ""),
    ],
)  # fmt: skip
def test_a_range_has_decimals_where_the_converter_says_so(kind, parameters):
    """A number that is written with a point may still be whole."""
    form = read_form(f"| survey |\n| | type | name | label | parameters |\n| | {kind} | a | A | {parameters} |".encode())
    assert is_answered_with_decimals(form.questions[0]) == ('type="decimal"' in form.to_xform())


@pytest.mark.parametrize(
    ("parameters", "values"),
    [
        ("start=0 end=10 step=5", ["0", "5", "10"]),
        ("start=0, end=0.3, step=0.1", ["0", "0.1", "0.2", "0.3"]),
        ("start=10 end=0 step=5", ["0", "5", "10"]),
        ("start=0 end=10 step=3", []),
        ("start=0 end=10 step=0", []),
        ("start=0 end=1 step=0.00001", []),
        ("", [str(number) for number in range(1, 11)]),
    ],
)
def test_the_answers_of_a_range(parameters, values):
    """From one end to the other, in any order; empty where a phone has no answer, or where there are very many."""
    form = read_form(f"| survey |\n| | type | name | label | parameters |\n| | range | a | A | {parameters} |".encode())
    limits = range_of(form.questions[0])
    assert limits is not None
    assert list(limits.values) == [Decimal(value) for value in values]


@pytest.mark.parametrize("parameters", ["start=many", "end=NaN", "step=Infinity"])
def test_words_in_parameters_make_no_range(parameters):
    """`bad-parameter` speaks of it."""
    form = read_form(f"| survey |\n| | type | name | label | parameters |\n| | range | a | A | {parameters} |".encode())
    assert range_of(form.questions[0]) is None
