"""A repeat that opens so often that nobody gets through it."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.expressions import Number
from liuwen.messages import Sentence

ENDLESS = Sentence(
    zh="这个重复组要重复 {count:,.0f} 次，手机会卡住：请核对次数。",
    en="this repeat is repeated {count:,.0f} times, and phones will hang; check the count.",
)
MOST = 500


def endless_repeat(facts: Facts) -> Iterator[Fault]:
    """Counts written as a number; a count that is asked is bounded by its question's constraint."""
    for formula, tree in facts.trees("repeat_count"):
        if isinstance(tree, Number) and tree.value > MOST:
            yield warning(formula.place, ENDLESS.filled(count=tree.value))
