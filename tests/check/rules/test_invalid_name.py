"""A name that XML, and so every phone, cannot hold."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_spaces_and_a_leading_digit(found: Found) -> None:
    """Spaces and a leading digit."""
    form = """
| survey |
| | type | name | label |
| | text | my name | A |
| | text | 1st | B |
"""
    assert found("invalid-name", form) == [("error", 2, "name"), ("error", 3, "name")]


def test_letters_of_any_script_digits_and_underscores(found: Found) -> None:
    """Letters of any script, digits and underscores."""
    form = """
| survey |
| | type | name | label |
| | text | 困难_1 | A |
| | text | a.b-c | B |
"""
    assert found("invalid-name", form) == []
