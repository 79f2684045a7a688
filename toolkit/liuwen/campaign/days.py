"""Days as numbers (days since 1 January 1970), and how the days of a frame are read, in the programme's time zone.

Reading is lenient in form and strict in meaning: a cell is a day, blank, or named as unreadable.
"""

import math
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Days = NDArray[np.int64]
EPOCH = date(1970, 1, 1).toordinal()
NO_DAY = int(np.iinfo(np.int64).min)
"""A day that is not given; as `datetime64` it is NaT."""
UNREADABLE = NO_DAY + 1
"""A cell that is no day."""
ALWAYS = -(10**6)
"""The beginning of a row without `from`."""
EVER = 10**6
"""The end of a row without `to`."""
_PARTS = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+0{1,2}:00(?::00(?:\.0+)?)?)?$")
_PLAIN = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_EXCEL_DAYS = range(20000, 80000)
_EXCEL_BEGINS = date(1899, 12, 30)


def number_of(day: date) -> int:
    """The number of a day.

    >>> number_of(date(1970, 1, 2))
    1
    """
    return day.toordinal() - EPOCH


def date_of(number: int) -> date:
    """The day of a number."""
    return date.fromordinal(number + EPOCH)


def as_day(value: "str | date | datetime | pd.Timestamp | int", zone: ZoneInfo | None = None) -> int:
    """The number of one day given by a caller; raises `ValueError` for an invalid day."""
    number = _read_one(value, zone or ZoneInfo("Asia/Shanghai"))
    if number in (NO_DAY, UNREADABLE):
        raise ValueError(f"not a day: {value!r}")
    return number


def read_days(column: "pd.Series[Any]", zone: ZoneInfo) -> Days:
    """Each cell's day: a date, a moment (its day in `zone`), a text of either, or a spreadsheet's number of a day."""
    return _each_value(column, lambda value: _read_one(value, zone))


def as_dates(numbers: "Days | list[int]") -> NDArray[np.datetime64]:
    """Numbers of days as `datetime64[s]`; one that is missing or unreadable is NaT, and so is an end that is still to come."""
    days = np.asarray(numbers, dtype=np.int64)
    return np.where((days == UNREADABLE) | (days == EVER), NO_DAY, days).view("datetime64[D]").astype("datetime64[s]")


def _each_value(column: "pd.Series[Any]", read: Callable[[Any], int]) -> Days:
    try:
        codes, values = pd.factorize(column, use_na_sentinel=True)
    except TypeError:  # lists are not hashable
        return np.array([read(value) for value in column], dtype=np.int64)
    numbers = np.array(
        [*map(read, values.tolist() if not isinstance(values, pd.DatetimeIndex) else list(values)), NO_DAY], dtype=np.int64
    )
    return numbers[codes]


def _read_one(value: Any, zone: ZoneInfo) -> int:
    if value is None or value is pd.NA or value is pd.NaT:
        return NO_DAY
    if isinstance(value, datetime):
        return _day_in(value, zone)
    if isinstance(value, date):
        return number_of(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_excel(value)
    return _from_text(str(value).strip(), zone)


def _day_in(moment: datetime, zone: ZoneInfo) -> int:
    try:
        return number_of((moment.astimezone(zone) if moment.tzinfo else moment).date())
    except OverflowError:  # before the first or after the last day of the calendar there
        return UNREADABLE


def _from_excel(value: float) -> int:
    if isinstance(value, float) and not math.isfinite(value):
        return NO_DAY if math.isnan(value) else UNREADABLE
    if int(value) in _EXCEL_DAYS:
        return number_of(_EXCEL_BEGINS + timedelta(days=int(value)))
    return _from_text(str(int(value)), ZoneInfo("UTC")) if value == int(value) else UNREADABLE


def _from_text(text: str, zone: ZoneInfo) -> int:
    if not text:
        return NO_DAY
    found = _PARTS.match(text) or _PLAIN.match(text)
    try:
        if found:
            return number_of(date(int(found[1]), int(found[2]), int(found[3])))
        moment = datetime.fromisoformat(text)
    except ValueError:
        return UNREADABLE
    return _day_in(moment, zone)
