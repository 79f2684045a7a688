"""What gives the same whatever it looks at: `if(${a} > 1, 2, 2)`, `coalesce('x', ${a})`, `${a} * 0`, `${a} - ${a}`."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, warning
from liuwen.expressions import Binary, Call, Expression, Named, Number, Path, walk
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
ONE = Sentence(
    zh="{text} 在重复组之外，结果总是 1：请移到重复组里。",
    en="{text} is outside every repeat and always 1; move it into the repeat.",
)
ALWAYS = Sentence(
    zh="{text} 的结果总是 {result}，与回答无关：请核对哪一边写错了。",
    en="{text} always gives {result}, whatever the answer; check which side is wrong.",
)
_VARYING = frozenset({"now", "today", "random", "uuid"})


def same_result(facts: Facts) -> Iterator[Fault]:
    """Each once a cell."""
    for formula in facts.formulas:
        for part in formula.parts:
            if sentence := _said(part) or _of_position(formula, part):
                yield warning(formula.place, sentence)


def _said(part: Expression) -> Sentence | None:
    return _of_function(part) if isinstance(part, Call) else _of_operator(part) if isinstance(part, Binary) else None


def _of_position(formula: Formula, part: Expression) -> Sentence | None:
    """`position(..)` outside every repeat."""
    match part:
        case Call(function="position", arguments=(Path() as path,)) if formula.element and not formula.element.repeats:
            return ONE.filled(text=written(part)) if written(path) == ".." else None
        case _:
            return None


def _of_function(part: Call) -> Sentence | None:
    match part:
        case Call(function="if", arguments=(test, then, otherwise)):
            if written(then) == written(otherwise) and not _varies(then):
                return SAME.filled(text=written(part), result=written(then))
            if isinstance(test, Call) and test.function in {"true", "false"}:
                return ONLY_ONE.filled(text=written(part), result=written(then if test.function == "true" else otherwise))
        case Call(function="coalesce", arguments=(first, _)):
            value = fixed_value(first)
            if value is not None and not is_blank(value):
                return FIRST.filled(text=written(part), result=written(first))
        case _:
            pass
    return None


def _of_operator(part: Binary) -> Sentence | None:
    match part:
        case Binary(operator="div" | "mod", right=Number(value=0.0)):
            return BY_ZERO.filled(text=written(part))
        case Binary(operator="*", left=left, right=right) if _is_zero(left, right):
            return ALWAYS.filled(text=written(part), result=0)
        case Binary(operator="-" | "div" as sign, left=left, right=right) if _reads_the_same(left, right):
            return ALWAYS.filled(text=written(part), result=0 if sign == "-" else 1)
        case _:
            return None


def _is_zero(left: Expression, right: Expression) -> bool:
    """Whether one factor is 0 and the other an answer or a calculation."""
    return any(side == 0 and fixed_value(other) is None for side, other in ((_value(left), right), (_value(right), left)))


def _value(side: Expression) -> float | None:
    return side.value if isinstance(side, Number) else None


def _reads_the_same(left: Expression, right: Expression) -> bool:
    reads = any(isinstance(each, Named | Path) for each in walk(left))
    draws = any(isinstance(each, Call) and each.function in {"random", "uuid"} for each in walk(left))
    return reads and not draws and written(left) == written(right)


def _varies(result: Expression) -> bool:
    """Whether it is another value each time: `if(${a} = '', now(), now())` notes when `a` was answered."""
    return any(isinstance(each, Call) and each.function in _VARYING for each in walk(result))
