"""A text in a calculation with `+`, `-`, `*`, `div` or `mod`."""

from collections.abc import Iterator, Sequence
from math import isnan

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, warning
from liuwen.expressions import Binary, Call, Expression, Named, Text
from liuwen.expressions.evaluation import operands
from liuwen.expressions.rewriting import written
from liuwen.expressions.values import as_number
from liuwen.form.elements import Element
from liuwen.form.types import GEO, MEDIA
from liuwen.messages import Sentence

JOINED = Sentence(
    zh="+ 只加数字，{part} 是文字，结果永远是 NaN：要连接文字，请写成 concat({all})。",
    en="+ adds numbers only; {part} is a text, so the result is always NaN. To join texts, write concat({all}).",
)
CALCULATED = Sentence(
    zh="{part} 是文字，不能用 {operator} 计算，结果永远是 NaN：请改正。",
    en="{part} is a text and cannot be calculated with {operator}, so the result is always NaN; correct it.",
)
TEXT_QUESTION = Sentence(
    zh="{part} 是文字题，{operator} 只算数字，答别的就是 NaN：连接文字请用 concat()，要计算请改成数字题。",
    en="{part} is a text question, and {operator} calculates with numbers only, so any other answer gives NaN; use concat() to "
    "join texts, or make it an integer or decimal question.",
)
_SIGNS = frozenset({"+", "-", "*", "div", "mod"})
_TEXTS = frozenset({"jr:itext", "uuid"})
_NO_NUMBERS = MEDIA | GEO
_SELECTS = frozenset({"select_one", "select_multiple", "rank"})
_OF_NUMBERS = frozenset("0123456789.,- ")


def text_in_arithmetic(facts: Facts) -> Iterator[Fault]:
    """Said once a cell. What may come to a number is left alone: numbered choices, texts put together of digits."""
    for formula in facts.formulas:
        for part in formula.parts:
            if not (isinstance(part, Binary) and part.operator in _SIGNS):
                continue
            found = next((fault for side in (part.left, part.right) if (fault := _fault(facts, part, side))), None)
            if found:
                severity, sentence = found
                yield (error if severity else warning)(formula.place, sentence)
                break


def _fault(facts: Facts, whole: Binary, side: Expression) -> tuple[bool, Sentence] | None:
    values = {"part": written(side), "operator": whole.operator} if not isinstance(side, Binary) else {}
    if _is_text(facts, side):
        if whole.operator != "+":
            return True, CALCULATED.filled(**values)
        return True, JOINED.filled(**values, all=", ".join(written(each) for each in operands(whole)))
    asked = _asked(facts, side)
    if asked and asked.type == "text" and not _may_hold_digits_alone(asked):
        return False, TEXT_QUESTION.filled(**values)
    return None


def _is_text(facts: Facts, side: Expression) -> bool:
    match side:
        case Text(value=value):
            return isnan(as_number(value))
        case Call(function="concat" | "join", arguments=joined):
            return any(isinstance(part, Text) and not _OF_NUMBERS.issuperset(part.value) for part in joined)
        case Call(function=function):
            return function in _TEXTS
        case _:
            asked = _asked(facts, side)
            return asked is not None and (asked.type in _NO_NUMBERS or _no_choice_is_a_number(facts, asked))


def _may_hold_digits_alone(asked: Element) -> bool:
    """Whether a text question is meant for digits, such as a code with a check digit, or is calculated."""
    return "numbers" in asked.cell("appearance") or "regex(" in asked.cell("constraint") or bool(asked.cell("calculation"))


def _no_choice_is_a_number(facts: Facts, asked: Element) -> bool:
    choices = facts.choices_of(asked) if asked.type in _SELECTS else None
    names: Sequence[str] = choices.names if choices else ()
    return bool(names) and all(isnan(as_number(name)) for name in names)


def _asked(facts: Facts, side: Expression) -> Element | None:
    return facts.only.get(side.name) if isinstance(side, Named) and not side.last_saved else None
