"""A number or a date given to selected() and its like, where phones take nothing but a text."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, error
from liuwen.checks.moments import is_no_text
from liuwen.expressions import Call, Expression, Named, Negative, Number
from liuwen.expressions.rewriting import written
from liuwen.messages import Sentence

LITERAL = Sentence(
    zh="{function}() 的第二个参数 {text} 没有引号，手机会报错停下：请写成 '{text}'。",
    en="the second argument of {function}(), {text}, has no quotes, and phones stop with an error; write '{text}'.",
)
ANSWER = Sentence(
    zh="{function}() 的第二个参数 {text} 是数字，手机会报错停下：请写成 string({text})。",
    en="the second argument of {function}(), {text}, is a number, and phones stop with an error; write string({text}).",
)
NO_SELECT = Sentence(
    zh="{function}() 要的是选择题，而 {text} 是数字、日期或是非，一有答案手机就报错停下：请用 = 比较，或改成选择题的题名。",
    en="{function}() needs a select question; {text} is a number, a date or a condition, and phones stop with an error once it "
    "has a value. Compare it with =, or name a select question.",
)
_NUMBERS = frozenset({"integer", "decimal", "range"})
_READERS = frozenset({"selected", "is-selected", "count-selected", "selected-at"})


def number_in_selected(facts: Facts) -> Iterator[Fault]:
    """JavaRosa notices when it comes to it, which for a constraint or behind an `and` is in the village."""
    for formula in facts.formulas:
        for part in formula.parts:
            if isinstance(part, Call) and part.function in _READERS and part.arguments:
                yield from _of_first(facts, formula, part)
                if part.function in {"selected", "is-selected"} and len(part.arguments) == 2:
                    yield from _of_second(facts, formula, part)


def _of_first(facts: Facts, formula: Formula, call: Call) -> Iterator[Fault]:
    here = formula.element if formula.column == "constraint" else None
    if is_no_text(facts, here, call.arguments[0]):
        yield error(formula.place, NO_SELECT.filled(function=call.function, text=written(call.arguments[0])))


def _of_second(facts: Facts, formula: Formula, call: Call) -> Iterator[Fault]:
    second = call.arguments[1]
    if said := _said(facts, second):
        yield error(formula.place, said.filled(function=call.function, text=formula.text[second.start : second.end]))


def _said(facts: Facts, second: Expression) -> Sentence | None:
    match second:
        case Number() | Negative(operand=Number()):
            return LITERAL
        case Named(name=name) if (asked := facts.only.get(name)) and asked.type in _NUMBERS:
            return ANSWER
        case _:
            return None
