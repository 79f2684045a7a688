"""A calculate without its calculation."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_calculate_that_calculates_nothing(found: Found) -> None:
    """A calculate that calculates nothing."""
    form = """
| survey |
| | type | name | label | calculation |
| | calculate | a | | |
"""
    assert found("missing-calculation", form) == [("error", 2, "calculation")]


def test_a_default_will_do(found: Found) -> None:
    """A default will do."""
    form = """
| survey |
| | type | name | label | calculation | default |
| | calculate | a | | 1 | |
| | calculate | b | | | 5 |
"""
    assert found("missing-calculation", form) == []
