"""A bare word where a text was meant."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


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
