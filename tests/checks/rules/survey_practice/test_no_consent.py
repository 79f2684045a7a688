"""A form that never asks whether one may ask."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_five_questions_and_no_consent(found: Found) -> None:
    """Five questions and no consent."""
    form = """
| survey |
| | type | name | label |
| | text | a | A |
| | text | b | B |
| | text | c | C |
| | text | d | D |
| | text | e | E |
"""
    assert found("no-consent", form) == [("note", None, None)]


def test_asked_in_chinese(found: Found) -> None:
    """Asked in Chinese."""
    form = """
| survey |
| | type | name | label |
| | select_one yn | agreed | 您是否愿意，同意接受访问？ |
| | text | a | A |
| | text | b | B |
| | text | c | C |
| | text | d | D |
"""
    assert found("no-consent", form) == []
