"""A condition that is always true."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.logic.reasoning import has_answers
from liuwen.messages import Sentence

ALWAYS = Sentence(
    zh="这个条件总是成立，可以删去；如果不是这个意思，请核对 and / or。",
    en="this condition is always true and can be deleted; if that is not what you want, check the and / or.",
)


def always_relevant(facts: Facts) -> Iterator[Fault]:
    """Such as `${a} != 'x' or ${a} != 'y'`."""
    for formula, tree in facts.trees("relevant"):
        always = formula.element and facts.alone[formula.element.row, "relevant"] == "always"
        if always and has_answers(tree, None, facts.known):
            yield warning(formula.place, ALWAYS)
