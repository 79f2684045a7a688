"""A constraint on something that nobody answers."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_nobody_answers_a_calculation_or_a_note(found: Found) -> None:
    """Nobody answers a calculation or a note."""
    form = """
| survey |
| | type | name | label | calculation | constraint |
| | calculate | a | | 1 | . > 0 |
| | note | b | B | | . != '' |
"""
    assert found("constraint-not-checked", form) == [("warning", 2, "constraint"), ("warning", 3, "constraint")]


def test_on_a_question_it_is_checked(found: Found) -> None:
    """On a question it is checked."""
    form = """
| survey |
| | type | name | label | constraint |
| | integer | a | A | . > 0 |
"""
    assert found("constraint-not-checked", form) == []
