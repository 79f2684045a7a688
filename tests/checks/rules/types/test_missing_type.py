"""A row with a name or a label, and no type."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_name_or_a_label_without_a_type(found: Found) -> None:
    """Either is enough."""
    form = """
| survey |
| | type | name | label |
| | text | a | A |
| | | b | B |
| | | c | |
| | | | D |
"""
    assert found("missing-type", form) == [("error", row, "type") for row in (3, 4, 5)]


def test_a_row_of_remarks_is_not_a_question(found: Found) -> None:
    """A row with a remark only is not a question."""
    form = """
| survey |
| | type | name | label |
| | text | a | A |
| | | # the next part | |
"""
    assert found("missing-type", form) == []
