"""A constraint that every answer meets."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_an_or_that_should_be_an_and(found: Found) -> None:
    """An or that should be an and."""
    form = """
| survey |
| | type | name | label | constraint |
| | integer | a | A | . > 0 or . < 100 |
| | integer | b | B | not(. < 5 and . > 9) |
"""
    assert found("useless-constraint", form) == [("warning", 2, "constraint"), ("warning", 3, "constraint")]


def test_one_that_refuses_something(found: Found) -> None:
    """One that refuses something."""
    form = """
| survey |
| | type | name | label | constraint |
| | integer | a | A | . > 0 or . < -100 |
"""
    assert found("useless-constraint", form) == []
