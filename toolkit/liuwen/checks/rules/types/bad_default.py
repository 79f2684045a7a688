"""A default that the question cannot hold."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, warning
from liuwen.expressions import ExpressionError, try_parse
from liuwen.form.elements import Element
from liuwen.logic.reasoning import outcome
from liuwen.messages import Sentence

NO_CHOICE = Sentence(
    zh="默认值“{value}”不在选项列表“{list}”里，会被丢掉：请改正。",
    en="the default “{value}” is not in the choice list “{list}” and is dropped; correct it.",
)
NOT_A_NUMBER = Sentence(
    zh="默认值“{value}”不是数字：请改正。",
    en="the default “{value}” is not a number; correct it.",
)
NOT_WHOLE = Sentence(
    zh="默认值“{value}”不是手机能存的整数，会被丢掉：请改成整数，或把题型改成 decimal。",
    en="the default “{value}” is no whole number that phones can store, and is dropped; correct it, or use the type decimal.",
)
NOT_A_DATE = Sentence(
    zh="默认值“{value}”不是日期：请写成 2026-11-21 这样，或 today()。",
    en="the default “{value}” is not a date; write it as 2026-11-21, or use today().",
)
NOT_A_TIME = Sentence(
    zh="默认值“{value}”不是时间，会被丢掉：请写成 09:30 这样。",
    en="the default “{value}” is not a time and is dropped; write it as 09:30.",
)
NOT_A_MOMENT = Sentence(
    zh="默认值“{value}”不是日期时间，会被丢掉：请写成 2026-11-21T09:30 这样，或 now()。",
    en="the default “{value}” is not a date with a time and is dropped; write it as 2026-11-21T09:30, or use now().",
)
NOT_A_PLACE = Sentence(
    zh="默认值“{value}”不是位置，会被丢掉：请写纬度、空格、经度，如 30.27 120.15；几个点之间用分号。",
    en="the default “{value}” is not a position and is dropped; write latitude, a space, longitude, as in 30.27 120.15, with "
    "semicolons between points.",
)
REFUSED = Sentence(
    zh="默认值“{value}”不符合这道题自己的约束条件，手机不接受：请改正。",
    en="the default “{value}” does not satisfy the constraint of its own question, and phones refuse it; correct it.",
)
BEYOND = Sentence(
    zh="默认值“{value}”不在滑块的范围里：请改正。",
    en="the default “{value}” is outside the range of the slider; correct it.",
)
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
_WHOLE = re.compile(r"[-+]?\d+")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_TIME = re.compile(r"([01]?\d|2[0-3]):[0-5]?\d(:[0-5]?\d(\.\d+)?)?(Z|[-+]\d{2}(:?\d{2})?)?")


def bad_default(facts: Facts) -> Iterator[Fault]:
    """Plain values only; what a default computes is known on the phone."""
    for element in facts.questions:
        value = element.cell("default")
        if not value or (element.row, "default") in facts.formula_of:
            continue
        place = facts.at(element, "default")
        choices = facts.choices_of(element) if element.is_select else None
        if choices and not set(value.split()) <= facts.values.get(choices.name, frozenset()):
            yield error(place, NO_CHOICE.filled(value=value, list=choices.name))
        elif element.type in _HOLDS:
            holds, sentence = _HOLDS[element.type]
            if not holds(value.strip()):
                said = sentence if element.type != "integer" or _is_number(value) else NOT_A_NUMBER
                yield error(place, said.filled(value=value))
            elif element.type in {"integer", "decimal", "range"} and _is_refused(facts, element, value):
                yield warning(place, (BEYOND if element.type == "range" else REFUSED).filled(value=value))


def _is_refused(facts: Facts, element: Element, value: str) -> bool:
    """Whether its own constraint, or the range of a slider, leaves this number out."""
    given = try_parse(f". = {float(value):f}")
    constraint = facts.formula_of.get((element.row, "constraint"))
    trees = [constraint.tree] if constraint and constraint.tree else []
    if isinstance(given, ExpressionError) or facts.alone.get((element.row, "constraint")) == "never":
        return False
    return outcome([*trees, given], element, facts.known) == "never"


def _is_number(value: str) -> bool:
    return _NUMBER.fullmatch(value) is not None


def _is_whole(value: str) -> bool:
    return _WHOLE.fullmatch(value) is not None and -(2**31) <= int(value) < 2**31


def _is_day(value: str) -> bool:
    found = _DATE.fullmatch(value)
    try:
        return found is not None and date(*map(int, found.groups())) is not None
    except ValueError:
        return False


def _is_time(value: str) -> bool:
    return _TIME.fullmatch(value) is not None


def _is_moment(value: str) -> bool:
    day, _, time = value.partition("T")
    return _is_day(day) and (not time or _is_time(time))


def _are_positions(value: str) -> bool:
    points = [point.split() for point in value.rstrip("; ").split(";")]
    return all(1 <= len(point) <= 4 and all(map(_is_number, point)) for point in points)


_HOLDS: Mapping[str, tuple[Callable[[str], bool], Sentence]] = {
    "integer": (_is_whole, NOT_WHOLE),
    "decimal": (_is_number, NOT_A_NUMBER),
    "range": (_is_number, NOT_A_NUMBER),
    "date": (_is_day, NOT_A_DATE),
    "time": (_is_time, NOT_A_TIME),
    "dateTime": (_is_moment, NOT_A_MOMENT),
    "geopoint": (_are_positions, NOT_A_PLACE),
    "geotrace": (_are_positions, NOT_A_PLACE),
    "geoshape": (_are_positions, NOT_A_PLACE),
}
"""Question type → whether it can hold a value, as JavaRosa reads it, and what to say if not."""
