"""Two comparisons in a row."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]
Words = Callable[..., list[str]]


SURVEY = """
| survey |
| | type | name | label | constraint | relevant |
| | integer | age | Age | {constraint} | |
| | integer | other | Other | | {relevant} |
"""


@pytest.mark.parametrize(
    ("relevant", "said"),
    [
        ("18 < ${age} < 60", "18 < ${age} and ${age} < 60"),
        ("(18 < ${age}) < 60", "18 < ${age} and ${age} < 60"),
        ("1 <= ${age} <= 5 <= ${other}", "1 <= ${age} and ${age} <= 5 and 5 <= ${other}"),
        ("${age} = ${other} = 3", "${age} = ${other} and ${other} = 3"),
        ("18 < (${age} < 60)", "18 < ${age} and ${age} < 60"),
        ("not(0 < ${age} + 1 < 9)", "0 < ${age} + 1 and ${age} + 1 < 9"),
    ],
)
def test_the_message_gives_the_right_spelling(found: Found, words: Words, relevant: str, said: str) -> None:
    """Once a chain, at its cell."""
    form = SURVEY.format(constraint="", relevant=relevant)
    assert found("chained-comparison", form) == [("error", 3, "relevant")]
    assert said in words("chained-comparison", form)[0]
    assert found("always-relevant", form) == []


def test_in_a_constraint(found: Found) -> None:
    """The answer itself stands in the middle."""
    form = SURVEY.format(constraint="0 < . < 120", relevant="")
    assert found("chained-comparison", form) == [("error", 2, "constraint")]
    assert found("useless-constraint", form) == []


@pytest.mark.parametrize(
    "relevant", ["(${age} > 5) = (${other} > 5)", "${age} < 3 = ${other} < 3", "(${age} > 3) >= (${other} > 3)"]
)
def test_two_truths_may_be_compared(found: Found, relevant: str) -> None:
    """That both hold or neither does, or that one follows from the other."""
    form = SURVEY.format(constraint="", relevant=relevant)
    assert found("chained-comparison", form) == []
