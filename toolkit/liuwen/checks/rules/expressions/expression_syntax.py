"""A cell that should hold an expression and does not."""

from collections.abc import Iterator

from liuwen.checks.columns import is_mere_word
from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.expressions import Binary, ExpressionError
from liuwen.messages import Sentence

WRONG = Sentence(zh="第 {at} 个字符处（{around}）：{what}", en="at character {at} ({around}): {what}")

UNION = Sentence(
    zh="手机不支持 |，表单会报错停下：“或者”请写成 or 。",
    en="phones do not support | and stop with an error; to say or, write or.",
)


def expression_syntax(facts: Facts) -> Iterator[Fault]:
    """What is wrong, and where in the cell."""
    for formula in facts.formulas:
        fault = formula.outcome
        if isinstance(fault, ExpressionError) and not (
            formula.column in {"required", "read_only"} and is_mere_word(formula.text)
        ):
            values = {"at": fault.position + 1, "around": _around(formula.text, fault.position), "what": fault.sentence}
            yield error(formula.place, WRONG.filled(**values))
        if any(isinstance(part, Binary) and part.operator == "|" for part in formula.parts):
            yield error(formula.place, UNION)


def _around(text: str, position: int, reach: int = 12) -> str:
    before = text[max(0, position - reach) : position]
    return f"{'…' if position > reach else ''}{before}▸{text[position : position + reach]}".replace("\n", " ")
