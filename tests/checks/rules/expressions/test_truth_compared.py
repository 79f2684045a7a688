"""A condition compared with a value that makes no difference."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]
Words = Callable[..., list[str]]


SURVEY = """
| survey |
| | type | name | label | relevant |
| | select_multiple l | m | M | |
| | text | b | B | {text} |
| choices |
| | list_name | name | label |
| | l | a | A |
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("selected(${m}, 'a') = 'no'", "means the opposite"),
        ("selected(${m}, 'a') = 'false'", "not(selected(${m}, 'a'))"),
        ("'0' = selected(${m}, 'a')", "means the opposite"),
        ("selected(${m}, 'a') > 1", "never true"),
        ("selected(${m}, 'a') >= 0", "always true"),
        ("regex(${m}, 'a') < 5", "always true"),
    ],
)
def test_the_message_says_what_the_comparison_yields(found: Found, words: Words, text: str, said: str) -> None:
    """An error at the cell."""
    form = SURVEY.format(text=text)
    assert found("truth-compared", form) == [("error", 3, "relevant")]
    assert said in words("truth-compared", form)[0]


@pytest.mark.parametrize("text", ["selected(${m}, 'a') = 1", "selected(${m}, 'a') = true()", "selected(${m}, 'a') = 'yes'"])
def test_working_comparisons_are_accepted(found: Found, text: str) -> None:
    """Even if clumsily written."""
    assert found("truth-compared", SURVEY.format(text=text)) == []


@pytest.mark.parametrize(
    ("text", "columns"),
    [("${old} = 'false'", ["relevant"]), ("${old} = 'no'", ["relevant"]), ("${old} > 1", ["relevant"]), ("${old} = 'true'", [])],
)
def test_a_calculation_may_be_the_truth(found: Found, text: str, columns: list[str]) -> None:
    """Phones keep it as true or false; compared with a text, it is compared with true."""
    form = f"""
| survey |
| | type | name | label | calculation | relevant |
| | integer | age | Age | | |
| | calculate | old | | ${{age}} > 60 | |
| | text | b | B | | {text} |
"""
    assert found("truth-compared", form) == [("error", 4, column) for column in columns]
