"""An answer or a result compared with something of another kind: `${n} = 'many'`, `today() > '2026-01-01'`."""

from collections.abc import Iterator
from math import isnan

from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, error, warning
from liuwen.checks.moments import is_number, kind_of
from liuwen.expressions import COMPARISONS, Binary
from liuwen.expressions.evaluation import fixed_value
from liuwen.expressions.rewriting import written
from liuwen.expressions.values import MIRRORED, as_number
from liuwen.form.types import GEO, MEDIA
from liuwen.logic.fixed_values import answer, literal
from liuwen.messages import Sentence

NUMBER_WITH_TEXT = Sentence(
    zh="“{name}”是数字，永远不会等于“{value}”：请改成数字。",
    en="“{name}” is a number and never equals “{value}”; compare it with a number.",
)
TEXT_ORDERED = Sentence(
    zh="文字“{value}”不能用 {operator} 比大小，这个条件永远不成立：请改正。",
    en="text such as “{value}” cannot be compared with {operator}, so this is never true; correct it.",
)
DATE_WITH_TEXT = Sentence(
    zh="日期用 {operator} 比较时要写 date('{value}')，否则永远不成立：请改正。",
    en="to compare a date with {operator}, write date('{value}'); otherwise this is never true.",
)
TEXT_WITH_NUMBER = Sentence(
    zh="“{name}”是文字题，却用 {operator} 与数字比大小：请改用 integer 或 decimal 题。",
    en="“{name}” is a text question, but {operator} compares it with a number; make it an integer or decimal question.",
)
DATE_WITH_NUMBER = Sentence(
    zh="“{name}”是日期，却与数字比较：请用 date('…') 或 today()。",
    en="“{name}” is a date but is compared with a number; use date('…') or today().",
)
NO_NUMBER = Sentence(
    zh="“{name}”是 {type} 题，永远不会与一个数字相比成立：请核对题名；只想知道有没有作答，请写 ${{{name}}} != ''。",
    en="“{name}” is a question of type {type}, which no number compares with; check the name, or write ${{{name}}} != '' for "
    "whether it was answered.",
)
TIME_WITH_TEXT = Sentence(
    zh="手机记的时刻带秒和时区，永远不等于“{value}”：请写成 format-date-time(${{{name}}}, '{pattern}') {operator} '{value}'。",
    en="phones keep “{name}” with seconds and time zone, so it never equals “{value}”; write "
    "format-date-time(${{{name}}}, '{pattern}') {operator} '{value}'.",
)
RESULT_IS_NUMBER = Sentence(
    zh="{text} 拿数字与文字比较，永远不成立：请把 {value} 改成数字。",
    en="{text} compares a number with a text, so it is never true; write a number in place of {value}.",
)
DAYS_WITH_NUMBER = Sentence(
    zh="{text} 里的日期是 1970 年以来的天数，与 {value} 比较没有意义：请写成 date('…')。",
    en="in {text} the date counts days since 1970, which does not compare with {value}; write date('…').",
)
_NUMBERS = frozenset({"integer", "decimal", "range"})
_DATES = frozenset({"date", "dateTime", "today", "start", "end"})
_PATTERNS = {"time": "%H:%M", "dateTime": "%Y-%m-%d"}


def text_compared_with_number(facts: Facts) -> Iterator[Fault]:
    """XPath converts a text that is not a number to NaN, and every comparison with NaN fails."""
    yield from _of_answers(facts)
    for formula in facts.formulas:
        for part in formula.parts:
            if isinstance(part, Binary) and part.operator in COMPARISONS:
                yield from _of_results(facts, formula, part)


def _of_answers(facts: Facts) -> Iterator[Fault]:
    for formula, (element, operator, value, _) in facts.comparisons:
        if operator == "selected" or value in {"", "NaN"}:
            continue
        ordered = operator not in {"=", "!="}
        values = {"name": element.name, "operator": operator, "value": value}
        if isinstance(value, float):
            if element.type == "text" and ordered and "numbers" not in element.cell("appearance"):
                yield warning(formula.place, TEXT_WITH_NUMBER.filled(**values))
            elif element.type in _DATES:
                yield warning(formula.place, DATE_WITH_NUMBER.filled(**values))
            elif element.type in GEO | MEDIA:
                yield error(formula.place, NO_NUMBER.filled(**values, type=element.type))
        elif element.type in _NUMBERS and isnan(as_number(value)):
            yield error(formula.place, NUMBER_WITH_TEXT.filled(**values))
        elif not ordered and element.type in _PATTERNS:
            yield error(formula.place, TIME_WITH_TEXT.filled(**values, pattern=_PATTERNS[element.type]))
        elif ordered and isnan(as_number(value)):
            yield error(formula.place, (DATE_WITH_TEXT if element.type in _DATES else TEXT_ORDERED).filled(**values))
        elif ordered and element.type in _DATES:
            yield warning(formula.place, DATE_WITH_NUMBER.filled(**values))


def _of_results(facts: Facts, formula: Formula, part: Binary) -> Iterator[Fault]:
    """What is calculated, such as `today()`, compared with a value that is written down."""
    for side, operator, other in ((part.left, part.operator, part.right), (part.right, MIRRORED[part.operator], part.left)):
        value = literal(other)
        if value in {None, "", "NaN"} or answer(side, formula.element, facts.only) or fixed_value(side) is not None:
            continue
        ordered, is_day = operator not in {"=", "!="}, kind_of(facts, None, side) in {"day", "moment"}
        values = {"text": written(part), "operator": operator, "value": value}
        if not isnan(as_number(value)):
            if ordered and is_day:
                yield warning(formula.place, DAYS_WITH_NUMBER.filled(**values | {"value": written(other)}))
        elif ordered:
            yield error(formula.place, (DATE_WITH_TEXT if is_day else TEXT_ORDERED).filled(**values))
        elif is_number(side):
            yield error(formula.place, RESULT_IS_NUMBER.filled(**values))
