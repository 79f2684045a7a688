"""Moments and times compared by their day."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]


SURVEY = """
| survey |
| | type | name | label | constraint | calculation |
| | dateTime | begun | B | {constraint} | |
| | dateTime | ended | E | | |
| | date | day | D | | |
| | time | left | L | | |
| | time | back | B | | |
| | calculate | c | | | {calculation} |
"""


@pytest.mark.parametrize(
    ("constraint", "calculation", "expected"),
    [
        (". <= now()", "", [("warning", 2, "constraint")]),
        (". > ${ended}", "", [("warning", 2, "constraint")]),
        ("", "${ended} - ${begun}", [("warning", 7, "calculation")]),
        ("", "${ended} >= ${begun}", [("warning", 7, "calculation")]),
        ("", "${back} > ${left}", [("error", 7, "calculation")]),
        ("", "${left} <= now()", [("error", 7, "calculation")]),
        ("", "${left} > 12", [("error", 7, "calculation")]),
        (". <= today()", "", []),
        ("", "${day} <= now()", []),
        ("", "decimal-date-time(${ended}) - decimal-date-time(${begun})", []),
        ("", "decimal-time(${back}) > decimal-time(${left})", []),
    ],
)
def test_the_hour_counts_only_as_a_decimal(found: Found, constraint: str, calculation: str, expected: list[object]) -> None:
    """Days are compared with days, and may be."""
    assert found("moment-as-day", SURVEY.format(constraint=constraint, calculation=calculation)) == expected
