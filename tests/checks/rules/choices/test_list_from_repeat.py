"""A select that offers the answers of a repeat, and names the wrong thing."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]
Words = Callable[..., list[str]]


def test_the_repeat_itself_and_what_is_not_repeated(found: Found, words: Words) -> None:
    """An error at the type, which tells what to write."""
    form = """
| survey |
| | type | name | label |
| | text | t | T |
| | begin repeat | r | R |
| | text | a | A |
| | end repeat | | |
| | select_one ${r} | one | One |
| | select_one ${t} | two | Two |
| | select_multiple ${a} | three | Three |
| | select_one ${nowhere} | four | Four |
"""
    assert found("list-from-repeat", form) == [("error", 6, "type"), ("error", 7, "type"), ("error", 9, "type")]
    assert "select_one ${a}" in words("list-from-repeat", form)[0]
