"""Something written on the row that closes a group, where nobody reads it."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_condition_on_the_wrong_row(found: Found) -> None:
    """A condition on the wrong row."""
    form = """
| survey |
| | type | name | label | relevant |
| | text | b | B | |
| | begin group | g | G | |
| | text | a | A | |
| | end group | | | ${b} = 'x' |
"""
    assert found("ignored-on-end-row", form) == [("warning", 5, "relevant")]


def test_a_name_on_the_end_row_does_no_harm(found: Found) -> None:
    """A name on the end row does no harm."""
    form = """
| survey |
| | type | name | label | relevant |
| | begin group | g | G | 1 = 1 |
| | text | a | A | |
| | end group | g | G | |
"""
    assert found("ignored-on-end-row", form) == []
