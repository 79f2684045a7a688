"""A calculate without its calculation."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.messages import Sentence

NOTHING = Sentence(
    zh="“{name}”没有 calculation：请写上算式，或删去这一行。",
    en="“{name}” has no calculation; write one, or delete the row.",
)


def missing_calculation(facts: Facts) -> Iterator[Fault]:
    """A default will do as well."""
    for element in facts.questions:
        if element.type == "calculate" and not element.cell("calculation") and not element.cell("default"):
            yield error(facts.at(element, "calculation"), NOTHING.filled(name=element.name))
