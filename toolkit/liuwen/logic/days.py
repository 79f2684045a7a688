"""Days: when the made-up visits take place, and days as the numbers that XPath takes them for."""

from datetime import date, datetime, timedelta

PERIOD = (date(2025, 3, 3), date(2025, 5, 30))
"""First and last day of the visits where no other are given."""
EPOCH = date(1970, 1, 1)
_EARLIEST, _LATEST = -700_000, 2_900_000


def day_number(text: str) -> float | None:
    """Days since 1970 of the date that a text spells, perhaps with a time; None for other text.

    >>> day_number("2025-03-03"), day_number("2025-03-03T08:00:00.000+08:00"), day_number("soon")
    (20150.0, 20150.0, None)
    """
    try:
        return float((datetime.fromisoformat(text).date() - EPOCH).days)
    except ValueError:
        return None


def day_of(days: float) -> date:
    """The date so many days after 1970 began, within what a calendar holds.

    >>> day_of(20150.5)
    datetime.date(2025, 3, 3)
    """
    return EPOCH + timedelta(days=min(max(days, _EARLIEST), _LATEST))
