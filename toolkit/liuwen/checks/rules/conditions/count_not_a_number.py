"""A repeat that is counted by something that is no number: a date, a text choice, a comparison."""

from collections.abc import Iterator
from math import isnan

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, warning
from liuwen.expressions import COMPARISONS, Binary, Call, Expression, Named
from liuwen.expressions.evaluation import fixed_value
from liuwen.expressions.rewriting import written
from liuwen.expressions.values import as_number
from liuwen.form.elements import Element
from liuwen.form.types import GEO, MEDIA
from liuwen.messages import Sentence

ANSWER = Sentence(
    zh="“{name}”是 {type} 题，不是个数，重复次数不起作用：请换成 integer 题。",
    en="“{name}” is a question of type {type} and not a number, so it counts nothing; use an integer question.",
)
CHOICES = Sentence(
    zh="“{name}”选了几项要写成 count-selected(${{{name}}})，它本身不是个数，重复次数不起作用。",
    en="write count-selected(${{{name}}}) for how many choices of “{name}” are selected; on its own it is no number and counts "
    "nothing.",
)
TRUTH = Sentence(
    zh="{text} 成立算 1 次，不成立算 0 次，手机都会问一遍：要成立才问，请写到 relevant；要次数，请写 if({text}, 2, 1)。",
    en="{text} counts as 1 or 0, and phones ask the repeat once in either case; to ask it only if true, move this to relevant; "
    "for a count, write for example if({text}, 2, 1).",
)
FIXED = Sentence(
    zh="次数固定是 {count}，手机会问 {asked} 遍：请写成不小于 1 的整数，或写出一道题，如 ${{题名}}。",
    en="the count is fixed at {count}, and phones ask the repeat {asked} times; write a whole number from 1 on, or a question, "
    "such as ${{question}}.",
)
_TRUTHS = frozenset({"true", "false", "not", "boolean", "selected", "contains", "starts-with", "regex"})
_NO_NUMBERS = MEDIA | GEO | {"date", "dateTime", "time", "today", "start", "end"}


def count_not_a_number(facts: Facts) -> Iterator[Fault]:
    """A phone asks such a repeat once, whatever is answered."""
    for formula, count in facts.trees("repeat_count"):
        asked = facts.only.get(count.name) if isinstance(count, Named) and not count.last_saved else None
        sentence = _of_answer(facts, asked) if asked else _of_expression(count)
        if sentence:
            yield error(formula.place, sentence)
        elif asked is None and _is_truth(count):
            yield warning(formula.place, TRUTH.filled(text=written(count)))


def _of_answer(facts: Facts, asked: Element) -> Sentence | None:
    if asked.type in {"select_multiple", "rank"}:
        return CHOICES.filled(name=asked.name)
    choices = facts.choices_of(asked) if asked.type == "select_one" else None
    no_choice = bool(choices) and all(isnan(as_number(name)) for name in (choices.names if choices else ()))
    if no_choice or asked.type in _NO_NUMBERS:
        return ANSWER.filled(name=asked.name, type=asked.type)
    return None


def _of_expression(count: Expression) -> Sentence | None:
    value = None if _is_truth(count) else fixed_value(count)
    if not isinstance(value, float) or (value >= 1 and value.is_integer()):
        return None
    return FIXED.filled(count=written(count), asked=max(1, int(value)))


def _is_truth(count: Expression) -> bool:
    compares = isinstance(count, Binary) and count.operator in COMPARISONS | {"and", "or"}
    return compares or (isinstance(count, Call) and count.function in _TRUTHS)
