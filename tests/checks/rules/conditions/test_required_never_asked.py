"""A required question in a group that is never asked."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_in_a_group_that_is_never_asked(found: Found) -> None:
    """In a group that is never asked."""
    form = """
| survey |
| | type | name | label | relevant | required |
| | integer | age | Age | | |
| | begin group | g | G | ${age} > 9 and ${age} < 2 | |
| | text | a | A | | yes |
| | text | b | B | | no |
| | end group | | | | |
"""
    assert found("required-never-asked", form) == [("warning", 4, "required")]


def test_in_one_that_is_asked_sometimes(found: Found) -> None:
    """In one that is asked sometimes."""
    form = """
| survey |
| | type | name | label | relevant | required |
| | integer | age | Age | | |
| | begin group | g | G | ${age} > 9 | |
| | text | a | A | | yes |
| | end group | | | | |
"""
    assert found("required-never-asked", form) == []
