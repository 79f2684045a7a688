"""Days as they are written in frames."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuwen.campaign.days import NO_DAY, UNREADABLE, as_dates, as_day, date_of, number_of, read_days

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
def test_invalid_days_are_unreadable(written: object) -> None:
    """Never guessed."""
    assert read_days(pd.Series([written], dtype=object), CHINA)[0] == UNREADABLE


def test_blank_cells_give_no_day() -> None:
    """None, NaN, NaT and an empty text."""
    assert set(read_days(pd.Series([None, float("nan"), pd.NaT, "", " "], dtype=object), CHINA)) == {NO_DAY}


@given(
    st.dates(date(1000, 1, 1)), st.sampled_from(["{0.year}-{0.month}-{0.day}", "{0:%Y/%m/%d}", "{0.year}年{0.month}月{0.day}日"])
)
def test_every_day_is_read_back(day: date, spelling: str) -> None:
    """With leading zeros and without, in Chinese too."""
    assert as_day(f" {spelling.format(day)} ") == number_of(day)
    assert date_of(number_of(day)) == day


@pytest.mark.parametrize(
    ("number", "day"),
    [(20000, date(1954, 10, 3)), (46113.75, date(2026, 4, 1)), (79999, date(2119, 1, 10)), (20260401, date(2026, 4, 1))],
)
def test_a_number_is_a_spreadsheets_day_or_eight_digits(number: float, day: date) -> None:
    """From 20000 to 79999, its time of day left out; or year, month and day together."""
    assert date_of(as_day(number)) == day


@pytest.mark.parametrize("number", [19999, 80000, 20260231, 20000.5 - 1, -46113, 0])
def test_numbers_outside_the_calendar_are_refused(number: float) -> None:
    """One below and one above what a spreadsheet means, and days that no month has."""
    with pytest.raises(ValueError, match="not a day"):
        as_day(number)


@pytest.mark.parametrize("written", ["", "  ", "soon", "1 April", "２０２６年４月３１日", "2026-04-01T25:00"])
def test_the_error_for_an_invalid_day_names_the_value(written: str) -> None:
    """Blanks too."""
    with pytest.raises(ValueError, match="not a day"):
        as_day(written)


def test_numbers_become_dates_and_missing_ones_stay_missing() -> None:
    """As NaT."""
    dates = as_dates([0, 20544, NO_DAY])
    assert dates[:2].tolist() == [datetime(1970, 1, 1), datetime(2026, 4, 1)]
    assert np.isnat(dates[2])


def test_each_row_keeps_its_own_day() -> None:
    """Alike cells, blanks and faults among them."""
    column = pd.Series(["2026-04-02", None, "2026-04-01", "x", "2026-04-02"], dtype=object)
    first = as_day("2026-04-01")
    assert read_days(column, CHINA).tolist() == [first + 1, NO_DAY, first, UNREADABLE, first + 1]


@pytest.mark.parametrize(
    "written",
    [
        float("inf"),
        float("-inf"),
        1e300,
        10**40,
        10**400,
        "9999-12-31T23:00:00-05:00",
        "0001-01-01T00:00:00+14:00",
        datetime.max.replace(tzinfo=UTC),
        ["2026-04-01"],
        {"day": "2026-04-01"},
        True,
        "9" * 10_000,
    ],
)
def test_no_cell_breaks_the_reading_of_its_column(written: object) -> None:
    """Endless numbers, moments past the calendar's ends, lists: unreadable, and the cells beside it are read."""
    days = read_days(pd.Series([written, "1970-01-02", None, float("nan")], dtype=object), CHINA)
    assert days.tolist() == [UNREADABLE, 1, NO_DAY, NO_DAY]
