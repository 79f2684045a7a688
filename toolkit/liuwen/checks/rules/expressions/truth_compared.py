"""A condition compared with a value that makes no difference: `selected(${q}, 'a') = 'no'`."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.expressions import COMPARISONS, Binary, Expression, Named
from liuwen.expressions.evaluation import fixed_value
from liuwen.expressions.rewriting import written
from liuwen.expressions.values import MIRRORED, NodeSet, compare
from liuwen.logic.measures import Measure, is_truth, measured
from liuwen.messages import Sentence

NEVER = Sentence(
    zh="{text} 永远不成立：{condition} 只有“成立”与“不成立”，请去掉后面的比较，或用 not({condition})。",
    en="{text} is never true, because {condition} is only true or false; drop the comparison, or write not({condition}).",
)
ALWAYS = Sentence(
    zh="{text} 总是成立：{condition} 只有“成立”与“不成立”，请去掉后面的比较，或用 not({condition})。",
    en="{text} is always true, because {condition} is only true or false; drop the comparison, or write not({condition}).",
)
AS_TRUE = Sentence(
    zh="{value} 不是空的，手机当作“成立”，所以 {text} 的意思与想要的相反：请写成 not({condition})。",
    en="{value} is a text that is not empty, which phones take for true, so {text} means the opposite; write not({condition}).",
)
_SAYS_NO = frozenset({"no", "false", "0", "non", "nein", "否", "false()"})


def truth_compared(facts: Facts) -> Iterator[Fault]:
    """A text is true unless it is empty, "no" and "false" and "0" included (XPathFuncExpr.toBoolean)."""
    for formula in facts.formulas:
        for part in formula.parts:
            if isinstance(part, Binary) and part.operator in COMPARISONS:
                sentence = _said(facts, part, part.left, part.operator, part.right) or _said(
                    facts, part, part.right, MIRRORED[part.operator], part.left
                )
                if sentence:
                    yield error(formula.place, sentence)


def _said(facts: Facts, whole: Binary, side: Expression, operator: str, other: Expression) -> Sentence | None:
    measure = measured(side) or _calculated(facts, side)
    value = fixed_value(other) if measure and measure.is_truth else None
    if measure is None or value is None or isinstance(value, NodeSet) or _is_comparison(side):
        return None
    outcomes = {compare(truth, operator, value) for truth in (True, False)}
    values = {"text": written(whole), "condition": measure.text, "value": written(other)}
    if len(outcomes) == 1:
        return (ALWAYS if True in outcomes else NEVER).filled(**values)
    opposite = isinstance(value, str) and value.strip().lower() in _SAYS_NO and operator in {"=", "!="}
    return AS_TRUE.filled(**values) if opposite else None


def _calculated(facts: Facts, side: Expression) -> Measure | None:
    """A calculation that is true or false, which phones keep as such."""
    read = facts.only.get(side.name) if isinstance(side, Named) and not side.last_saved else None
    formula = facts.formula_of.get((read.row, "calculation")) if read and read.type == "calculate" else None
    return Measure(written(side), is_truth=True) if formula and formula.tree and is_truth(formula.tree) else None


def _is_comparison(side: Expression) -> bool:
    return isinstance(side, Binary) and side.operator in COMPARISONS  # `chained-comparison` says it
