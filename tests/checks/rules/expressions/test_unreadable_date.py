"""A date, or the pattern of one, that phones cannot read."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]
Words = Callable[..., list[str]]

SURVEY = """
| survey |
| | type | name | label | calculation |
| | date | d | Day? | |
| | calculate | c | | {calculation} |
"""


@pytest.mark.parametrize(
    ("calculation", "said"),
    [
        ("${d} > date('31/12/2026')", "year-month-day"),
        ("${d} > date('2026-13-01')", "year-month-day"),
        ("format-date(${d}, 'DD.MM.YYYY')", "whatever the date"),
        ("format-date(${d}, '%Q')", "%Q"),
    ],
)
def test_it_is_named_with_its_remedy(found: Found, words: Words, calculation: str, said: str) -> None:
    """An error at the cell."""
    form = SURVEY.format(calculation=calculation)
    assert found("unreadable-date", form) == [("error", 3, "calculation")]
    assert said in words("unreadable-date", form)[0]


@pytest.mark.parametrize(
    "calculation",
    ["${d} > date('2026-1-31')", "date('2026-01-31T08:30:00.000+08:00')", "format-date(${d}, '%e. %b %Y')", "date(${d})"],
)
def test_readable_dates_and_patterns_are_accepted(found: Found, calculation: str) -> None:
    """One digit for the month, a time zone, text between the letters."""
    assert found("unreadable-date", SURVEY.format(calculation=calculation)) == []
