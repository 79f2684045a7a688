"""A rating scale whose answers do not run in one direction."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.messages import Sentence

DISORDER = Sentence(
    zh="列表“{list}”像是一个等级，但顺序不是从一端到另一端：请按程度排列。",
    en="the list “{list}” looks like a scale, but its choices do not go from one end to the other; put them in order.",
)


def scale_out_of_order(facts: Facts) -> Iterator[Fault]:
    """People read a scale as a line; a jumbled one gathers slips."""
    for name, choices, places in facts.scales:
        if places != sorted(places) and places != sorted(places, reverse=True):
            yield warning(facts.place("choices", choices.choices[0].row, "label"), DISORDER.filled(list=name))
