"""A constraint that every answer meets."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.messages import Sentence

USELESS = Sentence(
    zh="任何答案都满足这个条件，它不起作用：请核对，常见的是 or 应为 and。",
    en="every answer satisfies this constraint, so it has no effect; often an or should be an and.",
)


def useless_constraint(facts: Facts) -> Iterator[Fault]:
    """Such as `. > 0 or . < 100`."""
    for (row, column), outcome in facts.alone.items():
        if column == "constraint" and outcome == "always":
            yield warning(facts.formula_of[row, column].place, USELESS)
