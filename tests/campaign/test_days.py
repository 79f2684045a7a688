"""Days as they are written in frames."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from liuwen.campaign.days import NO_DAY, UNREADABLE, date_of, read_days

CHINA = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    "written",
    [
        "2026-04-01",
        "2026/4/1",
        "2026.04.01",
        "2026年4月1日",
        "20260401",
        "2026-04-01T00:00:00",
        46113,
        "2026-04-01 08:30",
        date(2026, 4, 1),
    ],
)
def test_a_day_is_read_however_it_is_written(written: object) -> None:
    """As texts, a spreadsheet's number, or a date."""
    (number,) = read_days(pd.Series([written], dtype=object), CHINA)
    assert date_of(int(number)) == date(2026, 4, 1)


def test_a_moment_is_a_day_of_the_programmes_zone() -> None:
    """06:30 in Beijing is the day before in UTC."""
    moments = [
        "2026-04-30T22:30:00Z",
        "2026-05-01T06:30:00+08:00",
        datetime(2026, 4, 30, 22, 30, tzinfo=UTC),
        pd.Timestamp("2026-04-30T22:30Z"),
    ]
    assert {date_of(int(day)) for day in read_days(pd.Series(moments, dtype=object), CHINA)} == {date(2026, 5, 1)}
    assert date_of(int(read_days(pd.Series(pd.to_datetime(moments[:2], utc=True)), CHINA)[0])) == date(2026, 5, 1)


@pytest.mark.parametrize("written", ["soon", "2026-02-30", "2026-13-01", "1.5", 1.5, 7])
def test_what_is_no_day_is_named_as_unreadable(written: object) -> None:
    """Never guessed at."""
    assert read_days(pd.Series([written], dtype=object), CHINA)[0] == UNREADABLE


def test_blank_cells_are_no_day() -> None:
    """None, NaN, NaT and an empty text."""
    assert set(read_days(pd.Series([None, float("nan"), pd.NaT, "", " "], dtype=object), CHINA)) == {NO_DAY}
