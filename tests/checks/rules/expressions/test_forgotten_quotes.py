"""A bare word where a text was meant."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]
Words = Callable[..., list[str]]


def test_a_bare_word_and_a_name_without_its_braces(found: Found) -> None:
    """A bare word, and a name without its braces."""
    form = """
| survey |
| | type | name | label | relevant |
| | text | a | A | |
| | text | b | B | ${a} = yes |
| | text | c | C | selected(${a}, yes) |
| | text | d | D | a = 'yes' |
"""
    assert found("forgotten-quotes", form) == [("error", 3, "relevant"), ("error", 4, "relevant"), ("error", 5, "relevant")]


@pytest.mark.parametrize(
    ("constraint", "said"),
    [
        (". <= today", "today()"),
        ("value > 5", "a dot"),
        ("${a} = true", "true()"),
        ("string(minimal) = ''", "'minimal'"),
        ("string-length(a) > 3", "${a}"),
    ],
)
def test_the_intended_spelling_is_named(words: Words, constraint: str, said: str) -> None:
    """A function without its brackets, the answer itself, a truth, a word inside any function."""
    form = f"""
| survey |
| | type | name | label | constraint | constraint_message |
| | text | a | A | | |
| | text | b | B | {constraint} | no |
"""
    assert said in words("forgotten-quotes", form)[0]


def test_a_group_may_name_what_is_inside(found: Found) -> None:
    """A path from the group itself leads there."""
    form = """
| survey |
| | type | name | label | relevant |
| | begin group | g | G | inside = 'yes' |
| | text | inside | A | |
| | end group | | | |
"""
    assert found("forgotten-quotes", form) == []


def test_null_happens_to_be_empty(found: Found) -> None:
    """null happens to be empty."""
    form = """
| survey |
| | type | name | label | relevant |
| | text | a | A | |
| | text | b | B | ${a} = null |
"""
    assert found("forgotten-quotes", form) == [("note", 3, "relevant")]


def test_in_filters_and_predicates_bare_words_are_columns(found: Found) -> None:
    """In filters and predicates bare words are columns."""
    form = """
| survey |
| | type | name | label | choice_filter | calculation |
| | text | a | A | | |
| | select_one l | b | B | town = ${a} | |
| | calculate | c | | | instance('l')/root/item[town = ${a}]/label |
| choices |
| | list_name | name | label | town |
| | l | x | X | y |
"""
    assert found("forgotten-quotes", form) == []
