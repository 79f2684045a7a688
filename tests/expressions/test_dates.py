"""Dates and moments: parsing, counting in days, and formatting."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuwen.expressions import dates
from liuwen.expressions.unknown import MismatchError, UnknownError

MOMENTS = st.datetimes(datetime(1582, 10, 15), datetime(9999, 12, 31)).map(lambda moment: moment.replace(microsecond=0))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-01", datetime(2026, 3, 1)),
        ("2026-3-1", datetime(2026, 3, 1)),
        ("+2026-03-01", datetime(2026, 3, 1)),
        ("２０２６-03-01", datetime(2026, 3, 1)),
        ("1582-10-15", datetime(1582, 10, 15)),
        ("9999-12-31", datetime(9999, 12, 31)),
        ("2026-03-01T8:5", datetime(2026, 3, 1, 8, 5)),
        ("2026-03-01T23:59:59.999", datetime(2026, 3, 1, 23, 59, 59, 999_000)),
        ("2026-03-01T00:00:15.5", datetime(2026, 3, 1, 0, 0, 15, 500_000)),
        ("2026-03-01T00:00:04.004", datetime(2026, 3, 1, 0, 0, 4, 3_000)),  # JavaRosa 5.1 loses it, too
        ("2026-03-01T10:30:15.5Q", datetime(2026, 3, 1, 10, 30, 15, 500_000)),
    ],
)
def test_text_is_parsed_as_a_moment(text: str, moment: datetime) -> None:
    """A date alone means midnight; leading zeros are optional."""
    assert dates.moment_of(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "2026", "2026-03", "2026-03-01-02", "2026-13-01", "2026-02-29", "2026-00-01", "2026-03-00", "2026/03/01",
        "2026-03-01 08:30", " 2026-03-01", "2026-03-x", "2026-03-01T", "2026-03-01T8", "2026-03-01T24:00", "2026-03-01T08:60",
        "2026-03-01T08:30:60", "2026-03-01T08:30:", "2026-03-01T08:30:.", "2026-03-01T08:30:15:1", "2026-03-01T08:x",
        "2026-03-01T08:30:1.2.3", "2026年3月1日",
    ],
)  # fmt: skip
def test_text_that_is_not_a_date_is_refused(text: str) -> None:
    """JavaRosa refuses these texts too."""
    with pytest.raises(MismatchError):
        dates.moment_of(text)


@pytest.mark.parametrize(
    "text",
    ["1582-10-14", "0001-01-01", "0-01-01", "10000-01-01", "2026-03-01T08:30Z", "2026-03-01T08:30+08:00", "2026-03-01T08:30-03"],
)
def test_moment_that_depends_on_phone_or_calendar_is_unknown(text: str) -> None:
    """Time zones, and days before the Gregorian calendar, are unknown rather than refused."""
    with pytest.raises(UnknownError) as left_open:
        dates.moment_of(text)
    assert not isinstance(left_open.value, MismatchError)


@given(MOMENTS)
def test_written_moment_parses_back(moment: datetime) -> None:
    """ISO text and `formatted` text parse back to the moment; its day number leads back to its midnight."""
    assert dates.moment_of(moment.isoformat(timespec="milliseconds")) == moment
    assert dates.moment_of(dates.formatted(moment, "%Y-%n-%eT%h:%M:%S.%3")) == moment
    assert dates.moment_on(dates.day_number(moment)) == datetime.combine(moment.date(), datetime.min.time())
    assert dates.text_of_day(moment) == moment.date().isoformat()


@given(MOMENTS)
def test_fractional_day_number_is_day_number_plus_part_of_day(moment: datetime) -> None:
    """Also before 1970, where day numbers are negative."""
    passed = dates.part_of_day(moment)
    assert 0 <= passed < 1
    assert abs(dates.fractional_day_number(moment) - (dates.day_number(moment) + passed)) < 1e-6


@pytest.mark.parametrize(
    ("moment", "day", "fraction"),
    [
        (datetime(1970, 1, 1), 0.0, 0.0),
        (datetime(1970, 1, 2, 12), 1.0, 1.5),
        (datetime(1969, 12, 31, 18), -1.0, -0.25),
        (datetime(2025, 3, 3, 6), 20150.0, 20150.25),
    ],
)
def test_days_are_counted_from_1970(moment: datetime, day: float, fraction: float) -> None:
    """Whole days ignore the time of day, fractional days include it."""
    assert (dates.day_number(moment), dates.fractional_day_number(moment)) == (day, fraction)


@pytest.mark.parametrize(
    ("days", "moment"),
    [(0.0, date(1970, 1, 1)), (1.9, date(1970, 1, 2)), (-1.9, date(1969, 12, 31)), (-141427.0, date(1582, 10, 15))],
)
def test_day_number_gives_midnight(days: float, moment: date) -> None:
    """The fraction is dropped towards 1970."""
    assert dates.moment_on(days) == datetime.combine(moment, datetime.min.time())


@pytest.mark.parametrize("days", [-141428.0, 1e7, -1e9, 1e15])
def test_day_number_outside_the_calendar_is_unknown(days: float) -> None:
    """No OverflowError reaches the caller."""
    with pytest.raises(UnknownError):
        dates.moment_on(days)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("", ""), ("%Y", "0987"), ("%y", "87"), ("%m/%n", "03/3"), ("%d/%e", "01/1"), ("%H:%h", "08:8"), ("%M", "05"),
        ("%S", "09"), ("%3", "007"), ("%%Y", "%Y"), ("年%Y月", "年0987月"), ("no mark", "no mark"),
    ],
)  # fmt: skip
def test_pattern_formats_each_part(pattern: str, text: str) -> None:
    """With and without leading zeros; all other characters are copied."""
    assert dates.formatted(datetime(987, 3, 1, 8, 5, 9, 7_000), pattern) == text


@pytest.mark.parametrize(("pattern", "error"), [("%q", MismatchError), ("%", MismatchError), ("%D", MismatchError)])
def test_unknown_format_mark_is_refused(pattern: str, error: type[Exception]) -> None:
    """Including a mark that is cut off at the end of the pattern."""
    with pytest.raises(error):
        dates.formatted(datetime(2026, 3, 1), pattern)


@pytest.mark.parametrize("pattern", ["%a", "%b", "%W"])
def test_format_mark_that_depends_on_language_is_unknown(pattern: str) -> None:
    """Names of days and months, and week numbers."""
    with pytest.raises(UnknownError) as left_open:
        dates.formatted(datetime(2026, 3, 1), pattern)
    assert not isinstance(left_open.value, MismatchError)


def test_time_of_day_is_a_duration_since_midnight() -> None:
    """Up to milliseconds; anything finer is dropped."""
    assert dates.time_in("00:00") == timedelta(0)
    assert dates.time_in("23:59:59.9999") == timedelta(hours=23, minutes=59, seconds=59, milliseconds=999)
