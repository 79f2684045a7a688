"""Working days, month ends and weekdays."""

from datetime import date

import pytest

from liuwen.campaign.calendars import WorkCalendar
from liuwen.campaign.days import date_of, number_of
from liuwen.campaign.schema import CalendarRule, MonthEnd

CHINA = WorkCalendar(CalendarRule(workdays="CN", deadline_rolls="next_workday"))


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2015, 10, 3), date(2015, 10, 8)),
        (date(2015, 10, 10), date(2015, 10, 10)),
        (date(2026, 5, 1), date(2026, 5, 6)),
        (date(2026, 7, 11), date(2026, 7, 13)),
    ],
)
def test_a_deadline_rolls_to_the_next_working_day(day: date, last: date) -> None:
    """Holidays and weekends roll, make-up days do not."""
    assert date_of(CHINA.rolled(number_of(day))) == last


def test_a_year_that_is_not_announced_is_provisional() -> None:
    """Its make-up days are not known yet."""
    assert CHINA.announced(number_of(date(2026, 10, 1)))
    assert not CHINA.announced(number_of(date(2027, 10, 1)))


@pytest.mark.parametrize(
    ("month_end", "month", "day"), [(30, (2026, 2), 28), (30, (2028, 2), 29), (30, (2026, 7), 30), (25, (2026, 2), 25)]
)
def test_a_month_without_that_day_ends_on_its_last(month_end: int, month: tuple[int, int], day: int) -> None:
    """February has no 30th."""
    calendar = WorkCalendar(CalendarRule(month_end=MonthEnd(month_end)))
    assert date_of(calendar.month_end(*month)).day == day


def test_odd_weeks_are_of_the_month_or_of_iso() -> None:
    """In September 2015 the odd Thursdays of the month are the 3rd and 17th, by ISO's weeks the 10th and 24th."""
    days = {
        weeks: [date_of(day).day for day in CHINA.weekdays(2015, 9, ("thursday",), weeks)]
        for weeks in ("odd_of_month", "odd_iso", "")
    }
    assert days == {"odd_of_month": [3, 17], "odd_iso": [10, 24], "": [3, 10, 17, 24]}


def test_working_days_are_counted_after_the_day() -> None:
    """Five working days after the last one before the National Day of 2015 are 13 October: 8, 9, 10 (worked), 12 and 13."""
    assert date_of(CHINA.after(number_of(date(2015, 9, 30)), 5, workdays=True)) == date(2015, 10, 13)


def test_the_list_day_of_a_day_after_the_months_end_is_next_month() -> None:
    """The 31st belongs to the next list, and the last list before the 30th is last month's."""
    assert date_of(CHINA.list_day(number_of(date(2026, 7, 31)))) == date(2026, 8, 30)
    assert date_of(CHINA.list_day_before(number_of(date(2026, 7, 30)))) == date(2026, 6, 30)
    assert date_of(CHINA.list_day_before(number_of(date(2027, 1, 5)))) == date(2026, 12, 30)
