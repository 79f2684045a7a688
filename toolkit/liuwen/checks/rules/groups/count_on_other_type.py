"""A number of repetitions on something that is not repeated."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.messages import Sentence

GROUP = Sentence(
    zh="组只问一遍，repeat_count 不起作用：要重复，请写成 begin repeat 和 end repeat。",
    en="a group is asked once, so its repeat_count has no effect; to repeat it, write begin repeat and end repeat.",
)
QUESTION = Sentence(
    zh="{type} 题不会重复，repeat_count 不起作用：请移到 begin repeat 那一行。",
    en="questions of type {type} are not repeated, so repeat_count has no effect here; move it to the row that begins the "
    "repeat.",
)


def count_on_other_type(facts: Facts) -> Iterator[Fault]:
    """Usually a row too high or too low, or a group that was meant to be a repeat."""
    for element in facts.elements:
        if element.cell("repeat_count") and element.kind != "repeat":
            said = GROUP if element.kind == "group" else QUESTION.filled(type=element.type)
            yield warning(facts.at(element, "repeat_count"), said)
