"""The days of a programme, and of a duty in it."""

import pytest

from liuwen.campaign.days import date_of
from liuwen.campaign.duties.periods import DutyPeriod, duty_periods, programme_days
from liuwen.campaign.schema import DutyRule, Programme


def programme(begins: str, ends: str) -> Programme:
    return Programme(begins=begins, ends=ends)


@pytest.mark.parametrize(
    ("written", "year", "days", "count"),
    [
        (("01-01", "12-31"), 2026, ("2026-01-01", "2026-12-31"), 365),
        (("01-01", "12-31"), 2028, ("2028-01-01", "2028-12-31"), 366),
        (("04-01", "12-31"), 2026, ("2026-04-01", "2026-12-31"), 275),
        (("02-29", "02-29"), 2026, ("2026-02-28", "2026-02-28"), 1),
        (("02-29", "02-29"), 2028, ("2028-02-29", "2028-02-29"), 1),
        (("02-29", "02-29"), 2100, ("2100-02-28", "2100-02-28"), 1),
        (("02-29", "02-29"), 2000, ("2000-02-29", "2000-02-29"), 1),
        (("2025-10-01", "2026-03-31"), 2030, ("2025-10-01", "2026-03-31"), 182),
    ],
)
def test_a_programme_has_its_days_of_a_year_or_its_own(
    written: tuple[str, str], year: int, days: tuple[str, str], count: int
) -> None:
    """Both ends included; 29 February becomes the 28th in common years; a date with a year stays in that year."""
    period = programme_days(programme(*written), year)
    assert (str(date_of(period.begins)), str(date_of(period.ends))) == days
    assert (period.name, period.days) == (days[1][:4], count)


@pytest.mark.parametrize(
    ("until", "last"),
    [("", "2026-12-31"), ("06-30", "2026-06-30"), ("2026-06-30", "2026-06-30"), ("2027-06-30", "2026-12-31")],
)
def test_a_duty_may_end_before_its_programme_and_not_after(until: str, last: str) -> None:
    """It begins with the programme."""
    whole = programme("04-01", "12-31")
    (period,) = duty_periods(DutyRule(until=until), whole, 2026)
    assert (str(date_of(period.begins)), str(date_of(period.ends))) == ("2026-04-01", last)


def test_a_period_of_one_day_has_one_day() -> None:
    """Both ends are in it."""
    assert DutyPeriod("a day", 5, 5).days == 1
