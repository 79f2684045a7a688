"""The days of a programme in a year, and the periods in which a duty is owed."""

import calendar
from dataclasses import dataclass
from datetime import date

from liuwen.campaign.days import date_of, number_of
from liuwen.campaign.festivals import festival_day
from liuwen.campaign.programmes.rules.days import day_of
from liuwen.campaign.schema import DutyRule, Programme


@dataclass(frozen=True, slots=True)
class DutyPeriod:
    """A stretch of days, both ends included, as numbers; `name` is shown.

    `festival` is the day itself where the period is the window round a festival; `running` the number of days where any so
    many days running inside it are looked at.
    """

    name: str
    begins: int
    ends: int
    festival: int | None = None
    running: int = 0

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.ends - self.begins + 1


def programme_days(programme: Programme, year: int) -> DutyPeriod:
    """The days of the programme in `year`, or those it names itself."""
    begins, ends = day_of(programme.begins, year), day_of(programme.ends, year)
    assert begins is not None and ends is not None  # the programme was checked
    return DutyPeriod(str(ends.year), number_of(begins), number_of(ends))


def duty_periods(duty: DutyRule, programme: Programme, year: int) -> list[DutyPeriod]:
    """The periods of a duty in a year: inside the programme, up to `until`; the window of a festival may begin before it."""
    whole = programme_days(programme, year)
    if duty.per.days:
        return [DutyPeriod(f"{duty.per.days}-days", whole.begins, whole.ends, running=duty.per.days)]
    if duty.per.word == "programme":
        return [_until(whole, duty, date_of(whole.begins).year)]
    within = _of_year(whole, year)
    if duty.per.word == "festival":
        return _festivals(programme, within)
    return _months(within) if duty.per.word == "month" else [_until(within, duty, date_of(within.begins).year)]


def _of_year(whole: DutyPeriod, year: int) -> DutyPeriod:
    """The part of the programme that lies in `year`; in the nearest year that has one."""
    at = min(max(year, date_of(whole.begins).year), date_of(whole.ends).year)
    first, last = number_of(date(at, 1, 1)), number_of(date(at, 12, 31))
    return DutyPeriod(str(at), max(first, whole.begins), min(last, whole.ends))


def _until(period: DutyPeriod, duty: DutyRule, year: int) -> DutyPeriod:
    until = day_of(duty.until, year) if duty.until else None
    ends = period.ends if until is None else min(period.ends, number_of(until))
    return DutyPeriod(period.name, period.begins, ends)


def _months(within: DutyPeriod) -> list[DutyPeriod]:
    first, last = date_of(within.begins), date_of(within.ends)
    return [_month(first.year, month, within) for month in range(first.month, last.month + 1)]


def _month(year: int, month: int, within: DutyPeriod) -> DutyPeriod:
    begins = number_of(date(year, month, 1))
    ends = begins + calendar.monthrange(year, month)[1] - 1
    return DutyPeriod(f"{year}-{month:02d}", max(begins, within.begins), min(ends, within.ends))


def _festivals(programme: Programme, within: DutyPeriod) -> list[DutyPeriod]:
    """The windows of the festivals that fall in these days."""
    year = date_of(within.begins).year
    found = []
    for id, rule in programme.calendar.festivals.items():
        day = festival_day(rule, year)
        if within.begins <= day <= within.ends:
            found.append(DutyPeriod(f"{year}-{id}", day - rule.before, day + rule.after, festival=day))
    return sorted(found, key=lambda one: one.begins)
