"""A repeat that is counted and may be counted 0 times, without a relevance that then hides it."""

from collections.abc import Iterator
from dataclasses import replace

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note, warning
from liuwen.expressions import Binary, Call, Expression, Named, Number, walk
from liuwen.expressions.evaluation import fixed_value
from liuwen.logic.reasoning import outcome
from liuwen.messages import Sentence

ASKED_ONCE = Sentence(
    zh="次数是 0 时，ODK Collect 仍会问一遍这个重复组：请给它加上出现条件 {meant}，或让次数至少是 1。",
    en="if the count is 0, ODK Collect still asks this repeat once; give it the relevance {meant} or require at least 1.",
)


def zero_repeat_count(facts: Facts) -> Iterator[Fault]:
    """JavaRosa keeps the first instance that the XForm brings (getodk/collect#6945); other clients drop it."""
    known = replace(facts.known, only_choices=True)
    for formula, count in facts.trees("repeat_count"):
        repeat = formula.element
        if repeat is None or _is_positive(count) or fixed_value(count) is not None or facts.outcomes[repeat.row] == "never":
            continue
        conditions = [cell.tree for cell in facts.conditions(repeat) if cell.tree]
        sentence = ASKED_ONCE.filled(meant=f"{formula.text} > 0")
        if not _is_asked(count, facts):
            if not any(_names(count) & _names(condition) for condition in conditions):
                yield note(formula.place, sentence)
        elif outcome([_is_zero(count), *conditions], None, known) != "never":
            yield warning(formula.place, sentence)


def _is_positive(count: Expression) -> bool:
    """Whether it is a fixed number, or `max(1, …)`."""
    if isinstance(count, Call) and count.function == "max":
        return any(isinstance(value := fixed_value(part), float) and value > 0 for part in count.arguments)
    return isinstance(count, Number)


def _is_asked(count: Expression, facts: Facts) -> bool:
    """Whether the count is a question, of which the constraint tells what it can be; of a calculation little is known."""
    element = facts.only.get(count.name) if isinstance(count, Named) else None
    return element is not None and element.is_asked


def _is_zero(count: Expression) -> Expression:
    return Binary("=", count, Number(0.0, count.end, count.end), count.start, count.end)


def _names(tree: Expression) -> set[str]:
    return {part.name for part in walk(tree) if isinstance(part, Named)}
