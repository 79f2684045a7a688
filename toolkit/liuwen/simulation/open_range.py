"""Inside the worker: what a constraint leaves open just now, its other side worked out by JavaRosa."""

import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from liuwen.engine.formwalk import AskedItem, FormWalk
from liuwen.engine.javarosa import is_java, java
from liuwen.engine.loading import with_replacements
from liuwen.expressions.evaluation import fixed_number
from liuwen.logic.limits import AnswerLimits, Bound
from liuwen.simulation.visits import CHINA

_WHOLE = frozenset({"integer", "date", "dateTime"})
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?")
_EPOCH = datetime(1970, 1, 1)
_STEPS = (timedelta(), *(sign * step for step in (timedelta(minutes=1), timedelta(days=1)) for sign in (1, -1)))


class Range(NamedTuple):
    """The least and greatest values allowed (dates as days since 1970); None means unlimited."""

    low: float | None
    high: float | None


def allowed(walk: FormWalk, item: AskedItem, limits: AnswerLimits) -> Range:
    """What the simple bounds of a constraint leave, as things stand where the walk is."""
    return _range(walk, limits.bounds, 1.0 if item.type in _WHOLE else 0.01)


def counts(walk: FormWalk, limits: AnswerLimits, most: int) -> tuple[int, int]:
    """How many choices may be taken, at least and at most."""
    if not limits.count:
        return 0, most
    low, high = _range(walk, limits.count, 1.0)
    return math.ceil(low or 0), most if high is None else math.floor(high)


def lengths(walk: FormWalk, limits: AnswerLimits) -> tuple[int, int | None]:
    """How long a text may be, at least and at most."""
    if not limits.length:
        return 0, None
    low, high = _range(walk, limits.length, 1.0)
    return math.ceil(low or 0), None if high is None else math.floor(high)


def moments(walk: FormWalk, item: AskedItem, limits: AnswerLimits) -> Iterator[str]:
    """The days or times of other answers and of days that a constraint mentions, and a minute or a day before and after each."""
    function = "decimal-time" if item.type == "time" else "decimal-date-time"
    days = (f"'{text}'" for text in limits.mentioned if item.type != "time" and _DAY.fullmatch(text))
    for answer in (*limits.answers, *days):
        moment_said = worth(walk, f"{function}({answer})")
        if moment_said is not None:
            moment = _EPOCH + timedelta(milliseconds=round(moment_said * 86_400_000))
            yield from (_moment(item, moment + step) for step in _STEPS)


def _moment(item: AskedItem, moment: datetime) -> str:
    if item.type == "date":
        return moment.date().isoformat()
    if item.type == "time":  # the fraction of a day is of the phone's own clock
        return f"{moment.time().isoformat('milliseconds')}+08:00"
    return moment.replace(tzinfo=UTC).astimezone(CHINA).isoformat(timespec="milliseconds")


def _range(walk: FormWalk, bounds: tuple[Bound, ...], step: float) -> Range:
    low: float | None = None
    high: float | None = None
    for operator, expression in bounds:
        value = fixed_number(expression)
        if value is None:
            value = worth(walk, expression)
        if value is None:
            continue
        if operator in {">", ">=", "="}:
            least = value + step if operator == ">" else value
            low = least if low is None else max(low, least)
        if operator in {"<", "<=", "="}:
            greatest = value - step if operator == "<" else value
            high = greatest if high is None else min(high, greatest)
    return Range(low, high)


def worth(walk: FormWalk, expression: str) -> float | None:
    """The value of an expression at the walk's position: a number, or a date as days since 1970; None for anything else."""
    try:
        value = walk.evaluate(_compiled(expression))
    except Exception as error:  # the engine refuses expressions that depend on what is not there yet
        if is_java(error):
            return None
        raise
    return _number(value)


def text_worth(walk: FormWalk, expression: str) -> str | None:
    """The value of an expression at the walk's position as a text; None if it has no text value."""
    try:
        return str(java("org.javarosa.xpath.expr.XPathFuncExpr").toString(walk.evaluate(_compiled(expression))))
    except Exception as error:  # as above
        if is_java(error):
            return None
        raise


@cache
def _compiled(expression: str) -> Any:
    rewritten = with_replacements(f'value="{expression}"')[len('value="') : -1] if '"' not in expression else expression
    return java("org.javarosa.xpath.XPathParseTool").parseXPath(rewritten)


def _number(value: Any) -> float | None:
    functions = java("org.javarosa.xpath.expr.XPathFuncExpr")
    number = float(functions.toNumeric(value))
    return None if math.isnan(number) or math.isinf(number) else number
