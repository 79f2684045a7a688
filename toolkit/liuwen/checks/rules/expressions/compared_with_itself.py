"""Something compared with itself: `${a} = ${a}`."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, error
from liuwen.expressions import COMPARISONS, Binary, Call, Expression, Named, Path, walk
from liuwen.expressions.rewriting import written
from liuwen.logic.fixed_values import walk_outside_predicates
from liuwen.messages import Sentence

ITSELF = Sentence(
    zh="{text} 是拿 {side} 与它自己比较，结果不变：请核对哪一边写错了。",
    en="{text} compares {side} with itself, so it does not depend on the answer; check which side is wrong.",
)


def compared_with_itself(facts: Facts) -> Iterator[Fault]:
    """Also `. = ${a}` in the constraint of a itself; `number(.) = number(.)` asks whether it is a number."""
    for formula in facts.formulas:
        for part in walk_outside_predicates(formula.tree) if formula.tree else ():
            if isinstance(part, Binary) and part.operator in COMPARISONS and _is_same(formula, part.left, part.right):
                yield error(formula.place, ITSELF.filled(text=written(part), side=written(part.right)))


def _is_same(formula: Formula, left: Expression, right: Expression) -> bool:
    reads = any(isinstance(each, Named) or (isinstance(each, Path) and each.steps) for each in walk(left))
    differs = any(isinstance(each, Call) and each.function in {"random", "uuid", "number"} for each in walk(left))
    one, other = (_own(formula, side) for side in (left, right))
    return reads and not differs and one == other


def _own(formula: Formula, side: Expression) -> str:
    own = formula.element.name if formula.element and formula.column == "constraint" else ""
    return "." if isinstance(side, Named) and not side.last_saved and side.name == own else written(side)
