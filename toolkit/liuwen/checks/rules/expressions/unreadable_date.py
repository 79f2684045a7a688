"""A date, or the pattern of one, that phones cannot read: `date('31/12/2026')`, `format-date(${d}, 'DD.MM.YYYY')`."""

import re
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.expressions import Call, Expression, Text
from liuwen.expressions.dates import moment_of
from liuwen.expressions.unknown import MismatchError, UnknownError
from liuwen.messages import Sentence

NO_DATE = Sentence(
    zh="“{text}”不是手机认得的日期，会报错停下：日期要写成 年-月-日，如 date('2026-12-31')。",
    en="phones cannot read “{text}” as a date and stop with an error; write dates as year-month-day, such as date('2026-12-31').",
)
NO_PATTERN = Sentence(
    zh="“{text}”里没有 %，结果就是“{text}”这几个字，与日期无关：请写成 '%Y-%m-%d' 这样。",
    en="“{text}” has no % in it, so the result is “{text}” whatever the date; write a pattern such as '%Y-%m-%d'.",
)
NO_LETTER = Sentence(
    zh="手机不认得 {letter}，会报错停下：可用的有 %Y %y %m %n %b %d %e %H %h %M %S %3 %a。",
    en="phones do not know {letter} and stop with an error; use %Y %y %m %n %b %d %e %H %h %M %S %3 or %a.",
)
_LETTERS = frozenset("YymnbdeHhMS3a%W")


def unreadable_date(facts: Facts) -> Iterator[Fault]:
    """JavaRosa notices when it comes to it, which for a constraint is in the village (DateUtils.format, XPathFuncExpr.toDate)."""
    for formula in facts.formulas:
        for part in formula.parts:
            sentence = _said(part)
            if sentence:
                yield error(formula.place, sentence)


def _said(part: Expression) -> Sentence | None:
    match part:
        case Call(function="date" | "date-time", arguments=(Text() as text,)) if text.value and _is_unreadable(text.value):
            return NO_DATE.filled(text=text.value)
        case Call(function="format-date" | "format-date-time", arguments=(_, Text(value=pattern))) if pattern:
            unknown = [letter for letter in re.findall(r"%(.?)", pattern, re.DOTALL) if letter not in _LETTERS]
            if "%" not in pattern:
                return NO_PATTERN.filled(text=pattern)
            return NO_LETTER.filled(letter=f"%{unknown[0]}") if unknown else None
        case _:
            return None


def _is_unreadable(text: str) -> bool:
    try:
        moment_of(text)
    except MismatchError:
        return True
    except UnknownError:
        return False  # a time zone, or a day before the Gregorian calendar: phones read both
    return False
