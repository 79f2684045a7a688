"""An invisible character that no phone can read, such as those that come along from a PDF."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_in_a_wording_and_in_a_choice(found: Found) -> None:
    """A vertical tab, a unit separator: each at its cell."""
    form = """
| survey |
| | type | name | label |
| | text | a | A\x1fB |
| choices |
| | list_name | name | label |
| | l | x | X\x02 |
"""
    assert found("control-characters", form) == [("error", 2, "label"), ("error", 2, "label")]


def test_line_breaks_tabs_and_all_the_worlds_letters(found: Found) -> None:
    """What a label may hold."""
    form = """
| survey |
| | type | name | label |
| | text | a | 第一行\t第二行 😀 عربي |
"""
    assert found("control-characters", form) == []
