"""A constraint on something that nobody answers."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.messages import Sentence

UNCHECKED = Sentence(
    zh="{type} 题不由人作答，这里的 constraint 不会检查：请移到作答的题上。",
    en="nobody answers a row of type {type}, so its constraint is never checked; move it to the question that is answered.",
)


def constraint_not_checked(facts: Facts) -> Iterator[Fault]:
    """Calculations, notes and what the device fills in are never refused."""
    for element in facts.elements:
        silent = element.kind != "question" or not element.is_asked or element.type == "note"
        if element.cell("constraint") and silent:
            yield warning(facts.at(element, "constraint"), UNCHECKED.filled(type=element.type))
