"""A choice filter on a question that has no choices."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_one_row_too_low(found: Found) -> None:
    """One row too low."""
    form = """
| survey |
| | type | name | label | choice_filter |
| | select_one l | a | A | |
| | text | b | B | town = 'x' |
"""
    assert found("filter-on-other-type", form) == [("warning", 3, "choice_filter")]


def test_on_the_select(found: Found) -> None:
    """On the select."""
    form = """
| survey |
| | type | name | label | choice_filter |
| | select_one l | a | A | name = 'x' |
"""
    assert found("filter-on-other-type", form) == []
