"""A constraint that no answer can meet."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.messages import Sentence

IMPOSSIBLE = Sentence(
    zh="没有任何答案能满足这个条件，访问员会卡在这里：请核对数值和 and / or。",
    en="no answer satisfies this constraint, so the visitor cannot continue; check the values and the and / or.",
)


def impossible_constraint(facts: Facts) -> Iterator[Fault]:
    """Such as `. > 10 and . < 5`."""
    for (row, column), outcome in facts.alone.items():
        if column == "constraint" and outcome == "never":
            yield error(facts.formula_of[row, column].place, IMPOSSIBLE)
