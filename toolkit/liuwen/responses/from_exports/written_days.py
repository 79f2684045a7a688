"""Days, times and moments as exporters and people write them, in the style that their own column shows.

A name of a month, a year of four digits and a number above 12 tell a style. Where a column could be read day first and month
first, and the readings differ, nothing is read: the text is kept and reported, and `dates=` settles it.
"""

import datetime as dt
import re
from collections.abc import Collection, Mapping

from liuwen.responses.from_exports.month_names import MONTHS
from liuwen.responses.from_exports.written_numbers import narrow
from liuwen.responses.reading_options import DayOrder

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:$|[T ].*)", re.DOTALL)
_NUMBERS = re.compile(r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})(?=$|[T ,])")
_CHINESE = re.compile(r"([0-9]{4})\s*[年년]\s*([0-9]{1,2})\s*[月월]\s*([0-9]{1,2})\s*[日号號일]?")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?=$|T)")
_SERIAL = re.compile(r"[1-9][0-9]{4}(?:\.[0-9]+)?")
_NAMED = re.compile(
    r"(?:(?P<w>[^\W\d_]+)\.?,?\s+)?(?:(?P<d>[0-9]{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-]*(?:de\s+)?(?P<m>[^\W\d_]{3,})\.?,?|"
    r"(?P<m2>[^\W\d_]{3,}|[0-9]{1,2}月)\.?[\s-]+(?P<d2>[0-9]{1,2})(?:st|nd|rd|th)?,?)[\s-]*(?:de\s+)?(?P<y>[0-9]{4})(?=$|[T ,])"
)
_CLOCK = re.compile(
    r"(?P<before>上午|下午|中午|晚上|凌晨|오전|오후)?\s*(?P<h>[0-9]{1,2})(?:[:h时点](?P<m>[0-9]{2})|[h时点])"
    r"(?:[:分](?P<s>[0-9]{2})(?P<f>[.,][0-9]{1,9})?秒?)?分?\s*(?P<after>[AaPp]\.?\s?[Mm]\.?)?\s*"
    r"(?P<z>Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{2})?"
)
_DAY_ZERO = dt.datetime(1899, 12, 30)
_SERIALS = range(18_264, 73_051)
"""Spreadsheets' numbers of the days from 1950 to 2099."""


def plain_days(texts: Collection[str], order: DayOrder | None = None, *, moments: bool = False) -> Mapping[str, str]:
    """Each different text of a column → the day (or the moment) in ISO 8601; texts that cannot be read are left out.

    >>> plain_days(["Dec 17, 2013"]), plain_days(["17/12/2013", "1/2/2014"])["1/2/2014"], plain_days(["1/2/2014"])
    ({'Dec 17, 2013': '2013-12-17'}, '2014-02-01', {})
    """
    orders = _orders(texts, order)
    found = {}
    for text in texts:
        day, rest = _day(text, orders)
        said = _moment(day, rest) if moments else day and (day if _clock(rest) is not None or not rest.strip() else None)
        if said:
            found[text] = said
    serial = [text for text in texts if _SERIAL.fullmatch(text.strip())]
    if serial and all(int(float(text)) in _SERIALS for text in serial):
        found.update({text: day_of_serial(float(text), moments=moments) for text in serial})
    return found


