"""A comparison whose two sides are fixed, so that it does not depend on any answer: `1 < 2`, `'consent' = 'yes'`."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, warning
from liuwen.expressions import COMPARISONS, Binary, Call, Expression, Negative, Number, Path, Text, walk
from liuwen.expressions.evaluation import fixed_value
from liuwen.expressions.rewriting import written
from liuwen.expressions.values import as_truth
from liuwen.messages import Sentence

ALWAYS = Sentence(
    zh="{text} 不看任何回答，总是成立：请写出要看的题目，如 ${{题名}}，或删去。",
    en="{text} depends on no answer and is always true; write the question that is meant, as ${{question}}, or delete it.",
)
NEVER = Sentence(
    zh="{text} 不看任何回答，永远不成立：请写出要看的题目，如 ${{题名}}，或删去。",
    en="{text} depends on no answer and is never true; write the question that is meant, as ${{question}}, or delete it.",
)
NAMED = Sentence(
    zh="{text} 比较的是两段文字，结果不变；“{name}”是一道题，请写成 {meant}。",
    en="{text} compares two texts, so the result never changes; '{name}' is a question, so write {meant}.",
)
_TESTS = frozenset({"selected", "is-selected", "contains", "starts-with", "ends-with", "regex", "selected-at"})


def fixed_comparison(facts: Facts) -> Iterator[Fault]:
    """`1 = 1`, `1 = 0` and the like as a whole expression are known ways to switch something on and off."""
    for formula in facts.formulas:
        if formula.tree is None or _is_switch(formula.tree):
            continue
        for part in dict.fromkeys(_fixed(formula.tree)):
            yield warning(formula.place, _said(facts, formula, part))


def _fixed(tree: Expression) -> Iterator[Expression]:
    """The comparisons and tests that come to the same whatever is answered, also in the predicates of paths."""
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if _asks(part) and fixed_value(part) is not None and not _quotes_a_reference(part):
            yield part
            continue
        match part:
            case Call(arguments=arguments):
                waiting.extend(reversed(arguments))
            case Binary(left=left, right=right):
                waiting += [right, left]
            case Negative(operand=operand):
                waiting.append(operand)
            case Path(predicates=predicates, steps=steps):
                waiting.extend([*predicates, *(each for step in steps for each in step.predicates)])
            case _:
                pass


def _asks(part: Expression) -> bool:
    return (isinstance(part, Binary) and part.operator in COMPARISONS) or (isinstance(part, Call) and part.function in _TESTS)


def _quotes_a_reference(part: Expression) -> bool:
    """`'${q}' = 'a'` has a rule of its own."""
    return any(isinstance(each, Text) and "${" in each.value for each in walk(part))


def _is_switch(tree: Expression) -> bool:
    return (
        isinstance(tree, Binary)
        and tree.operator in {"=", "!="}
        and isinstance(tree.left, Number)
        and isinstance(tree.right, Number)
    )


def _said(facts: Facts, formula: Formula, part: Expression) -> Sentence:
    match part:
        case Binary(operator=operator, left=Text(value=name), right=right) if name in facts.only and isinstance(right, Text):
            return NAMED.filled(text=written(part), name=name, meant=f"${{{name}}} {operator} {written(right)}")
        case _:
            return (ALWAYS if as_truth(fixed_value(part) or False) else NEVER).filled(text=written(part))
