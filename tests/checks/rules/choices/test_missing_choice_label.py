"""A choice that shows nothing to the person who chooses."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_nothing_to_read(found: Found) -> None:
    """Nothing to read."""
    form = """
| survey |
| | type | name | label |
| | select_one a | q | Q |
| choices |
| | list_name | name | label |
| | a | x | |
"""
    assert found("missing-choice-label", form) == [("warning", 2, "label")]


def test_a_picture_will_do(found: Found) -> None:
    """A picture will do."""
    form = """
| survey |
| | type | name | label |
| | select_one a | q | Q |
| choices |
| | list_name | name | label | image |
| | a | x | | x.png |
"""
    assert found("missing-choice-label", form) == []
