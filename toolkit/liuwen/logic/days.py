"""Days: when the made-up visits take place, and the dates of days that goals count from 1970."""

from datetime import date, timedelta

from liuwen.expressions.dates import EPOCH

PERIOD = (date(2025, 3, 3), date(2025, 5, 30))
"""First and last day of the visits where no other are given."""
_EARLIEST, _LATEST = -700_000, 2_900_000


def day_of(days: float) -> date:
    """The date so many days after 1970 began, within what a calendar holds.

    >>> day_of(20150.5)
    datetime.date(2025, 3, 3)
    """
    return EPOCH + timedelta(days=min(max(days, _EARLIEST), _LATEST))
