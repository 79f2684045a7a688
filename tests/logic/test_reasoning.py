"""What is said of a condition holds for every answer that a phone takes."""

import random

import pytest

from liuwen.expressions import parse
from liuwen.expressions.evaluation import evaluate
from liuwen.expressions.unknown import UnknownError
from liuwen.expressions.values import as_truth
from liuwen.form import read_form
from liuwen.logic.reasoning import Known, outcome

FORM = read_form(
    """
| survey |
| | type | name | label |
| | text | t | T |
| | integer | i | I |
| | decimal | d | D |
| | date | day | Day |
| | select_one few | one | One |
| choices |
| | list_name | name | label |
| | few | 1 | 1 |
| | few | 01 | 01 |
| | few | １２ | 12 |
| | few | a | A |
""".encode()
)
ANSWERS = {
    "t": ["1", "01", "1.0", "１２", "1e3", "+5", "5", "05", "6", " 5", "1,5", "a", "A", "5.0000000000005", "2026-03-01"],
    "i": [-1.0, 0.0, 1.0, 5.0, 6.0, 12.0],
    "d": [0.0, 1.0, 1.5, 5.0, 5.0000000000005, 5.5],
    "day": ["date('2026-03-01')", "date('2026-03-02')", "date('1970-01-02')"],
    "one": ["1", "01", "１２", "a"],
}
VALUES = [
    "'1'",
    "'01'",
    "1",
    "5",
    "5.5",
    "'5'",
    "'１２'",
    "'+5'",
    "'1e3'",
    "''",
    "'a'",
    "date('2026-03-01')",
    "'2026-03-01'",
    "true()",
]


def _said(text: str) -> str:
    known = Known({element.name: element for element in FORM.questions}, lambda element: None, _choices)
    return outcome([parse(text)], None, known)


def _choices(element):
    listed = FORM.choices_of(element)
    return listed.names if listed else None


def _condition(chance: random.Random, depth: int) -> str:
    if depth and chance.random() < 0.7:
        one, other = _condition(chance, depth - 1), _condition(chance, depth - 1)
        return f"({one} {chance.choice(['and', 'or'])} {other})" if chance.random() < 0.8 else f"not({one})"
    name = chance.choice(["t", "t", "i", "d", "day", "one"])
    return f"${{{name}}} {chance.choice(['=', '!=', '<', '<=', '>', '>='])} {chance.choice(VALUES)}"


def _holds(text: str, given: dict[str, object]) -> bool:
    return as_truth(evaluate(parse(text), lambda name: given[name]))


def test_never_and_always_are_said_only_where_no_answer_shows_otherwise() -> None:
    """2,000 conditions on random values, each tried with 60 random answers and blanks."""
    chance = random.Random(9)
    days = [evaluate(parse(text), lambda name: "") for text in ANSWERS["day"]]
    answers = {**ANSWERS, "day": days}
    certain = 0
    for _ in range(2_000):
        text = _condition(chance, chance.randrange(3))
        said = _said(text)
        certain += said != "depends"
        for _ in range(60 if said != "depends" else 0):
            given = {name: "" if chance.random() < 0.15 else chance.choice(values) for name, values in answers.items()}
            assert _holds(text, given) is (said == "always"), (text, said, given)
    assert certain > 200


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("${t} = 5 and ${t} != '5'", "depends"),
        ("${t} = '1' and ${t} = '01'", "never"),
        ("${t} = '１２' and ${t} > 5", "never"),
        ("${one} = 1 and ${one} != '1'", "depends"),
        ("${one} = '01' and ${one} = '1'", "never"),
        ("${one} > 5", "never"),
        ("not(${i} > 5) and not(${i} <= 5)", "depends"),
        ("${i} > 5 and ${i} <= 5", "never"),
        ("${i} = 5 and ${i} > 5", "never"),
        ("${d} = 5 and ${d} > 5", "depends"),
        ("${day} > '2026-03-01'", "never"),
        ("${day} = '2026-03-01' and ${day} > date('2026-02-01')", "depends"),
        ("'1' = '01'", "never"),
        ("'1e3' > 5 or '+5' = 5", "never"),
    ],
)
def test_what_is_said(text: str, said: str) -> None:
    """Of spellings, blanks, numbers that are nearly equal, and days."""
    assert _said(text) == said


def test_a_condition_that_javarosa_refuses_is_left_open() -> None:
    """`selected` takes no number."""
    with pytest.raises(UnknownError):
        evaluate(parse("selected('1', 1)"), lambda name: "")
    assert _said("selected(${one}, 1)") == "depends"
