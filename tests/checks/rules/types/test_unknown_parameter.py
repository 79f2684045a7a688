"""A parameter that the question type does not have."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_parameter_of_another_type(found: Found) -> None:
    """A parameter of another type."""
    form = """
| survey |
| | type | name | label | parameters |
| | range | a | A | start=1 end=5 stepp=1 |
| | image | b | B | quality=low |
"""
    assert found("unknown-parameter", form) == [("error", 2, "parameters"), ("error", 3, "parameters")]


def test_those_of_the_type(found: Found) -> None:
    """Those of the type."""
    form = """
| survey |
| | type | name | label | parameters |
| | range | a | A | start=1 end=5 step=1 |
| | image | b | B | Max-Pixels = 1000 |
"""
    assert found("unknown-parameter", form) == []
