"""What is proved of a condition, worked back to answers, holds on every phone."""

import pytest

from liuwen.form import read_form
from liuwen.logic.goals import Conflict
from liuwen.logic.offers import Offers
from liuwen.logic.solving import Solver
from liuwen.logic.ways import bounded

CODES = """
| survey |
| | type | name | label | constraint | calculation |
| | select_one codes | code | Code | . != '01' | |
| | text | word | Word | {constraint} | |
| | integer | n | N | | |
| | calculate | day | | | date('2026-03-01') |
| choices |
| | list_name | name | label |
| | codes | 1 | 1 |
| | codes | 01 | 01 |
"""


def _solver(text: str) -> Solver:
    form = read_form(text.encode())
    return Solver(form, Offers(form))


def _is_closed(ways) -> bool:
    """Whether nothing is left: every way is a conflict, and none was not understood."""
    return all(isinstance(way, Conflict) for way in bounded(ways))


def test_nothing_is_proved_that_an_answer_shows_otherwise(rows, conditions, outcomes) -> None:
    """500 conditions on random values, each tried with 60 random interviews."""
    proved = 0
    for text in conditions(11, 500):
        form = read_form(rows.format(condition=text).encode())
        solver = Solver(form, Offers(form))
        for want in (True, False):
            if _is_closed(solver.condition(form["last"], want=want)):
                proved += 1
                assert want not in outcomes(text), (text, want)
    assert proved > 50


def test_a_constraint_forbids_the_choice_it_names_and_no_other_spelling() -> None:
    """`. != '01'` forbids 01; a phone takes 1."""
    solver = _solver(CODES.format(constraint=""))
    code = solver.named("code")
    solver.check_allowed(code, "1")
    with pytest.raises(Conflict):
        solver.check_allowed(code, "01")


@pytest.mark.parametrize(
    ("constraint", "accepts", "refuses"),
    [
        (". = 5 and . != '5'", True, True),
        ("not(. > 5) and not(. <= 5)", True, True),
        (". = '1' and . = '01'", False, True),
        ("'１２' > 5 and . = 'a'", False, True),
        ("'+5' = 5 or '1e3' > 5", False, True),
        ("'1' != '01'", True, False),
        ("'1,5' > 1", True, False),
    ],
)
def test_texts_accepted_and_refused_by_a_constraint(constraint: str, accepts: bool, refuses: bool) -> None:
    """Whether a text may be accepted, and refused."""
    solver = _solver(CODES.format(constraint=constraint))
    word = solver.named("word")
    assert _is_closed(solver.accepting(word)) is not accepts
    assert _is_closed(solver.refusing(word)) is not refuses
