"""Inside the worker: answers to try where those drawn are refused."""

import math
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, islice

from liuwen.engine.formwalk import AskedItem, FormWalk
from liuwen.expressions.numbers import number_of, plain_text_of
from liuwen.logic.limits import AnswerLimits
from liuwen.simulation.balance import balances
from liuwen.simulation.open_range import allowed, moments

_MOST_PAIRS = 200
_NUMBERS_IN_A_ROW = 200
_DAYS = 62
_MONTHS = 24
_YEARS = 110
_MOMENTS = frozenset({"date", "time", "dateTime"})


def likely_answers(walk: FormWalk, item: AskedItem, limits: AnswerLimits, offered: tuple[str, ...]) -> Iterator[str]:
    """What the constraint mentions or turns on, and what lies beside it; then numbers and days in a row; choices one by one."""
    if item.type in {"select_one", "select_multiple"}:
        yield from offered
        if item.type == "select_multiple":
            yield from (f"{one} {other}" for one, other in islice(combinations(offered, 2), _MOST_PAIRS))
    elif item.type in {"integer", "decimal", "range"}:
        yield from _numbers(walk, item, limits)
    elif item.type in _MOMENTS:
        yield from moments(walk, item, limits)
        if item.type == "date":
            yield from (day.isoformat() for day in _days(walk.phone.now.date()))
    elif item.type == "text":
        yield from limits.mentioned
        yield from _numbers(walk, item, limits)


def _numbers(walk: FormWalk, item: AskedItem, limits: AnswerLimits) -> Iterator[str]:
    mentioned = [number for text in limits.mentioned if not math.isnan(number := number_of(text))]
    numbers = [*mentioned, *balances(walk, limits.source)]
    whole = item.type == "integer" or (item.type == "range" and item.holds == "integer")
    for step in (0.0, 1.0, -1.0):
        for number in numbers:
            near = (float(math.floor(number + step)), float(math.ceil(number + step)))
            yield from map(plain_text_of, dict.fromkeys(near if whole else (number + step, *near)))
    first = math.ceil(allowed(walk, item, limits).low or 0)
    yield from (str(number) for number in range(first, first + _NUMBERS_IN_A_ROW))


def _days(today: date) -> Iterator[date]:
    """The last days and the next ones, the beginnings of months about today, and one day of each year."""
    for apart in range(_DAYS):
        yield from (today - timedelta(days=apart), today + timedelta(days=apart))
    for apart in range(-_MONTHS, _MONTHS):
        months = today.year * 12 + today.month - 1 + apart
        yield date(months // 12, months % 12 + 1, 1)
    yield from (date(today.year + apart, 6, 15) for apart in range(-_YEARS, 10))