def plain_time(text: str) -> str | None:
    """A time of day in ISO 8601; None if the text is not a time.

    >>> plain_time("9:05:00 AM"), plain_time("下午3时20分"), plain_time("0.5"), plain_time("21h30")
    ('09:05:00', '15:20:00', '12:00:00', '21:30:00')
    """
    narrowed = narrow(text)
    if re.fullmatch(r"0?\.[0-9]+|0|0\.0*", narrowed):
        seconds = round(float(narrowed) * 86_400)
        return (dt.datetime.min + dt.timedelta(seconds=seconds)).time().isoformat()
    if re.fullmatch(r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?", narrowed):
        return text.strip()
    return _clock(narrowed)


def day_of_serial(number: float, *, moments: bool = False) -> str:
    """The day, or the moment, that a spreadsheet's number stands for.

    >>> day_of_serial(46328.0), day_of_serial(46328.5, moments=True)
    ('2026-11-02', '2026-11-02T12:00:00')
    """
    moment = _DAY_ZERO + dt.timedelta(seconds=round(number * 86_400))
    return moment.isoformat(timespec="seconds") if moments else moment.date().isoformat()


def _orders(texts: Collection[str], order: DayOrder | None) -> tuple[DayOrder, ...]:
    """The orders in which every day of the column that is written in numbers can be read."""
    if order:
        return (order,)
    written = [found for text in texts if (found := _NUMBERS.match(narrow(text))) and not _ISO.match(text.strip())]
    candidates: tuple[DayOrder, ...] = ("ymd", "dmy", "mdy")
    return tuple(each for each in candidates if all(_in_order(found, each) for found in written))


def _day(text: str, orders: Collection[DayOrder]) -> tuple[str | None, str]:
    """The day that a text begins with, and what follows it."""
    narrowed = narrow(text).replace("\u202f", " ").replace("\u00a0", " ")
    if _ISO.match(narrowed):
        return _iso(*narrowed[:10].split("-")), narrowed[10:]
    if found := _CHINESE.match(narrowed) or _COMPACT.match(narrowed):
        return _iso(*found.groups()[:3]), narrowed[found.end() :]
    if found := _NUMBERS.match(narrowed):
        days = {_in_order(found, order) for order in orders} - {None}
        return (days.pop() if len(days) == 1 else None), narrowed[found.end() :]
    if (found := _NAMED.match(narrowed)) and (month := _month(found["m"] or found["m2"])):
        return _iso(found["y"], str(month), found["d"] or found["d2"]), narrowed[found.end() :]
    return None, narrowed


def _in_order(found: "re.Match[str]", order: DayOrder) -> str | None:
    parts = dict(zip(order, (found[1], found[3], found[4]), strict=True))
    if len(parts["y"]) != 4 or len(parts["m"]) > 2 or len(parts["d"]) > 2:
        return None
    return _iso(parts["y"], parts["m"], parts["d"])


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _month(word: str) -> int | None:
    name = word.casefold().rstrip(".")
    if name.endswith("月") and name[:-1].isdigit():
        return int(name[:-1])
    numbers = {number for month, number in MONTHS.items() if month == name or (len(name) >= 3 and month.startswith(name))}
    return numbers.pop() if len(numbers) == 1 else None


def _moment(day: str | None, rest: str) -> str | None:
    if day is None:
        return None
    clock = "00:00:00" if not rest.strip() else _clock(rest.lstrip("T, "))
    return None if clock is None else f"{day}T{clock}"


def _clock(text: str) -> str | None:
    """A time of day with its offset, where it has one."""
    found = _CLOCK.fullmatch(text.strip().lstrip("T, ").lstrip("à ").strip())
    if found is None:
        return None
    hour = _hour(int(found["h"]), found["before"] or "", (found["after"] or "").lower().replace(".", "").replace(" ", ""))
    if hour is None or int(found["m"] or 0) > 59 or int(found["s"] or 0) > 59:
        return None
    zone = {"UTC": "Z", "GMT": "Z", None: ""}.get(found["z"], found["z"])
    fraction = (found["f"] or "").replace(",", ".")
    return f"{hour:02d}:{found['m'] or '00'}:{found['s'] or '00'}{fraction}{zone}"


def _hour(hour: int, before: str, after: str) -> int | None:
    if after in {"am", "pm"} or before in {"上午", "下午", "오전", "오후", "晚上", "凌晨", "中午"}:
        late = after == "pm" or before in {"下午", "오후", "晚上"} or (before == "中午" and hour < 11)
        if hour > 12:
            return hour if late and hour < 24 and not after else None
        return hour % 12 + 12 * late if before != "中午" or hour < 11 else hour
    return hour if hour < 24 else None
