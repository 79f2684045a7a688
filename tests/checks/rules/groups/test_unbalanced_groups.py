"""A group or repeat that is opened and not closed, or closed and not opened."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_group_that_is_never_closed(found: Found) -> None:
    """A group that is never closed."""
    form = """
| survey |
| | type | name | label |
| | begin group | g | G |
| | text | a | A |
"""
    assert found("unbalanced-groups", form) == [("error", 2, "type")]


def test_an_end_without_a_beginning(found: Found) -> None:
    """An end without a beginning."""
    form = """
| survey |
| | type | name | label |
| | text | a | A |
| | end repeat | | |
"""
    assert found("unbalanced-groups", form) == [("error", 3, "type")]


def test_a_repeat_that_is_closed_as_a_group(found: Found) -> None:
    """A repeat that is closed as a group."""
    form = """
| survey |
| | type | name | label |
| | begin repeat | g | G |
| | text | a | A |
| | end group | | |
"""
    assert found("unbalanced-groups", form) == [("error", 4, "type")]


def test_nested_groups_are_accepted(found: Found) -> None:
    """Groups may be nested."""
    form = """
| survey |
| | type | name | label |
| | begin_group | g | G |
| | begin repeat | r | R |
| | text | a | A |
| | end_repeat | | |
| | end group | | |
"""
    assert found("unbalanced-groups", form) == []
