"""Days, moments, times of day and numbers calculated or compared with each other, though they do not go together."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, Severity
from liuwen.checks.moments import kind_of
from liuwen.expressions import COMPARISONS, Binary, Expression, Named, Number, Path, references
from liuwen.expressions.rewriting import written
from liuwen.form.elements import Element
from liuwen.messages import Sentence

TIME_OF_DAY = Sentence(
    zh="{text} 里的“{name}”只有几点几分，手机当作填写那天的日期，与几点无关：请写成 decimal-time(${{{name}}})。",
    en="in {text}, “{name}” is only a time of day; phones take it for the day it is filled in, whatever the hour. Write "
    "decimal-time(${{{name}}}).",
)
WHOLE_DAYS = Sentence(
    zh="{text} 只数整天，不看“{name}”的几点：要连时刻一起算，请写成 decimal-date-time(${{{name}}})。",
    en="{text} counts whole days, whatever the time of “{name}”; to count the time too, write decimal-date-time(${{{name}}}).",
)
TWO_DAYS = Sentence(
    zh="{text} 把两个日期加在一起，得不到日期：请核对，常见的是 + 应为 -。",
    en="{text} adds two dates, which gives no date; check it, often a - is meant.",
)
A_YEAR = Sentence(
    zh="{text} 里的日期是 1970 年以来的天数，不是年份：请写成 {meant}。",
    en="in {text} the date counts days since 1970, not years; write {meant}.",
)
SINCE_1970 = Sentence(
    zh="{text} 里的日期是 1970 年以来的天数，不能这样乘除：请先减去另一个日期，或用 format-date()。",
    en="in {text} the date counts days since 1970; subtract another date first, or use format-date().",
)
DAYS = Sentence(
    zh="{text} 算出来是 1970 年以来的天数（如 20792），不是日期：请写成 date({text})。",
    en="{text} comes to days since 1970, such as 20792, and not to a date; write date({text}).",
)
NOT_A_DATE = Sentence(
    zh="{text} 拿“{name}”与日期比较，但它是 {type} 题：请改成 date 题，或核对哪一边写错了。",
    en="{text} compares “{name}” with a date, but it is a question of type {type}; make it a date question, or check both sides.",
)
_SIGNS = frozenset({"-", "+", "*", "div", "mod"})
_YEARS = range(1900, 2101)
_DAYS = frozenset({"day", "moment"})
_HARMLESS = frozenset({1.0, 7.0})
"""Times 1 makes a number of a date; by 7 are weeks counted."""


def mixed_moments(facts: Facts) -> Iterator[Fault]:
    """A phone takes a day or a moment for the whole days since 1970, a time of day for the day on which it is filled in."""
    for formula in facts.formulas:
        here = formula.element if formula.column == "constraint" else None
        for part in formula.parts:
            if isinstance(part, Binary) and part.operator in COMPARISONS | _SIGNS:
                sides = [(kind_of(facts, here, side), side) for side in (part.left, part.right)]
                said = _of_times(here, part, sides) or _of_days(here, part, sides) or _compared(facts, here, part, sides)
                if said:
                    severity, sentence = said
                    yield Fault(severity, formula.place, sentence)
        if _days_for_a_date(facts, formula) and formula.tree:
            yield Fault("warning", formula.place, DAYS.filled(text=written(formula.tree)))


def _is_shown(facts: Facts, formula: Formula) -> bool:
    """Whether the result is read by people: shown in a wording, or used nowhere else in the form."""
    element = formula.element
    if formula.column != "calculation" or element is None or element.type not in {"calculate", "text", "note", "date"}:
        return False
    return element.name not in facts.mentioned or any(
        found.name == element.name for _, cell in facts.survey_texts for found in references(cell.text)
    )


def _days_for_a_date(facts: Facts, formula: Formula) -> bool:
    """`today() + 7` as a result."""
    tree = formula.tree
    if not isinstance(tree, Binary) or tree.operator not in {"+", "-"} or not _is_shown(facts, formula):
        return False
    left, right = (kind_of(facts, None, side) for side in (tree.left, tree.right))
    is_year = isinstance(tree.right, Number) and tree.right.value in _YEARS
    return left in _DAYS and right in {"number", "answer"} and not is_year


Sides = list[tuple[str, Expression]]
Said = tuple[Severity, Sentence] | None


def _of_times(here: Element | None, part: Binary, sides: Sides) -> Said:
    kinds = {kind for kind, _ in sides}
    if "time" not in kinds:
        return None
    calculated = part.operator in _SIGNS - {"-"} and kinds <= {"time", "number", "answer"}
    less_a_number = part.operator == "-" and kinds & {"number", "answer"}
    if calculated or less_a_number or (kinds & _DAYS and not _is_of_now(part)):
        side = next(side for kind, side in sides if kind == "time")
        return "error", TIME_OF_DAY.filled(text=written(part), name=_name(here, side))
    return None


def _is_of_now(part: Binary) -> bool:
    return any("now()" in written(side) for side in (part.left, part.right))


def _of_days(here: Element | None, part: Binary, sides: Sides) -> Said:
    kinds = [kind for kind, _ in sides]
    number = next((side.value for _, side in sides if isinstance(side, Number)), None)
    text = written(part)
    if part.operator == "+" and set(kinds) <= _DAYS:
        return "warning", TWO_DAYS.filled(text=text)
    if part.operator == "-" and sorted(kinds) == ["day", "moment"]:
        moment = sides[kinds.index("moment")][1]
        asked = isinstance(moment, Named | Path)
        return ("note", WHOLE_DAYS.filled(text=text, name=_name(here, moment))) if asked else None
    if number is None or not set(kinds) & _DAYS:
        return None
    if part.operator == "-" and number in _YEARS:
        return "error", A_YEAR.filled(text=text, meant=_in_years(part))
    if part.operator in {"*", "div"} and number not in _HARMLESS:
        return "warning", SINCE_1970.filled(text=text)
    return None


def _compared(facts: Facts, here: Element | None, part: Binary, sides: Sides) -> Said:
    kinds = {kind for kind, _ in sides}
    if part.operator not in COMPARISONS - {"=", "!="} or not kinds & _DAYS or not kinds & {"answer", "text"}:
        return None
    name = _name(here, next(side for kind, side in sides if kind in {"answer", "text"}))
    asked = facts.only.get(name, here)
    calculated = asked is None or asked.cell("calculation") or "numbers" in asked.cell("appearance")
    return None if calculated else ("warning", NOT_A_DATE.filled(text=written(part), name=name, type=asked.type if asked else ""))


def _name(here: Element | None, side: Expression) -> str:
    return side.name if isinstance(side, Named) else here.name if here else "."


def _in_years(part: Binary) -> str:
    one, other = (
        written(side) if isinstance(side, Number) else f"number(format-date({written(side)}, '%Y'))"
        for side in (part.left, part.right)
    )
    return f"{one} - {other}"
