"""A message that can never be shown."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note, warning
from liuwen.messages import Sentence

NO_CONSTRAINT = Sentence(
    zh="有 constraint_message 却没有 constraint，永远不会显示：请补上条件，或删去。",
    en="there is a constraint_message but no constraint, so it is never shown; add the constraint or delete the message.",
)
NOT_REQUIRED = Sentence(
    zh="有 required_message 却不是必答，永远不会显示：请写 required，或删去。",
    en="there is a required_message but the question is not required, so it is never shown; set required or delete the message.",
)


def message_without_constraint(facts: Facts) -> Iterator[Fault]:
    """Often the constraint was lost in copying."""
    for element in facts.elements:
        if "constraint_message" in element.wordings and not element.cell("constraint"):
            yield warning(facts.at(element, "constraint_message"), NO_CONSTRAINT)
        if "required_message" in element.wordings and not element.cell("required"):
            yield note(facts.at(element, "required_message"), NOT_REQUIRED)
