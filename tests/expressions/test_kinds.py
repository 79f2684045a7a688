"""The stored text of a calculation is interpreted as the value it had on the phone."""

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
    """JavaRosa decides whether to ask each note from the values; ours must agree, from the stored texts."""
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
def test_kinds_of_value_of_an_expression(calculation: str, kinds: set[type]) -> None:
    """`if` and `coalesce` return the kinds of all branches; literal text that is not a number needs no kind."""
    of_answer = kinds_of(parse(calculation), lambda _: frozenset({float}))
    assert of_answer == kinds


def test_text_of_ambiguous_kind_is_unknown() -> None:
    """The number 1 and the text '1' are stored alike."""
    mixed = parse("if(${a} = 1, 1, '01')")
    assert calculated_value("x", mixed, lambda _: ANY) == "x"
    with pytest.raises(UnknownError):
        calculated_value("1", mixed, lambda _: ANY)
    with pytest.raises(UnknownError):
        calculated_value("2026-03-01T00:00:00.000+08:00", parse("today()"), lambda _: ANY)
