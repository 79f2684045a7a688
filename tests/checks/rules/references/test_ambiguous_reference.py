"""A ${name} that several elements bear."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_two_questions_share_the_name(found: Found) -> None:
    """Two questions have the name."""
    form = """
| survey |
| | type | name | label | relevant |
| | begin group | g | G | |
| | text | a | A | |
| | end group | | | |
| | text | a | A | |
| | text | b | B | ${a} = 'x' |
"""
    assert found("ambiguous-reference", form) == [("error", 6, "relevant")]


def test_nobody_refers_to_them(found: Found) -> None:
    """Nobody refers to them."""
    form = """
| survey |
| | type | name | label |
| | begin group | g | G |
| | text | a | A |
| | end group | | |
| | text | a | A |
"""
    assert found("ambiguous-reference", form) == []
