"""Days as clerks write them: 2026年3月5日, 3月5日, 2026.3.5, 26.3.5, 3月底, the number of a spreadsheet."""

import calendar
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from liuwen.campaign.days import as_day, date_of

_BEFORE = re.compile(r"(之前|以前|前|止|左右|为止)$")
_MONTH_AND_DAY = re.compile(r"^(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*[日号]?$")
_SHORT_YEAR = re.compile(r"^(\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*[日号]?$")
_MONTH = re.compile(r"^(?:(\d{4})\s*[年./-])?\s*(\d{1,2})\s*月?\s*(底|末|月底|月末)?$")
_DAYS = re.compile(r"^(\d{1,3})\s*(?:天|日|个?(工作日)|days?|(working days))?内?$")
_NUMBER = re.compile(r"^\d{5}(\.0+)?$")
_SEGMENT = re.compile(r"(?:^|(?<=[;；。\n]))\s*((?:\d{4}\s*[年./-]\s*)?\d{1,2}\s*[月./-]\s*\d{1,2}\s*[日号]?)\s*[,，:：、]?\s*")


def written_day(cell: Any, year: int | None, near: date | None = None) -> date | None:
    """The day that a cell names; None if it is not a day.

    Args:
        cell: What stands in the cell.
        year: The year of a day written without one; None makes such a day unreadable.
        near: A day that must not lie more than half a year later: 1月5日 after 20 December is next year's.

    >>> written_day("３月５日", 2026), written_day("26.3.5", None), written_day(46086.0, None)
    (datetime.date(2026, 3, 5), datetime.date(2026, 3, 5), datetime.date(2026, 3, 5))
    """
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    if isinstance(cell, float) and not cell.is_integer():
        return None  # 3.1 may have been 3.10
    text = _BEFORE.sub("", unicodedata.normalize("NFKC", str(cell)).strip()).strip()
    try:
        return _day_of_text(text, year, near)
    except ValueError:
        return None


def _day_of_text(text: str, year: int | None, near: date | None) -> date | None:
    """The day that a text names; raises `ValueError` for an invalid day."""
    if _NUMBER.match(text):
        return date(1899, 12, 30) + timedelta(days=int(float(text)))
    if short := _SHORT_YEAR.match(text):
        return date(2000 + int(short[1]), int(short[2]), int(short[3]))
    if found := _MONTH_AND_DAY.match(text):
        return _in_year(int(found[1]), int(found[2]), year, near)
    return date_of(as_day(text)) if text else None


def written_deadline(
    cell: Any, year: int | None, raised: date, workdays_after: Callable[[date, int], date] | None = None
) -> date | None:
    """A deadline: a day, the end of a month, or a number of days (with `workdays_after`, of working days) after `raised`.

    >>> written_deadline("15天", 2026, date(2026, 3, 5)), written_deadline("4月底前", 2026, date(2026, 3, 5))
    (datetime.date(2026, 3, 20), datetime.date(2026, 4, 30))
    """
    whole = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    text = _BEFORE.sub("", unicodedata.normalize("NFKC", str(whole)).strip()).strip()
    if days := _DAYS.match(text):
        if days[2] or days[3]:
            return workdays_after(raised, int(days[1])) if workdays_after else None
        return raised + timedelta(days=int(days[1]))
    if (day := written_day(cell, year, raised)) is not None:
        return day
    month = _MONTH.match(text)
    if month and 1 <= int(month[2]) <= 12 and ("月" in text or month[1]) and (month[1] or year):
        first = date(int(month[1]), int(month[2]), 1) if month[1] else _in_year(int(month[2]), 1, year, raised)
        return first and first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return None


def dated_parts(text: str, year: int | None, near: date | None) -> list[tuple[date | None, str]]:
    """A text of progress cut where a part begins with a day: each part with its day, None for what stands without one.

    >>> dated_parts("3月5日联系水利站；3月20日开工", 2026, None)
    [(datetime.date(2026, 3, 5), '联系水利站'), (datetime.date(2026, 3, 20), '开工')]
    """
    found = [(one, day) for one in _SEGMENT.finditer(text) if (day := written_day(one[1], year, near)) is not None]
    if not found:
        return [(None, text.strip())] if text.strip() else []
    parts: list[tuple[date | None, str]] = [(None, text[: found[0][0].start()])]
    ends = [one.start() for one, _ in found[1:]] + [len(text)]
    parts += [(day, text[one.end() : end]) for (one, day), end in zip(found, ends, strict=True)]
    return [(day, said.strip().strip("；;").strip()) for day, said in parts if said.strip().strip("；;").strip()]


def _in_year(month: int, day: int, year: int | None, near: date | None) -> date | None:
    if near is not None:
        at = date(near.year, month, day)
        if (near - at).days > 183:
            return date(near.year + 1, month, day)
        return date(near.year - 1, month, day) if (at - near).days > 183 else at
    return date(year, month, day) if year is not None else None
