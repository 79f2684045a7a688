"""A form that does not note when it was begun and ended."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_no_end_time(found: Found) -> None:
    """No end time."""
    form = """
| survey |
| | type | name | label |
| | start | start | |
| | text | a | A |
| | text | b | B |
| | text | c | C |
| | text | d | D |
| | text | e | E |
"""
    assert found("no-start-end", form) == [("note", None, None)]


def test_both_or_a_form_of_a_few_questions(found: Found) -> None:
    """Both, or a form of a few questions."""
    form = """
| survey |
| | type | name | label |
| | text | a | A |
"""
    assert found("no-start-end", form) == []
