"""Numbers, days and times of one column as XML would write them, read in the style that the column itself shows."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from liuwen.responses.from_exports.coded import Coded
from liuwen.responses.from_exports.written_days import plain_days, plain_time
from liuwen.responses.from_exports.written_numbers import plain_numbers
from liuwen.responses.plan import Column, Kind
from liuwen.responses.reading_options import DayOrder

_WRITTEN_IN_WAYS = frozenset({"integer", "decimal", "date", "datetime"})


_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
MOMENT = rf"{_DAY}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(?:\.[0-9]{{1,9}})?(?:Z|[+-][0-9]{{2}}:[0-9]{{2}})?"
"""A moment as XML writes it."""
_NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_PLAIN: Mapping[Kind, str] = MappingProxyType({"integer": _NUMBER, "decimal": _NUMBER, "date": _DAY, "datetime": MOMENT})
"""What need not be read: it is, or would stay, as it stands."""


def in_plain_writing(texts: Coded[str], column: Column, dates: DayOrder | None = None, zone: str | None = None) -> Coded[str]:
    """The texts in plain notation where they can be read; the others, reported later, unchanged."""
    if column.kind not in _WRITTEN_IN_WAYS and column.element.type != "time":
        return texts
    pattern = _PLAIN.get(column.kind)
    if pattern and not zone and texts.all_match(pattern):
        return texts
    different = {text for text in texts.different if text}
    plain = _plain(different, column, dates)
    if zone and column.kind == "datetime":
        plain = {text: with_offset(moment, zone) for text, moment in plain.items()}
    return texts.mapped(lambda text: plain.get(text, text)) if plain else texts


def _plain(texts: set[str], column: Column, dates: DayOrder | None) -> Mapping[str, str]:
    if column.kind in {"integer", "decimal"}:
        return plain_numbers(texts, whole=column.kind == "integer")
    if column.kind in {"date", "datetime"}:
        return plain_days(texts, dates, moments=column.kind == "datetime")
    return {text: plain for text in texts if (plain := plain_time(text))}


def with_offset(moment: str, zone: str) -> str:
    """A moment without an offset as one of a time zone; as it is where it has one, or there is no such zone.

    >>> with_offset("2024-03-05T09:00:00", "Asia/Shanghai")
    '2024-03-05T09:00:00+08:00'
    """
    try:
        read = dt.datetime.fromisoformat(moment)
        return moment if read.tzinfo else read.replace(tzinfo=ZoneInfo(zone)).isoformat()
    except (ValueError, ZoneInfoNotFoundError):
        return moment
