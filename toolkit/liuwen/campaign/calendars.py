"""Working days, month ends, and where a deadline rolls to."""

import calendar as months
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from liuwen.campaign.days import EPOCH, date_of, number_of
from liuwen.campaign.schema import CalendarRule
from liuwen.errors import CampaignError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from holidays import HolidayBase

NO_MONTH = Sentence(zh="“{month}”不是月份。请写成 2026-04 这样。", en='"{month}" is not a month. Write it as 2026-04.')
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class WorkCalendar:
    """The calendar of a programme; every day is a number (days since 1 January 1970).

    Working days of `workdays = "CN"` are those of the State Council, make-up Sundays included, from the package `holidays`.
    A year counts as announced when that package holds a make-up day of it; dates in other years are *provisional*.

    >>> from liuwen.campaign.schema import CalendarRule
    >>> calendar = WorkCalendar(CalendarRule(workdays="CN", deadline_rolls="next_workday"))
    >>> date_of(calendar.rolled(number_of(date(2015, 10, 3))))
    datetime.date(2015, 10, 8)
    """

    def __init__(self, rule: CalendarRule) -> None:
        self.rule = rule
        self._rolled: dict[int, int] = {}
        self._working: dict[int, bool] = {}

    def is_workday(self, day: int) -> bool:
        """Whether people work on this day."""
        if day not in self._working:
            self._working[day] = self._looked_up(date_of(day))
        return self._working[day]

    def is_holiday(self, day: int) -> bool:
        """Whether this day is a public holiday, on any weekday; an ordinary weekend is not a holiday."""
        at = date_of(day)
        if self.rule.workdays == "CN":
            return at in _holidays(at.year) or (at.weekday() < 5 and not self.is_workday(day))
        return False

    def announced(self, day: int) -> bool:
        """Whether the working days of this day's year are known."""
        return self.rule.workdays != "CN" or _announced(date_of(day).year)

    def rolled(self, day: int) -> int:
        """The last day of a deadline: the day itself, or the next working day after it."""
        if self.rule.deadline_rolls != "next_workday":
            return day
        if day not in self._rolled:
            at = day
            while not self.is_workday(at):
                at += 1
            self._rolled[day] = at
        return self._rolled[day]

    def after(self, day: int, days: int, *, workdays: bool = False) -> int:
        """The day that is `days` days, or working days, after `day`, which is not counted itself."""
        if not workdays:
            return day + days
        while days > 0:
            day += 1
            days -= self.is_workday(day)
        return day

    def month_end(self, year: int, month: int) -> int:
        """The day of the month's list; in a month without that day, its last."""
        day = min(self.rule.month_end.day, months.monthrange(year, month)[1])
        return number_of(date(year, month, day))

    def list_day(self, day: int) -> int:
        """The first month's end on or after `day`."""
        at = date_of(day)
        this = self.month_end(at.year, at.month)
        return this if this >= day else self.month_end(*_next(at.year, at.month))

    def list_day_before(self, day: int) -> int:
        """The last month's end before `day`."""
        at = date_of(day)
        this = self.month_end(at.year, at.month)
        return this if this < day else self.month_end(*_previous(at.year, at.month))

    def weekdays(self, year: int, month: int, weekdays: tuple[str, ...], weeks: str = "") -> Iterator[int]:
        """The days of a month on these weekdays: all, or in odd or even weeks, of the month (the 1st, 3rd, 5th) or ISO's."""
        for at in range(1, months.monthrange(year, month)[1] + 1):
            day = date(year, month, at)
            if WEEKDAYS[day.weekday()] in weekdays and _in_weeks(day, weeks):
                yield number_of(day)

    def _looked_up(self, day: date) -> bool:
        if self.rule.workdays == "CN":
            return bool(_holidays(day.year).is_working_day(day))
        return day.weekday() < 5


def month_days(month: str) -> tuple[int, int]:
    """The first and last day of a month such as "2026-07"; raises `CampaignError` for an invalid month.

    >>> [str(date_of(day)) for day in month_days("2028-02")]
    ['2028-02-01', '2028-02-29']
    """
    try:
        year, number = map(int, month.split("-"))
        first = date(year, number, 1)
    except ValueError:
        raise CampaignError(NO_MONTH.filled(month=month)) from None
    return number_of(first), number_of(first) + months.monthrange(year, number)[1] - 1


def month_of(day: int) -> str:
    """The month of a day, as "2026-07"."""
    return f"{date.fromordinal(day + EPOCH):%Y-%m}"


def _in_weeks(day: date, weeks: str) -> bool:
    if not weeks:
        return True
    of_month = (day.day - 1) // 7 + 1
    week = of_month if weeks.endswith("of_month") else day.isocalendar().week
    return week % 2 == (1 if weeks.startswith("odd") else 0)


def _next(year: int, month: int) -> tuple[int, int]:
    return (year + 1, 1) if month == 12 else (year, month + 1)


def _previous(year: int, month: int) -> tuple[int, int]:
    return (year - 1, 12) if month == 1 else (year, month - 1)


@lru_cache(maxsize=200)
def _holidays(year: int) -> "HolidayBase":
    import holidays

    return holidays.country_holidays("CN", years=[year])


@lru_cache(maxsize=200)
def _announced(year: int) -> bool:
    return any(day.year == year for day in _holidays(year).weekend_workdays)
