"""A constraint that every answer meets."""

from collections.abc import Iterator

from liuwen.check.facts import Facts
from liuwen.check.findings import Fault, warning
from liuwen.check.reasoning import outcome
from liuwen.messages import Sentence

USELESS = Sentence(
    zh="任何答案都满足这个条件，它不起作用：请核对，常见的是 or 应为 and。",
    en="every answer meets this, so it checks nothing; often the or should be an and.",
)


def useless_constraint(facts: Facts) -> Iterator[Fault]:
    """Such as `. > 0 or . < 100`."""
    for formula, tree in facts.trees("constraint"):
        if outcome([tree], formula.element, facts.known) == "always":
            yield warning(formula.place, USELESS)
