"""A choice without a value to store."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_nothing_to_store(found: Found) -> None:
    """Nothing to store."""
    form = """
| survey |
| | type | name | label |
| | select_one a | q | Q |
| choices |
| | list_name | name | label |
| | a | | X |
"""
    assert found("missing-choice-name", form) == [("error", 2, "name")]


def test_something_to_store(found: Found) -> None:
    """Something to store."""
    form = """
| survey |
| | type | name | label |
| | select_one a | q | Q |
| choices |
| | list_name | name | label |
| | a | x | X |
"""
    assert found("missing-choice-name", form) == []
