"""A rating scale with more answers on one side than on the other."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note
from liuwen.messages import Sentence

UNBALANCED = Sentence(
    zh="等级“{list}”里，正面的有 {positive} 项，负面的有 {negative} 项，会把答案引向一边：请配成一样多。",
    en="the scale “{list}” has {positive} positive and {negative} negative choices, which biases answers; "
    "use the same number of each.",
)


def scale_unbalanced(facts: Facts) -> Iterator[Fault]:
    """Three shades of praise and one of blame is a compliment, not a question."""
    for name, choices, places in facts.scales:
        positive, negative = sum(place > 0 for place in places), sum(place < 0 for place in places)
        if positive != negative:
            place = facts.place("choices", choices.choices[0].row, "label")
            yield note(place, UNBALANCED.filled(list=name, positive=positive, negative=negative))
