"""A date without quotes, which XPath reads as a subtraction."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_it_would_be_a_subtraction(found: Found) -> None:
    """It would be a subtraction."""
    form = """
| survey |
| | type | name | label | constraint |
| | date | d | D | . > 2026-01-31 |
"""
    assert found("unquoted-date", form) == [("error", 2, "constraint")]


def test_a_date_in_quotes_and_a_plain_subtraction(found: Found) -> None:
    """A date in quotes, and a plain subtraction."""
    form = """
| survey |
| | type | name | label | constraint |
| | date | d | D | . > date('2026-01-31') |
| | integer | n | N | . > 100-20-3 |
"""
    assert found("unquoted-date", form) == []
