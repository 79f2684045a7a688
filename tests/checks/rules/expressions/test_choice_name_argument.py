"""jr:choice-name() whose second argument is not its question in quotes."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]
Words = Callable[..., list[str]]


SURVEY = """
| survey |
| | type | name | label | calculation |
| | select_one l | a | A | |
| | text | t | T | |
| | calculate | c | | {text} |
| choices |
| | list_name | name | label |
| | l | x | X |
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("jr:choice-name(${a}, ${a})", "needs quotes"),
        ("jr:choice-name(${a}, 'a')", "is no question"),
        ("jr:choice-name(${t}, '${t}')", "not a select"),
    ],
)
def test_the_message_gives_the_remedy(found: Found, words: Words, text: str, said: str) -> None:
    """An error at the cell, not at the first question that JavaRosa names."""
    form = SURVEY.format(text=text)
    assert found("choice-name-argument", form) == [("error", 4, "calculation")]
    assert said in words("choice-name-argument", form)[0]


def test_a_question_in_quotes_is_right(found: Found) -> None:
    """As the reference of XLSForm shows it."""
    assert found("choice-name-argument", SURVEY.format(text="jr:choice-name(${a}, '${a}')")) == []
