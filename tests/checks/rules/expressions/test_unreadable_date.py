"""A date, or the pattern of one, that phones cannot read."""

from collections.abc import Callable

import pytest

from liuwen.engine import interview
from liuwen.errors import EngineError
from liuwen.form import read_form

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
        ("format-date('%Y', ${d})", "wrong way round"),
        ("format-date('31/12/2026', '%Y')", "year-month-day"),
        ("decimal-date-time('today')", "year-month-day"),
        ("decimal-time('08:30')", "8.5 div 24"),
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


ANSWERED = """
| survey |
| | type | name | label | constraint |
| | {kind} | q | Q | {constraint} |
| | calculate | c | | |
| choices |
| | list_name | name | label |
| | l | yes | Yes |
| | days | 2026-01-02 | Friday |
"""


@pytest.mark.parametrize("reads", ["date(${q})", "format-date(${q}, '%Y')", "decimal-date-time(${q})"])
@pytest.mark.parametrize(
    ("kind", "answer", "severity"),
    [
        ("text", "yesterday", "warning"),
        ("select_one l", "yes", "error"),
        ("select_one days", "2026-01-02", None),
        ("date", "2026-01-02", None),
    ],
)
def test_answers_without_a_date(found: Found, reads: str, kind: str, answer: str, severity: str | None) -> None:
    """Phones stop once such an answer is given."""
    form = (
        ANSWERED.format(kind=kind, constraint="")
        .replace("| c | | |", f"| c | | | {reads} |")
        .replace("constraint |", "constraint | calculation |")
    )
    assert found("unreadable-date", form) == ([(severity, 3, "calculation")] if severity else [])
    walk = interview(read_form(form.encode()))
    if severity:
        with pytest.raises(EngineError):
            walk.answer(answer)
    else:
        walk.answer(answer)


def test_a_number_as_a_date(found: Found) -> None:
    """Days since 1970."""
    form = SURVEY.replace("| date | d | Day? | |", "| integer | d | Day? | |").format(calculation="format-date(${d}, '%Y')")
    assert found("unreadable-date", form) == [("warning", 3, "calculation")]
