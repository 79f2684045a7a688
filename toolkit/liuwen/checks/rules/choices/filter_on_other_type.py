"""A choice filter on a question that has no choices."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.messages import Sentence

NO_CHOICES = Sentence(
    zh="{type} 题没有选项，choice_filter 不起作用：请移到选择题，或删去。",
    en="questions of type {type} have no choices, so choice_filter has no effect here; move it to the select question, or "
    "delete it.",
)


def filter_on_other_type(facts: Facts) -> Iterator[Fault]:
    """Usually one row too high or too low."""
    for element in facts.elements:
        if element.cell("choice_filter") and not element.is_select and element.type != "select_one_external":
            yield warning(facts.at(element, "choice_filter"), NO_CHOICES.filled(type=element.type))
