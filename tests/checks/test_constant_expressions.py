"""What the logic calls always or never true, the engine of ODK Collect finds always or never true."""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from liuwen.checks.facts import Facts
from liuwen.form import Form, read_form
from liuwen.form.sheets import Sheet
from liuwen.logic.reasoning import Outcome
from liuwen.simulation import simulate

INTERVIEWS = int(os.environ.get("LIUWEN_INTERVIEWS", "8"))
"""How many interviews each form is put to; 200 for a thorough run."""
TRUTH: dict[Outcome, str] = {"always": "y", "never": "n"}
REAL = "whova_form.xlsx"
"""The one convertible form of the corpus with such expressions; the others say 0, and cannot be converted."""

FORM = """
| survey | | | | | |
| | type | name | label | relevant | constraint |
| | integer | age | Age? | | . >= 0 and . < 99 |
| | date | born | Born? | | . < '1990-01-01' or . > '1980-01-01' |
| | select_multiple s | ways | Ways? | | |
| | text | always | A? | ${age} < 10 or ${age} > 5 or ${age} = '' | string-length(.) >= 0 |
| | text | never | N? | ${age} > 98 | |
| | text | both | B? | selected(${ways}, 'a') and not(selected(${ways}, 'a')) | |
| | text | some | S? | ${age} > 40 | string-length(.) > 0 |
| choices | | | | | |
| | list_name | name | label | | |
| | s | a | A | | |
| | s | b | B | | |
"""


CLAIMED: dict[str, Outcome] = {
    "relevant_5": "always",
    "relevant_6": "never",
    "relevant_7": "never",
    "constraint_3": "never",
    "constraint_5": "always",
}
"""The constraint of a birthday compares a date with a text, which is no number."""


def expressions(form: Form) -> Iterator[tuple[str, str, str, Outcome]]:
    """Row and column of each expression that is called always or never true, as a name; its text, the question, and the claim."""
    facts = Facts(form)
    for (row, column), outcome in facts.alone.items():
        if outcome != "depends":
            cell = facts.formula_of[row, column]
            assert cell.element is not None
            yield f"{column}_{row}", cell.text, cell.element.name, outcome


def probed(form: Form) -> Form:
    """The form with a calculation beside each of these questions, which says whether the expression is true there.

    Constraints are taken off, so that answers which they refuse are tried too.
    """
    survey = form.sheet("survey")
    assert survey is not None
    header = [*survey.header, *(name for name in ("calculation",) if name not in survey.header)]
    probes = {name: (text, asked) for name, text, asked, _ in expressions(form)}
    columns = [each.column for each in form.headers("survey")]
    rows: list[list[str]] = []
    for number, row in enumerate(survey.rows, start=2):
        rows.append(
            [
                "" if meant == "constraint" and f"constraint_{number}" in probes else cell
                for meant, cell in zip(columns, row, strict=False)
            ]
        )
        for column, place in (("relevant", len(rows) - 1), ("constraint", len(rows))):
            if f"{column}_{number}" in probes:
                text, asked = probes[f"{column}_{number}"]
                answer = re.sub(r"(?<![\w./'])\.(?![\w./'])", f"${{{asked}}}", text)
                value = f"if({text}, 'y', 'n')" if column == "relevant" else f"if(${{{asked}}} = '', '', if({answer}, 'y', 'n'))"
                filled = {"type": "calculate", "name": f"{column}_{number}", "calculation": value}
                rows.insert(place, [filled.get(name, "") for name in header])
    return replace(form, sheets=tuple(Sheet.of(s.name, header, rows) if s is survey else s for s in form.sheets), original=None)


def found_true(form: Form) -> dict[str, tuple[Outcome, set[str]]]:
    """What is claimed of each expression, and what it was in made-up interviews wherever its group was asked."""
    answers = simulate(probed(form), INTERVIEWS, seed=1)
    tables = {name: answers[answers.column(name).table] for name, *_ in expressions(form)}
    return {name: (claim, set(tables[name][name].dropna()) - {""}) for name, _, _, claim in expressions(form)}


def test_constants_of_a_made_up_form_are_constant() -> None:
    """Each claim is seen to hold in the interviews."""
    found = found_true(read_form(FORM.encode()))
    assert {name: claim for name, (claim, _) in found.items()} == CLAIMED
    assert {name: seen for name, (_, seen) in found.items()} == {name: {TRUTH[claim]} for name, claim in CLAIMED.items()}


@pytest.mark.filterwarnings("ignore::liuwen.errors.LiuwenWarning")
def test_constants_of_a_real_form_are_constant(workbooks: dict[str, Path]) -> None:
    """Seven of its conditions are called always true."""
    form = read_form(next(path for name, path in workbooks.items() if name.endswith(REAL)))
    assert [*found_true(form).values()] == [("always", {"y"})] * 7
