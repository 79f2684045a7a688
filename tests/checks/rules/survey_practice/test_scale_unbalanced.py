"""A rating scale with more answers on one side than on the other."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_more_praise_than_blame(found: Found) -> None:
    """More praise than blame."""
    form = """
| survey |
| | type | name | label |
| | select_one a | q | Q |
| choices |
| | list_name | name | label |
| | a | 1 | Very good |
| | a | 2 | Good |
| | a | 3 | Fairly good |
| | a | 4 | Bad |
"""
    assert found("scale-unbalanced", form) == [("note", 2, "label")]


def test_as_many_on_either_side(found: Found) -> None:
    """As many on either side."""
    form = """
| survey |
| | type | name | label |
| | select_one a | q | Q |
| choices |
| | list_name | name | label |
| | a | 1 | Strongly agree |
| | a | 2 | Agree |
| | a | 3 | Neither |
| | a | 4 | Disagree |
| | a | 5 | Strongly disagree |
"""
    assert found("scale-unbalanced", form) == []
