"""The verdict on a condition holds for every answer that a phone accepts."""

from collections.abc import Callable

import pytest

from liuwen.expressions import parse
from liuwen.expressions.evaluation import evaluate
from liuwen.expressions.unknown import UnknownError
from liuwen.form import read_form
from liuwen.logic.reasoning import Known, outcome


@pytest.fixture(scope="module")
def said(rows) -> Callable[[str], str]:
    """Gives "never", "always" or "depends" for a condition."""
    form = read_form(rows.format(condition="").encode())

    def choices(element):
        listed = form.choices_of(element)
        return listed.names if listed else None

    known = Known({element.name: element for element in form.questions}, lambda element: None, choices)
    return lambda text: outcome([parse(text)], None, known)


def test_never_and_always_hold_for_every_answer(conditions, outcomes, said) -> None:
    """2,000 conditions on random values, each tried with 60 random interviews."""
    certain = 0
    for text in conditions(9, 2_000):
        verdict = said(text)
        if verdict != "depends":
            certain += 1
            assert outcomes(text) == {verdict == "always"}, (text, verdict)
    assert certain > 200


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("${t} = 5 and ${t} != '5'", "depends"),
        ("${t} = '1' and ${t} = '01'", "never"),
        ("${t} = '１２' and ${t} > 5", "never"),
        ("${one} = 1 and ${one} != '1'", "depends"),
        ("${one} = '01' and ${one} = '1'", "never"),
        ("${one} > 5", "never"),
        ("not(${i} > 5) and not(${i} <= 5)", "depends"),
        ("${i} > 5 and ${i} <= 5", "never"),
        ("if(today() > '2026-01-01', ${i} > 5, ${i} > 7) and ${i} <= 5", "never"),
        ("if(${i} > 5, ${i} > 4, not(${i} > 5))", "always"),
        ("if(today() > '2026-01-01', ${i} > 5, ${i} <= 5)", "depends"),
        ("${i} = 5 and ${i} > 5", "never"),
        ("${d} = 5 and ${d} > 5", "depends"),
        ("${day} > '2026-03-01'", "never"),
        ("${day} = '2026-03-01' and ${day} > date('2026-02-01')", "depends"),
        ("'1' = '01'", "never"),
        ("'1e3' > 5 or '+5' = 5", "never"),
    ],
)
def test_verdicts_on_conditions(text: str, verdict: str, said) -> None:
    """Of spellings, blanks, numbers that are nearly equal, and days."""
    assert said(text) == verdict


def test_a_condition_that_javarosa_refuses_is_left_open(said) -> None:
    """`selected` takes no number."""
    with pytest.raises(UnknownError):
        evaluate(parse("selected('1', 1)"), lambda name: "")
    assert said("selected(${one}, 1)") == "depends"
