"""The text that a calculation is kept as means the value that it had on the phone."""

from datetime import datetime

import pytest

from liuwen.engine import interview
from liuwen.expressions import parse
from liuwen.expressions.evaluation import evaluate
from liuwen.expressions.kinds import ANY, calculated_value, kinds_of
from liuwen.expressions.unknown import UnknownError
from liuwen.expressions.values import as_truth
from liuwen.form import read_form

CALCULATIONS = {"many": "${a} > 3", "none": "${a} * 0", "large": "${a} * 1000000000", "code": "if(${a} > 3, '01', 'x')"}
CONDITIONS = [
    "${many}", "${many} = 'true'", "${many} = 1", "${many} = 'no'", "${none}", "${none} = '00'", "${none} = ''", "${large} > 5",
    "${large} = '5000000000.0'", "${code} = 1", "${code} = '1'", "${code} > 0",
]  # fmt: skip


@pytest.mark.parametrize("answer", [2, 5])
def test_conditions_on_calculations_hold_as_on_the_phone(answer: int) -> None:
    """JavaRosa asks each note, or not, on the values; we work it out from the texts that it kept."""
    rows = ["| survey |", "| | type | name | label | relevant | calculation |", "| | integer | a | A | | |"]
    rows += [f"| | calculate | {name} | | | {text} |" for name, text in CALCULATIONS.items()]
    rows += [f"| | note | n{number} | N | {text} | |" for number, text in enumerate(CONDITIONS)]
    walk = interview(read_form("\n".join(rows).encode()))
    walk.answer("a", answer)
    values = {name: calculated_value(walk.value(name) or "", parse(text), lambda _: ANY) for name, text in CALCULATIONS.items()}
    ours = [as_truth(evaluate(parse(text), values.__getitem__)) for text in CONDITIONS]
    assert ours == [walk.asks(f"n{number}") for number in range(len(CONDITIONS))]


@pytest.mark.parametrize(
    ("calculation", "kinds"),
    [
        ("1 + '2'", {float}),
        ("if(${a} = 1, 2, '')", {float}),
        ("if(${a} = 1, 2, '02')", {float, str}),
        ("${a} = 1 and ${a} > 3", {bool}),
        ("coalesce(${a}, today())", {float, datetime}),
        ("concat(1, 2)", {str}),
    ],
)
def test_the_kinds_of_value_that_an_expression_may_give(calculation: str, kinds: set[type]) -> None:
    """Of `if` and `coalesce` those of every branch; a text that spells no number is told by itself."""
    of_answer = kinds_of(parse(calculation), lambda _: frozenset({float}))
    assert of_answer == kinds


def test_a_text_that_may_stand_for_two_kinds_is_left_open() -> None:
    """The number 1 and the text '1' are kept alike."""
    mixed = parse("if(${a} = 1, 1, '01')")
    assert calculated_value("x", mixed, lambda _: ANY) == "x"
    with pytest.raises(UnknownError):
        calculated_value("1", mixed, lambda _: ANY)
    with pytest.raises(UnknownError):
        calculated_value("2026-03-01T00:00:00.000+08:00", parse("today()"), lambda _: ANY)
