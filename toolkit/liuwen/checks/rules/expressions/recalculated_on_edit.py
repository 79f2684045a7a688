"""A calculation that gives another value each time the form is opened."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note, warning
from liuwen.expressions import Call, Expression, Path, parts
from liuwen.messages import Sentence

REROLLED = Sentence(
    zh="{function}() 在以后打开修改时会变成新的值：请写成 once({function}())。",
    en="{function}() gives a new value each time the submission is edited; write once({function}()).",
)
MOVING = Sentence(
    zh="{function}() 在以后打开修改时会变成那一天：如果要的是访问当天，请用 start 或 today 题，或 once()。",
    en="{function}() changes to the day of editing when the submission is edited; use a start or today question, or once().",
)


def recalculated_on_edit(facts: Facts) -> Iterator[Fault]:
    """A random number drawn twice is two numbers; an age reckoned from today() grows with every edit."""
    for formula in facts.formulas:
        if formula.column != "calculation" or formula.tree is None or formula.element is None or formula.element.cell("trigger"):
            continue
        if any(isinstance(part, Path) and part.is_here for part in formula.parts):
            continue  # `coalesce(., uuid())`, `if(. = '', uuid(), .)`: what is there is kept
        for call in _outside_once(formula.tree):
            if call.function in {"random", "uuid"}:
                yield warning(formula.place, REROLLED.filled(function=call.function))
            elif call.function in {"today", "now"}:
                yield note(formula.place, MOVING.filled(function=call.function))


def _outside_once(tree: Expression) -> Iterator[Call]:
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Call):
            if part.function == "once":
                continue
            yield part
        waiting.extend(parts(part))
