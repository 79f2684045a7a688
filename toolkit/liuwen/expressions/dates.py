"""Dates and moments as JavaRosa reads and writes them (DateUtils): local time on the phone, counted in days from 1970."""

import re
from datetime import date, datetime, time, timedelta

from liuwen.expressions.numbers import whole_in
from liuwen.expressions.unknown import MismatchError, UnknownError

EPOCH = date(1970, 1, 1)
_FIRST = date(1582, 10, 15)
"""Java uses the Julian calendar for earlier days; they raise `UnknownError`."""
_DAY_MS = 86_400_000
_SECONDS = re.compile(r"[\d.]*")


def moment_of(text: str) -> datetime:
    """Parse a date or a date and time (DateUtils.parseDateTime); a date alone means midnight.

    Raises `MismatchError` if the text is not a date, `UnknownError` if it has a time zone: the local time depends on the phone.

    >>> moment_of("2026-3-1"), moment_of("2026-03-01T08:30")
    (datetime.datetime(2026, 3, 1, 0, 0), datetime.datetime(2026, 3, 1, 8, 30))
    """
    day, marker, clock = text.partition("T")
    midnight = datetime.combine(_parse_day(day), time.min)
    return midnight + time_in(clock) if marker else midnight


def _parse_day(text: str) -> date:
    numbers = [whole_in(piece) for piece in text.split("-")]
    if len(numbers) != 3 or None in numbers:
        raise MismatchError
    year, month, day = (number or 0 for number in numbers)
    try:
        found = date(year, month, day)
    except ValueError:
        if 1 <= year <= 9999:
            raise MismatchError from None
        raise UnknownError from None
    if found < _FIRST:
        raise UnknownError
    return found


def time_in(text: str) -> timedelta:
    """Parse a time of day such as "08:30" or "08:30:15.500"; raises the same errors as `moment_of`."""
    if text.endswith("Z") or "+" in text or "-" in text:
        raise UnknownError
    pieces = text.split(":")
    clock = [whole_in(piece) for piece in pieces[:2]]
    if len(pieces) not in {2, 3} or None in clock:
        raise MismatchError
    hour, minute = (number or 0 for number in clock)
    second, thousandth = _seconds_in(pieces[2]) if len(pieces) == 3 else (0, 0)
    if not (0 <= hour <= 23 and 0 <= minute <= 59 and 0 <= second <= 59 and 0 <= thousandth <= 999):
        raise MismatchError
    return timedelta(hours=hour, minutes=minute, seconds=second, milliseconds=thousandth)


def _seconds_in(text: str) -> tuple[int, int]:
    found = _SECONDS.match(text)
    written = found[0] if found else ""
    whole, _, fraction = written.partition(".")
    if not written.isascii() or written in {"", "."} or None in (whole_in(whole or "0"), whole_in(fraction or "0")):
        raise MismatchError
    seconds = float(written)
    return int(seconds), int(1000.0 * seconds - 1000.0 * int(seconds))


def day_number(moment: datetime) -> float:
    """Whole days since 1970 (DateUtils.daysSinceEpoch).

    >>> day_number(datetime(2025, 3, 3, 18, 30))
    20150.0
    """
    return float((moment.date() - EPOCH).days)


def fractional_day_number(moment: datetime) -> float:
    """Days since 1970, including the time of day (DateUtils.fractionalDaysSinceEpoch)."""
    return _milliseconds(moment) / _DAY_MS


def part_of_day(moment: datetime) -> float:
    """The fraction of the day that has passed, from 0 to 1 (DateUtils.decimalTimeOfLocalDay)."""
    days = _milliseconds(moment) / _DAY_MS
    return days - days // 1


def _milliseconds(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1)) // timedelta(milliseconds=1)


def moment_on(days: float) -> datetime:
    """Midnight of the day with this day number; raises `UnknownError` outside the range of the calendar.

    >>> moment_on(20150.0)
    datetime.datetime(2025, 3, 3, 0, 0)
    """
    try:
        found = EPOCH + timedelta(days=int(days))
    except OverflowError:
        raise UnknownError from None
    if found < _FIRST:
        raise UnknownError
    return datetime.combine(found, time.min)


def text_of_day(moment: datetime) -> str:
    """A moment as text: the date without the time (XPathFuncExpr.toString of a Date)."""
    return moment.date().isoformat()


def formatted(moment: datetime, pattern: str) -> str:
    """Format a moment with a pattern such as "%Y-%m-%d %H:%M" (DateUtils.format).

    Raises `MismatchError` for a mark that JavaRosa does not know, `UnknownError` for names of months and days and for weeks,
    which depend on the phone's language.

    >>> formatted(datetime(2026, 3, 1, 8, 5), "%e.%n.%y %h:%M")
    '1.3.26 8:05'
    """
    written = []
    marks = iter(pattern)
    for mark in marks:
        written.append(_format_part(moment, next(marks, "")) if mark == "%" else mark)
    return "".join(written)


def _format_part(moment: datetime, mark: str) -> str:
    if mark in {"a", "b", "W"}:
        raise UnknownError
    known = {
        "%": "%",
        "Y": f"{moment.year:04d}",
        "y": f"{moment.year:04d}"[2:],
        "m": f"{moment.month:02d}",
        "n": str(moment.month),
        "d": f"{moment.day:02d}",
        "e": str(moment.day),
        "H": f"{moment.hour:02d}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02d}",
        "S": f"{moment.second:02d}",
        "3": f"{moment.microsecond // 1000:03d}",
    }
    if mark not in known:
        raise MismatchError
    return known[mark]
