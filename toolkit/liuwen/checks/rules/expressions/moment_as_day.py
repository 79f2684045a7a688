"""Moments and times compared by their day, though the hour was meant."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, warning
from liuwen.checks.moments import kind_of
from liuwen.expressions import COMPARISONS, Binary, Call, Number
from liuwen.expressions.rewriting import written
from liuwen.messages import Sentence

BY_DAY = Sentence(
    zh="{text} 只比较日期，不看几点：要连时刻一起比较，请写成 {meant}。",
    en="{text} compares only the days, whatever the time; to compare the time too, write {meant}.",
)
DIFFERENCE = Sentence(
    zh="{text} 只算相差几天，不看几点，同一天就是 0：请写成 {meant}（单位是天）。",
    en="{text} counts whole days only, so it is 0 within a day; write {meant} (in days).",
)
SAME_DAY = Sentence(
    zh="{text} 比较的是两个时刻所在的日期，总是同一天，结果不变：请写成 {meant}。",
    en="{text} compares the days of two times of day, which are always the same; write {meant}.",
)
A_NUMBER = Sentence(
    zh="{text} 把时刻当作日期的天数，结果不变：要比较几点，请写成 {meant}。",
    en="{text} takes a time of day for the number of its day, so the result is always the same; to compare the hour, write "
    "{meant}.",
)


def moment_as_day(facts: Facts) -> Iterator[Fault]:
    """A phone counts a moment as its day's number (JavaRosa: DateUtils.daysSinceEpoch), a time of day as today's."""
    for formula in facts.formulas:
        for part in formula.parts:
            if not (isinstance(part, Binary) and part.operator in COMPARISONS | {"-"}):
                continue
            here = formula.element if formula.column == "constraint" else None
            kinds = {kind_of(facts, here, side) for side in (part.left, part.right)}
            if kinds == {"time"} or (kinds == {"time", "moment"} and _is_now(part)):
                yield error(formula.place, SAME_DAY.filled(text=written(part), meant=_wrapped(part, "decimal-time")))
            elif kinds == {"time", "number"} and part.operator != "-":
                yield error(formula.place, A_NUMBER.filled(text=written(part), meant=_in_hours(part)))
            elif kinds == {"moment"}:
                said = DIFFERENCE if part.operator == "-" else BY_DAY
                yield warning(formula.place, said.filled(text=written(part), meant=_wrapped(part, "decimal-date-time")))


def _is_now(part: Binary) -> bool:
    return any(isinstance(side, Call) and side.function == "now" for side in (part.left, part.right))


def _in_hours(part: Binary) -> str:
    """Decimal time counts days, so that noon is 0.5."""
    one, other = (
        f"{written(side)} div 24" if isinstance(side, Number) else f"decimal-time({written(side)})"
        for side in (part.left, part.right)
    )
    return f"{one} {part.operator} {other}"


def _wrapped(part: Binary, function: str) -> str:
    return f"{function}({written(part.left)}) {part.operator} {function}({written(part.right)})"
