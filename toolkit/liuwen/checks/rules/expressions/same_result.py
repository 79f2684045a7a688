"""An `if()` or `coalesce()` that gives the same whatever it looks at: `if(${a} > 1, 2, 2)`, `coalesce('x', ${a})`."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.expressions import Binary, Call, Expression, Number
from liuwen.expressions.evaluation import fixed_value
from liuwen.expressions.rewriting import written
from liuwen.expressions.values import is_blank
from liuwen.messages import Sentence

SAME = Sentence(
    zh="{text} 两种情况的结果都是 {result}，条件不起作用：请核对。",
    en="{text} gives {result} in both cases, so its condition has no effect; check it.",
)
ONLY_ONE = Sentence(
    zh="{text} 的条件是固定的，结果总是 {result}：请写出条件要看的题目。",
    en="the condition of {text} is fixed, so the result is always {result}; write the question that it depends on.",
)
FIRST = Sentence(
    zh="{text} 的第一项从不为空，结果总是 {result}：请把题目写在前面。",
    en="the first part of {text} is never blank, so the result is always {result}; write the question first.",
)


BY_ZERO = Sentence(
    zh="{text} 除以 0，得不到数字：请核对除数。",
    en="{text} divides by 0, which gives no number; check the divisor.",
)


def same_result(facts: Facts) -> Iterator[Fault]:
    """Each once a cell."""
    for formula in facts.formulas:
        for part in formula.parts:
            if sentence := _said(part):
                yield warning(formula.place, sentence)


def _said(part: Expression) -> Sentence | None:
    match part:
        case Call(function="if", arguments=(test, then, otherwise)):
            if written(then) == written(otherwise):
                return SAME.filled(text=written(part), result=written(then))
            if isinstance(test, Call) and test.function in {"true", "false"}:
                return ONLY_ONE.filled(text=written(part), result=written(then if test.function == "true" else otherwise))
        case Binary(operator="div" | "mod", right=Number(value=0.0)):
            return BY_ZERO.filled(text=written(part))
        case Call(function="coalesce", arguments=(first, _)):
            value = fixed_value(first)
            if value is not None and not is_blank(value):
                return FIRST.filled(text=written(part), result=written(first))
        case _:
            pass
    return None
