"""Days, moments, times of day and numbers that do not go together."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]

FORM = """
| survey |
| | type | name | label | calculation |
| | dateTime | t | T | |
| | date | d | D | |
| | date | e | E | |
| | time | h | H | |
| | integer | n | N | |
| | calculate | c | | {calculation} |
"""


@pytest.mark.parametrize(
    ("calculation", "severity"),
    [
        ("${h} - ${d}", "error"),
        ("${h} > ${t}", "error"),
        ("${h} = today()", "error"),
        ("${h} * 24", "error"),
        ("${h} + 1", "error"),
        ("2026 - ${d}", "error"),
        ("${d} - 2020", "error"),
        ("${d} + ${e}", "warning"),
        ("${d} div 365", "warning"),
        ("${t} * 24", "warning"),
        ("${n} > ${d}", "warning"),
        ("${t} - ${d}", "note"),
        ("(${t} - ${d}) * 24", "note"),
        ("${d} - ${e}", ""),
        ("${d} + 7", ""),
        ("${d} - 7", ""),
        ("${d} mod 7", ""),
        ("${d} div 7", ""),
        ("${d} * 1", ""),
        ("${t} > ${d}", ""),
        ("now() - ${d}", ""),
        ("int((today() - ${d}) div 365.25)", ""),
        ("decimal-time(${h}) * 24", ""),
        ("${n} * 24", ""),
        ("decimal-date-time(${t}) - decimal-date-time(${d})", ""),
    ],
)
def test_mixed_kinds_are_reported(found: Found, calculation: str, severity: str) -> None:
    """Ages and shifted dates are fine."""
    expected = [(severity, 7, "calculation")] if severity else []
    assert found("mixed-moments", FORM.format(calculation=calculation)) == expected
