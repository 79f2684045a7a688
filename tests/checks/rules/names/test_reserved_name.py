"""A name that the phone or a statistics program keeps for itself."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_the_phone_s_meta_and_a_word_of_stata(found: Found) -> None:
    """The phone's meta, and a word of Stata."""
    form = """
| survey |
| | type | name | label |
| | text | meta | A |
| | text | long | B |
"""
    assert found("reserved-name", form) == [("error", 2, "name"), ("warning", 3, "name")]


def test_a_longer_word_is_free(found: Found) -> None:
    """A longer word is free."""
    form = """
| survey |
| | type | name | label |
| | text | how_long | B |
"""
    assert found("reserved-name", form) == []
