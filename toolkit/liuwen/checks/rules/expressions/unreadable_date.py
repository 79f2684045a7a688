"""A date, or the pattern of one, that phones cannot read: `date('31/12/2026')`, `format-date(${d}, 'DD.MM.YYYY')`."""

import re
from collections.abc import Iterator
from math import isnan

from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, error, warning
from liuwen.expressions import Call, Expression, Named, Text
from liuwen.expressions.dates import moment_of
from liuwen.expressions.rewriting import written
from liuwen.expressions.unknown import MismatchError, UnknownError
from liuwen.expressions.values import as_number
from liuwen.form.elements import Element
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
TURNED = Sentence(
    zh="{function}() 先写日期，再写格式，这里写反了，手机会报错停下：请写成 {function}({date}, '{text}')。",
    en="{function}() takes the date first and the pattern second; these are the wrong way round, and phones stop with an error. "
    "Write {function}({date}, '{text}').",
)
NO_TIME = Sentence(
    zh="decimal-time() 要连同日期的时刻，遇到“{text}”手机会报错停下：请写一天的几分之几，如 8.5 div 24。",
    en="decimal-time() needs a time with its date, and phones stop with an error at “{text}”; write the fraction of a day, such "
    "as 8.5 div 24.",
)
TYPED = Sentence(
    zh="“{name}”是文字题，只要写的不是 年-月-日，{function}() 就使手机报错停下：请改成 date 题。",
    en="“{name}” is a text question, and unless year-month-day is typed, {function}() makes phones stop with an error; make it a "
    "date question.",
)
CHOSEN = Sentence(
    zh="“{name}”是选择题，选项不是日期，一作答 {function}() 就使手机报错停下：请用 date 题。",
    en="the choices of “{name}” are no dates, so once it is answered {function}() makes phones stop with an error; use a date "
    "question.",
)
COUNTED = Sentence(
    zh="“{name}”是数字，{function}() 当作 1970 年以来的天数：请用 date 题，数字请直接写。",
    en="“{name}” is a number, which {function}() takes for days since 1970; use a date question, or the number as it is.",
)
_OF_DATES = frozenset({"date", "date-time", "format-date", "format-date-time", "decimal-date-time"})
_LETTERS = frozenset("YymnbdeHhMS3a%W")


def unreadable_date(facts: Facts) -> Iterator[Fault]:
    """JavaRosa notices when it comes to it, which for a constraint is in the village (DateUtils.format, XPathFuncExpr.toDate)."""
    for formula in facts.formulas:
        for part in formula.parts:
            sentence = _said(part)
            if sentence:
                yield error(formula.place, sentence)
            elif isinstance(part, Call) and part.function in _OF_DATES and part.arguments:
                yield from _of_answer(facts, formula, part)


def _said(part: Expression) -> Sentence | None:
    match part:
        case Call(function="format-date" | "format-date-time" as function, arguments=(Text(value=text), date)) if "%" in text:
            return TURNED.filled(function=function, date=written(date), text=text)
        case Call(function=function, arguments=(Text(value=text), *_)) if (
            function in _OF_DATES | {"decimal-time"} and text and _is_unreadable(text)
        ):
            return (NO_TIME if function == "decimal-time" else NO_DATE).filled(text=text)
        case Call(function="format-date" | "format-date-time", arguments=(_, Text(value=pattern))) if pattern:
            unknown = [letter for letter in re.findall(r"%(.?)", pattern, re.DOTALL) if letter not in _LETTERS]
            if "%" not in pattern:
                return NO_PATTERN.filled(text=pattern)
            return NO_LETTER.filled(letter=f"%{unknown[0]}") if unknown else None
        case _:
            return None


def _of_answer(facts: Facts, formula: Formula, call: Call) -> Iterator[Fault]:
    first = call.arguments[0]
    asked = facts.only.get(first.name) if isinstance(first, Named) and not first.last_saved else None
    if asked is None or asked.cell("calculation"):
        return
    values = {"name": asked.name, "function": call.function}
    if asked.type == "text" and not asked.cell("constraint") and not asked.cell("default"):
        yield warning(formula.place, TYPED.filled(**values))
    elif asked.type in {"integer", "decimal", "range"} and call.function.startswith("format-"):
        yield warning(formula.place, COUNTED.filled(**values))
    elif asked.type in {"select_one", "select_multiple", "rank"} and _offers_no_date(facts, asked):
        yield error(formula.place, CHOSEN.filled(**values))


def _offers_no_date(facts: Facts, asked: Element) -> bool:
    choices = facts.choices_of(asked)
    return choices is not None and all(isnan(as_number(name)) and _is_unreadable(name) for name in choices.names)


def _is_unreadable(text: str) -> bool:
    try:
        moment_of(text)
    except MismatchError:
        return True
    except UnknownError:
        return False  # a time zone, or a day before the Gregorian calendar: phones read both
    return False
