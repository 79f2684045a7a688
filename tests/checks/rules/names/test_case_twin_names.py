"""Two names of one group that differ in capital letters only."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_name_and_name(found: Found) -> None:
    """Name and name."""
    form = """
| survey |
| | type | name | label |
| | text | Name | A |
| | text | name | B |
"""
    assert found("case-twin-names", form) == [("warning", 3, "name")]


def test_names_are_compared_within_their_own_group(found: Found) -> None:
    """Names in an outer group are not compared."""
    form = """
| survey |
| | type | name | label |
| | begin group | g | G |
| | text | Name | A |
| | begin group | h | H |
| | text | name | B |
| | end group | | |
| | end group | | |
"""
    assert found("case-twin-names", form) == []


def test_in_different_groups_they_do_not_meet(found: Found) -> None:
    """In different groups they do not meet."""
    form = """
| survey |
| | type | name | label |
| | begin group | g | G |
| | text | Name | A |
| | end group | | |
| | text | name | B |
"""
    assert found("case-twin-names", form) == []
