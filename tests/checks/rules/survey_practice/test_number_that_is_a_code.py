"""A telephone or card number asked as a number."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_telephone_number_as_a_number(found: Found) -> None:
    """A telephone number as a number."""
    form = """
| survey |
| | type | name | label |
| | integer | phone | 电话号码 |
"""
    assert found("number-that-is-a-code", form) == [("warning", 2, "type")]


def test_as_text_and_a_number_of_telephones(found: Found) -> None:
    """As text, and a number of telephones."""
    form = """
| survey |
| | type | name | label |
| | text | phone | Telephone number |
| | integer | phones | How many telephones are there? |
"""
    assert found("number-that-is-a-code", form) == []
