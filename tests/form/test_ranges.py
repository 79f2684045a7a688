"""What the parameters of a range question say."""

from decimal import Decimal

import pytest

from liuwen.form import read_form
from liuwen.form.ranges import range_of


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
