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


def test_nothing_else_is_reported(found: Found) -> None:
    """That it is no condition, or never true, does no harm where it is not checked."""
    form = """
| survey |
| | type | name | label | constraint |
| | note | a | A | nothing |
| | note | b | B | . > 1 and . < 1 |
"""
    assert found("constraint-not-checked", form) == [("warning", 2, "constraint"), ("warning", 3, "constraint")]
    assert found("lone-word", form) == found("impossible-constraint", form) == []


def test_on_a_question_it_is_checked(found: Found) -> None:
    """On a question it is checked."""
    form = """
| survey |
| | type | name | label | constraint |
| | integer | a | A | . > 0 |
"""
    assert found("constraint-not-checked", form) == []
