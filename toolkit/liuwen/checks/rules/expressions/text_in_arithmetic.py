"""A text in a calculation with `+`, `-`, `*`, `div` or `mod`, or in a function of numbers."""

from collections.abc import Iterator, Sequence
from math import isnan

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, warning
from liuwen.expressions import Binary, Call, Expression, Named, Negative, Text
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
_FUNCTIONS = frozenset({"int", "round", "abs", "sqrt", "pow", "exp", "log", "log10", "exp10", "floor", "ceiling"})
_TEXTS = frozenset({"jr:itext", "uuid"})
_NO_NUMBERS = MEDIA | GEO
_SELECTS = frozenset({"select_one", "select_multiple", "rank"})
_OF_NUMBERS = frozenset("0123456789.,- ")


def text_in_arithmetic(facts: Facts) -> Iterator[Fault]:
    """Said once a cell. What may come to a number is left alone: numbered choices, texts put together of digits."""
    for formula in facts.formulas:
        for part in formula.parts:
            found = next((fault for side in _of_numbers(part) if (fault := _fault(facts, part, side))), None)
            if found:
                severity, sentence = found
                yield (error if severity else warning)(formula.place, sentence)
                break


def _of_numbers(part: Expression) -> tuple[Expression, ...]:
    """What is taken for a number: the sides of a calculation, what a minus stands before, the arguments of a function."""
    match part:
        case Binary(operator=operator, left=left, right=right) if operator in _SIGNS:
            return (left, right)
        case Negative(operand=operand):
            return (operand,)
        case Call(function=function, arguments=arguments) if function in _FUNCTIONS:
            return arguments
        case Call(function="max" | "min", arguments=(_, _, *_) as arguments):
            return arguments
        case _:
            return ()


def _fault(facts: Facts, whole: Expression, side: Expression) -> tuple[bool, Sentence] | None:
    sign = whole.operator if isinstance(whole, Binary) else f"{whole.function}()" if isinstance(whole, Call) else "-"
    if _is_text(facts, side):
        if not isinstance(whole, Binary) or sign != "+":
            return True, CALCULATED.filled(part=written(side), operator=sign)
        return True, JOINED.filled(part=written(side), all=", ".join(written(each) for each in operands(whole)))
    asked = _asked(facts, side)
    if asked and asked.type == "text" and isinstance(whole, Binary | Negative) and not _may_hold_digits_alone(asked):
        return False, TEXT_QUESTION.filled(part=written(side), operator=sign)
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
