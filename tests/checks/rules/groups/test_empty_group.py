"""A group or repeat with nothing in it."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_odk_validate_refuses_an_empty_group_an_empty_repeat_is_a_leftover(found: Found) -> None:
    """ODK Validate refuses an empty group; an empty repeat is a leftover."""
    form = """
| survey |
| | type | name | label |
| | begin group | g | G |
| | end group | | |
| | begin repeat | r | R |
| | end repeat | | |
"""
    assert found("empty-group", form) == [("error", 2, "name"), ("warning", 4, "name")]


def test_a_group_of_groups_is_not_empty(found: Found) -> None:
    """A group of groups is not empty."""
    form = """
| survey |
| | type | name | label |
| | begin group | g | G |
| | begin group | h | H |
| | text | a | A |
| | end group | | |
| | end group | | |
"""
    assert found("empty-group", form) == []
