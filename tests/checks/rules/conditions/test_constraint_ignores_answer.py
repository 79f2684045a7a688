"""A constraint that does not look at the answer it is meant for."""

from collections.abc import Callable

import pytest

from liuwen.engine import interview
from liuwen.errors import AnswerError
from liuwen.form import read_form

Found = Callable[..., list[tuple[str, int | None, str | None]]]
Words = Callable[..., list[str]]
FORM = """
| survey |
| | type | name | label | constraint |
| | integer | people | People | |
| | integer | children | Children | {constraint} |
"""


@pytest.mark.parametrize("constraint", ["${people} > 0", "regex(${people}, '^[0-9]+$')", "${people} < 20 and ${people} > 1"])
def test_only_another_answer_is_read(found: Found, constraint: str) -> None:
    """Whatever is answered, it is the same."""
    assert found("constraint-ignores-answer", FORM.format(constraint=constraint)) == [("warning", 3, "constraint")]


@pytest.mark.parametrize(
    "constraint", ["${people} = ''", ". <= ${people}", "${children} <= ${people}", "../children < ${people}", "true()", "1 = 2"]
)
def test_the_answer_is_read_under_any_name(found: Found, constraint: str) -> None:
    """`.`, its own name or a path; one of two may be answered; what is always the same has rules of its own."""
    assert found("constraint-ignores-answer", FORM.format(constraint=constraint)) == []


LATE = """
| survey |
| | type | name | label | calculation | constraint |
| | integer | years | Years | | ${months} < 60 |
| | calculate | twelve | | ${years} * 12 | |
| | calculate | months | | ${twelve} | |
"""


def test_a_calculation_of_the_answer_is_checked_too_early(found: Found, words: Words) -> None:
    """Phones check first and calculate afterwards: no answer is accepted while the months are still blank."""
    assert found("constraint-ignores-answer", LATE) == [("warning", 2, "constraint")]
    assert "“months” is calculated from “years”" in words("constraint-ignores-answer", LATE)[0]
    with pytest.raises(AnswerError):
        interview(read_form(LATE.encode())).answer(3)
