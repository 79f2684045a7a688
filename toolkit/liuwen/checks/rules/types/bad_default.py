"""A default that the question cannot hold."""

import re
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.messages import Sentence

NO_CHOICE = Sentence(
    zh="默认值“{value}”不在选项列表“{list}”里，会被丢掉：请改正。",
    en="the default “{value}” is not in the choice list “{list}” and is dropped; correct it.",
)
NOT_A_NUMBER = Sentence(
    zh="默认值“{value}”不是数字：请改正。",
    en="the default “{value}” is not a number; correct it.",
)
NOT_A_DATE = Sentence(
    zh="默认值“{value}”不是日期：请写成 2026-11-21 这样，或 today()。",
    en="the default “{value}” is not a date; write it as 2026-11-21, or use today().",
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)")


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
        elif element.type in {"integer", "decimal", "range"} and not _NUMBER.fullmatch(value):
            yield error(place, NOT_A_NUMBER.filled(value=value))
        elif element.type == "date" and not _DATE.fullmatch(value[:10]):
            yield error(place, NOT_A_DATE.filled(value=value))
