"""A constraint that refuses without saying why."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_it_refuses_without_saying_why(found: Found) -> None:
    """It refuses without saying why."""
    form = """
| survey |
| | type | name | label | constraint |
| | integer | a | A | . > 0 |
"""
    assert found("constraint-without-message", form) == [("warning", 2, "constraint_message")]


def test_it_says_why_in_some_language(found: Found) -> None:
    """It says why, in some language."""
    form = """
| survey |
| | type | name | label::English (en) | constraint | constraint_message::English (en) |
| | integer | a | A | . > 0 | Above zero, please |
"""
    assert found("constraint-without-message", form) == []


def test_notes_need_no_constraint_message(found: Found) -> None:
    """A constraint on a note has no effect; another rule reports it."""
    form = """
| survey |
| | type | name | label | constraint |
| | note | a | A | . > 3 |
"""
    assert found("constraint-without-message", form) == []
