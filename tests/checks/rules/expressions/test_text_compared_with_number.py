"""An answer compared with something of another kind."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_impossible_comparisons_are_errors_and_suspicious_ones_warnings(found: Found) -> None:
    """Impossible comparisons are errors, suspicious ones warnings."""
    form = """
| survey |
| | type | name | label | relevant |
| | integer | n | N | |
| | text | t | T | |
| | date | d | D | |
| | text | b | B | ${n} = 'many' |
| | text | c | C | ${t} > 5 |
| | text | e | E | ${d} > '2020-01-01' |
| | text | f | F | ${d} > 2020 |
| | text | g | G | ${t} < 'm' |
"""
    assert found("text-compared-with-number", form) == [
        ("error", 5, "relevant"),
        ("warning", 6, "relevant"),
        ("error", 7, "relevant"),
        ("warning", 8, "relevant"),
        ("error", 9, "relevant"),
    ]


def test_quoted_numbers_blanks_and_dates_as_dates(found: Found) -> None:
    """Quoted numbers, blanks and dates as dates."""
    form = """
| survey |
| | type | name | label | appearance | relevant |
| | integer | n | N | | |
| | text | t | T | numbers | |
| | date | d | D | | |
| | text | b | B | | ${n} = '5' or ${n} = '' or ${t} > 5 or ${d} > date('2020-01-01') or ${d} = '2020-01-01' |
"""
    assert found("text-compared-with-number", form) == []


@pytest.mark.parametrize(
    ("relevant", "said"),
    [
        ("${h} = '09:30'", True),
        ("${t} = '2025-03-01'", True),
        ("${g} > 5", True),
        ("${d} = '2025-03-01'", False),
        ("${h} != ''", False),
    ],
)
def test_times_and_positions_are_neither_texts_nor_numbers(found: Found, relevant: str, said: bool) -> None:
    """A phone keeps a time with seconds and time zone; a date it keeps as it is written."""
    rows = "".join(
        f"| | {kind} | {name} | {name} | |\n"
        for kind, name in (("time", "h"), ("dateTime", "t"), ("date", "d"), ("geopoint", "g"))
    )
    form = f"| survey |\n| | type | name | label | relevant |\n{rows}| | text | x | X | {relevant} |"
    assert found("text-compared-with-number", form) == ([("error", 6, "relevant")] if said else [])


@pytest.mark.parametrize(
    ("relevant", "severity"),
    [
        ("today() > '2026-01-01'", "error"),
        ("'2026-01-01' <= now()", "error"),
        ("date(${t}) < '2026-01-01'", "error"),
        ("concat(${t}, 'x') > 'b'", "error"),
        ("string-length(${t}) = 'two'", "error"),
        ("${n} + 1 = 'two'", "error"),
        ("today() > '2001'", "warning"),
        ("${d} > '2001'", "warning"),
        ("today() > 20000", "warning"),
        ("today() = '2026-01-01'", None),
        ("today() > date('2026-01-01')", None),
        ("format-date(today(), '%Y') > '2001'", None),
        ("string-length(${t}) = '2'", None),
        ("concat(${t}, 'x') = 'bx'", None),
        ("number(${t}) = 'NaN'", None),
        ("string-length(${t}) > 2", None),
    ],
)
def test_results_of_calculations_are_compared_like_answers(found: Found, relevant: str, severity: str | None) -> None:
    """A phone takes a day for the days since 1970, and a text with `>` for no number at all."""
    rows = "".join(f"| | {kind} | {name} | {name} | |\n" for kind, name in (("text", "t"), ("integer", "n"), ("date", "d")))
    form = f"| survey |\n| | type | name | label | relevant |\n{rows}| | text | x | X | {relevant} |"
    assert found("text-compared-with-number", form) == ([(severity, 5, "relevant")] if severity else [])
