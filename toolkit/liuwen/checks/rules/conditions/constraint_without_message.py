"""A constraint that refuses without saying why."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.messages import Sentence

SILENT = Sentence(
    zh="答案不被接受时没有说明原因：请写 constraint_message。",
    en="an answer can be refused here without a reason; write a constraint_message.",
)


def constraint_without_message(facts: Facts) -> Iterator[Fault]:
    """The phone's own words are "Sorry, this response is invalid"; what nobody answers is never refused."""
    for element in facts.asked:
        if element.cell("constraint") and "constraint_message" not in element.wordings:
            yield warning(facts.at(element, "constraint_message"), SILENT)
