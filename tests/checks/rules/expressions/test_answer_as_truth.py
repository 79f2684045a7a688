"""A select that stands alone as a condition."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]
Words = Callable[..., list[str]]

SURVEY = """
| survey |
| | type | name | label | relevant |
| | select_one yn | consent | May I? | |
| | select_one colour | colour | Colour? | |
| | integer | age | Age? | |
| | calculate | adult | | |
| | text | t | T | {relevant} |
| choices |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
| | colour | red | Red |
"""


@pytest.mark.parametrize(
    ("relevant", "times"),
    [
        ("${consent}", 1),
        ("${consent} and ${age} > 18", 1),
        ("${consent} or ${colour} = 'red'", 1),
        ("not(${consent})", 1),
        ("${consent} = true()", 1),
        ("${consent} = 'yes'", 0),
        ("${consent} != ''", 0),
        ("${colour}", 0),
        ("${age}", 0),
        ("${adult}", 0),
    ],
)
def test_no_counts_as_true(found: Found, relevant: str, times: int) -> None:
    """A list without a no, numbers and calculations may stand alone."""
    assert found("answer-as-truth", SURVEY.format(relevant=relevant)) == [("warning", 6, "relevant")] * times


def test_the_comparison_is_written_out(words: Words) -> None:
    """With the choice that is not no."""
    assert "${consent} = 'yes'" in words("answer-as-truth", SURVEY.format(relevant="${consent}"))[0]
