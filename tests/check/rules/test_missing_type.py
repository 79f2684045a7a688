"""A row with a name or a label, and no type."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_label_without_a_type(found: Found) -> None:
    """A label without a type."""
    form = """
| survey |
| | type | name | label |
| | text | a | A |
| | | b | B |
"""
    assert found("missing-type", form) == [("error", 3, "type")]


def test_a_line_of_remarks_is_no_question(found: Found) -> None:
    """A line of remarks is no question."""
    form = """
| survey |
| | type | name | label |
| | text | a | A |
| | | # the next part | |
"""
    assert found("missing-type", form) == []
