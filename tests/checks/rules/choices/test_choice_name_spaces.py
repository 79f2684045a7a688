"""A choice value with a space in it."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_an_error_where_several_may_be_chosen(found: Found) -> None:
    """An error where several may be chosen."""
    form = """
| survey |
| | type | name | label |
| | select_multiple a | q | Q |
| | select_one b | r | R |
| choices |
| | list_name | name | label |
| | a | deep well | X |
| | b | deep well | X |
"""
    assert found("choice-name-spaces", form) == [("error", 2, "name"), ("warning", 3, "name")]


def test_underscores(found: Found) -> None:
    """Underscores."""
    form = """
| survey |
| | type | name | label |
| | select_multiple a | q | Q |
| choices |
| | list_name | name | label |
| | a | deep_well | X |
"""
    assert found("choice-name-spaces", form) == []
