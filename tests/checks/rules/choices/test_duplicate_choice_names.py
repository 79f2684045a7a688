"""Two choices of one list that store the same value."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_both_would_store_the_same(found: Found) -> None:
    """Both would store the same."""
    form = """
| survey |
| | type | name | label |
| | select_one a | q | Q |
| choices |
| | list_name | name | label |
| | a | x | X |
| | a | x | Y |
"""
    assert found("duplicate-choice-names", form) == [("error", 3, "name")]


def test_where_it_is_meant_and_in_different_lists(found: Found) -> None:
    """Where it is meant, and in different lists."""
    form = """
| survey |
| | type | name | label |
| | select_one a | q | Q |
| choices |
| | list_name | name | label |
| | a | x | X |
| | a | x | Y |
| settings |
| | form_id | allow_choice_duplicates |
| | f | yes |
"""
    assert found("duplicate-choice-names", form) == []
