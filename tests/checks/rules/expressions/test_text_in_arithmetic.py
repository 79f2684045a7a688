"""A text in a calculation."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]
Words = Callable[..., list[str]]


SURVEY = """
| survey |
| | type | name | label | calculation | appearance | constraint |
| | text | first | F | | |
| | text | phone | P | | numbers |
| | integer | age | A | | |
| | select_one yn | q | Q | | |
| | select_one score | s | S | | |
| | select_multiple yn | m | M | | |
| | calculate | c | | {text} | |
| | note | total | T | ${{age}} * 2 | |
| | text | code | C | | | regex(., '[0-9]{{4}}') |
| | select_multiple score | several | S | | |
| choices |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
| | score | 1 | Low |
| | score | 2 | High |
"""


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("'Name: ' + ${age}", "error"),
        ("${age} + ' years'", "error"),
        ("concat(${first}, 'x') + ${age}", "error"),
        ("${q} + 1", "error"),
        ("int(${q})", "error"),
        ("max(${q}, 3)", "error"),
        ("-${first}", "warning"),
        ("${m} * 2", "error"),
        ("if(${age} > 1, 'a' + 'b', '')", "error"),
        ("${first} + ${first}", "warning"),
    ],
)
def test_it_is_never_a_number(found: Found, text: str, severity: str) -> None:
    """An error where it never can be, a warning where somebody might answer a number."""
    assert found("text-in-arithmetic", SURVEY.format(text=text)) == [(severity, 8, "calculation")]


def test_the_remedy_joins_all_of_them(words: Words) -> None:
    """Written out, ready to copy."""
    said = words("text-in-arithmetic", SURVEY.format(text="'a' + ${first} + 'b'"))
    assert "concat('a', ${first}, 'b')" in said[0]


@pytest.mark.parametrize(
    "text",
    [
        "${s} + 1",
        "${age} + '5'",
        "${phone} + 1",
        "concat(${first}, ${age} + 1)",
        "count-selected(${m}) + 1",
        "concat(${age}, '0') + 1",
        "${total} * 2",
        "${code} mod 97",
        "${several} + 1",
    ],
)
def test_numbers_are_left_alone(found: Found, text: str) -> None:
    """Numbered choices, a note that shows a calculation, a code of digits, digits put together."""
    assert found("text-in-arithmetic", SURVEY.format(text=text)) == []
