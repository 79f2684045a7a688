"""A cell that should hold an expression and does not."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_the_message_gives_the_position_in_the_expression(found: Found) -> None:
    """The message gives the position in the expression."""
    form = """
| survey |
| | type | name | label | relevant |
| | text | a | A | |
| | text | b | B | ${a} == 'x' |
| | text | c | C | (${a} = 'x' |
"""
    assert found("expression-syntax", form) == [("error", 3, "relevant"), ("error", 4, "relevant")]


def test_pyxform_straightens_curly_quotes(found: Found) -> None:
    """pyxform straightens curly quotes."""
    form = """
| survey |
| | type | name | label | relevant |
| | text | a | A | |
| | text | b | B | ${a} = “x” |
"""
    assert found("expression-syntax", form) == []
