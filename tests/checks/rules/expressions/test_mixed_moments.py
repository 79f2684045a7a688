"""Days, moments, times of day and numbers that do not go together."""

from collections.abc import Callable

import pytest

from liuwen.engine import interview
from liuwen.form import read_form

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
        ("${d} + 7", "warning"),
        ("${d} - ${n}", "warning"),
        ("date(${d} + 7)", ""),
        ("format-date(${d} + 7, '%Y')", ""),
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
    """Ages are fine, and shifted dates that are made dates again."""
    expected = [(severity, 7, "calculation")] if severity else []
    assert found("mixed-moments", FORM.format(calculation=calculation)) == expected


SHIFTED = """
| survey |
| | type | name | label | calculation | relevant |
| | date | d | D | | |
| | calculate | c | | ${{d}} + 30 | |
| | text | t | {label} | | {relevant} |
"""


@pytest.mark.parametrize(
    ("label", "relevant", "fault"), [("By ${c}", "${c} > 5", True), ("T", "", True), ("T", "${c} > today()", False)]
)
def test_a_shifted_date_that_is_shown(found: Found, label: str, relevant: str, *, fault: bool) -> None:
    """Phones show 20455: a number of days, which may be compared with a date, and is no date to read."""
    form = SHIFTED.format(label=label, relevant=relevant)
    assert found("mixed-moments", form) == ([("warning", 3, "calculation")] if fault else [])
    assert interview(read_form(form.encode())).answer("2025-12-03").value("c") == "20455"
