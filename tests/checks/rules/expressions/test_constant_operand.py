"""A text or a number where a comparison was meant."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]
Words = Callable[..., list[str]]


SURVEY = """
| survey |
| | type | name | label | relevant |
| | select_one yn | q | Q | |
| | select_multiple yn | m | M | |
| | text | b | B | {text} |
| choices |
| | list_name | name | label |
| | yn | a | A |
| | yn | b | B |
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("${q} = 'a' or 'b'", "${q} = 'a' or ${q} = 'b'"),
        ("${q} = 'a' or 'b' or 'c'", "${q} = 'a' or ${q} = 'b' or ${q} = 'c'"),
        ("${q} != 'a' and 'b'", "${q} != 'a' and ${q} != 'b'"),
        ("selected(${m}, 'a') or 'b'", "selected(${m}, 'b')"),
        ("${q} = ('a' or 'b')", "${q} = 'a' or ${q} = 'b'"),
        ("selected(${m}, 'a' or 'b')", "selected(${m}, 'a') or selected(${m}, 'b')"),
        ("if('a', ${q} = 'a', true())", "always true"),
        ("${q} = 'a' and ''", "never true"),
        ("not('a')", "always true"),
        ("(${q} or ${m}) = 'a'", "${q} = 'a' or ${m} = 'a'"),
        ("'a' = (${q} and ${m})", "${q} = 'a' and ${m} = 'a'"),
    ],
)
def test_the_remedy_is_written_out(found: Found, words: Words, text: str, said: str) -> None:
    """An error at the cell; next to a comparison, with the corrected expression."""
    form = SURVEY.format(text=text)
    assert found("constant-operand", form) == [("error", 4, "relevant")]
    assert said in words("constant-operand", form)[0]


@pytest.mark.parametrize("text", ["${q} = 'a' or ${q} = 'b'", "${q} = 'a' or 1 = 1", "selected(${m}, 'a') and true()"])
def test_conditions_are_left_alone(found: Found, text: str) -> None:
    """Comparisons and the functions true() and false()."""
    assert found("constant-operand", SURVEY.format(text=text)) == []
