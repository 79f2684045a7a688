"""A condition that is always true."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_unlike_one_or_unlike_the_other(found: Found) -> None:
    """Unlike one or unlike the other."""
    form = """
| survey |
| | type | name | label | relevant |
| | select_one l | m | M | |
| | text | b | B | ${m} != 'x' or ${m} != 'y' |
| choices |
| | list_name | name | label |
| | l | x | X |
| | l | y | Y |
"""
    assert found("always-relevant", form) == [("warning", 3, "relevant")]


def test_unlike_both(found: Found) -> None:
    """Unlike both."""
    form = """
| survey |
| | type | name | label | relevant |
| | select_one l | m | M | |
| | text | b | B | ${m} != 'x' and ${m} != 'y' |
| choices |
| | list_name | name | label |
| | l | x | X |
| | l | y | Y |
"""
    assert found("always-relevant", form) == []
