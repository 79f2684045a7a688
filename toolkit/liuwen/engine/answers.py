"""Converts answers between Python values and the text in XML."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time

from liuwen.errors import AnswerError
from liuwen.messages import Sentence

WRONG_KIND = Sentence(
    zh="“{name}”要的是{wanted}，得到的却是 {value!r}。",
    en="'{name}' needs {wanted}, but got {value!r}.",
)
WANTED = {
    "integer": Sentence(zh="整数", en="a whole number"),
    "decimal": Sentence(zh="数字", en="a number"),
    "date": Sentence(zh="日期（如 2025-03-01）", en="a date (such as 2025-03-01)"),
    "time": Sentence(zh="时间（如 09:30）", en="a time (such as 09:30)"),
    "dateTime": Sentence(zh="日期和时间（如 2025-03-01T09:30）", en="a date and time (such as 2025-03-01T09:30)"),
    "geopoint": Sentence(zh="位置（纬度 经度 高程 精度）", en="a position (latitude longitude altitude accuracy)"),
    "geotrace": Sentence(zh="以分号隔开的位置", en="positions separated by semicolons"),
    "geoshape": Sentence(
        zh="以分号隔开的位置，首尾相同",
        en="positions separated by semicolons, the last one equal to the first",
    ),
}

# JavaRosa reads digits of any script in integers and dates, but not in decimals and positions, where they would be lost.
_POSITION = r"-?[0-9]+(\.[0-9]+)?( -?[0-9]+(\.[0-9]+)?){1,3}"
_SHAPES = {
    "integer": re.compile(r"[+-]?\d{1,10}"),
    "decimal": re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?"),
    "date": re.compile(r"\d{4}-\d\d?-\d\d?"),
    "time": re.compile(r"\d\d?:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)?"),
    "dateTime": re.compile(r"\d{4}-\d\d?-\d\d?T\d\d?:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)?"),
    "geopoint": re.compile(_POSITION),
    "geotrace": re.compile(rf"{_POSITION}(; ?{_POSITION})*;?"),
    "geoshape": re.compile(rf"{_POSITION}(; ?{_POSITION})*;?"),
}


def as_text(name: str, kind: str, value: object) -> str | None:
    """The XML text of `value` as an answer to the question `name` of type `kind`; None for no answer.

    Raises `AnswerError` if the value is of another kind.

    >>> as_text("born", "date", date(1950, 5, 1))
    '1950-05-01'
    >>> as_text("needs", "select_multiple", ["water", "road"])
    'water road'
    """
    text = _written(value)
    if text is None:
        return None
    shape = _SHAPES.get(kind)
    if shape and not (shape.fullmatch(text.strip()) and _is_in_range(kind, text.strip())):
        raise AnswerError(WRONG_KIND.filled(name=name, wanted=WANTED[kind], value=value))
    return text.strip() if shape else text


def _written(value: object) -> str | None:
    if isinstance(value, bool):
        text = "OK" if value else ""
    elif isinstance(value, datetime):
        text = value.isoformat(timespec="milliseconds")
    elif isinstance(value, date | time):
        text = value.isoformat()
    elif isinstance(value, float) and value.is_integer():
        text = str(int(value))
    elif isinstance(value, Iterable) and not isinstance(value, str):
        text = " ".join(str(part) for part in value)
    else:
        text = "" if value is None else str(value)
    return text or None


def _is_in_range(kind: str, text: str) -> bool:
    """Whether a well-formed date exists in the calendar, and whether an integer fits in JavaRosa's 32 bits."""
    if kind == "integer":
        return -(2**31) <= int(text) < 2**31
    if kind not in {"date", "dateTime"}:
        return True
    try:
        year, month, day = text.partition("T")[0].split("-")
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
