"""Numbers, days and times of one column as XML would write them, read in the style that the column itself shows."""

from collections.abc import Mapping, Sequence

from liuwen.responses.from_exports.written_days import plain_days, plain_time
from liuwen.responses.from_exports.written_numbers import plain_numbers
from liuwen.responses.plan import Column
from liuwen.responses.reading_options import DayOrder


def in_plain_writing(texts: Sequence[str], column: Column, dates: DayOrder | None = None) -> list[str]:
    """The texts with those that can be read in plain writing; the others, which are told later, as they are."""
    different = {text for text in texts if text}
    plain = _plain(different, column, dates)
    return [plain.get(text, text) for text in texts] if plain else list(texts)


def _plain(texts: set[str], column: Column, dates: DayOrder | None) -> Mapping[str, str]:
    if column.kind in {"integer", "decimal"}:
        return plain_numbers(texts, whole=column.kind == "integer")
    if column.kind in {"date", "datetime"}:
        return plain_days(texts, dates, moments=column.kind == "datetime")
    if column.element.type == "time":
        return {text: plain for text in texts if (plain := plain_time(text))}
    return {}
