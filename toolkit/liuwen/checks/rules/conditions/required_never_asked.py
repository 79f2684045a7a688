"""A required question in a group that is never asked."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.messages import Sentence

DEAD = Sentence(
    zh="“{name}”必答，但它所在的组永远不会问到：请核对第 {row} 行的条件。",
    en="“{name}” is required, but its group is never asked; check the condition in row {row}.",
)


def required_never_asked(facts: Facts) -> Iterator[Fault]:
    """What was thought indispensable will be missing from every submission."""
    for element in facts.asked:
        dead = [parent for parent in element.parents if facts.outcomes[parent.row] == "never"]
        if dead and element.cell("required") and not element.cell("required").lower().startswith(("no", "false")):
            yield warning(facts.at(element, "required"), DEAD.filled(name=element.name, row=dead[0].row))
