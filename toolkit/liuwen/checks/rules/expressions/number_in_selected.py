"""A number given to selected(), where phones take nothing but a text."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.expressions import Call, Expression, Named, Negative, Number
from liuwen.messages import Sentence

LITERAL = Sentence(
    zh="{function}() 的第二个参数 {text} 没有引号，手机会报错停下：请写成 '{text}'。",
    en="the second argument of {function}(), {text}, has no quotes, and phones stop with an error; write '{text}'.",
)
ANSWER = Sentence(
    zh="{function}() 的第二个参数 {text} 是数字，手机会报错停下：请写成 string({text})。",
    en="the second argument of {function}(), {text}, is a number, and phones stop with an error; write string({text}).",
)
_NUMBERS = frozenset({"integer", "decimal", "range"})


def number_in_selected(facts: Facts) -> Iterator[Fault]:
    """JavaRosa notices when it comes to it, which for a constraint or behind an `and` is in the village."""
    for formula in facts.formulas:
        for part in formula.parts:
            match part:
                case Call(function="selected" | "is-selected" as function, arguments=(_, second)):
                    said = _said(facts, second)
                    if said:
                        text = formula.text[second.start : second.end]
                        yield error(formula.place, said.filled(function=function, text=text))
                case _:
                    pass


def _said(facts: Facts, second: Expression) -> Sentence | None:
    match second:
        case Number() | Negative(operand=Number()):
            return LITERAL
        case Named(name=name) if (asked := facts.only.get(name)) and asked.type in _NUMBERS:
            return ANSWER
        case _:
            return None
