"""A choice that shows nothing to the person who chooses."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.messages import Sentence

NO_LABEL = Sentence(
    zh="选项“{name}”没有给人看的文字：请写上 label。",
    en="the choice “{name}” has no label, so nothing is shown; write one.",
)


def missing_choice_label(facts: Facts) -> Iterator[Fault]:
    """A picture will do as well; lists that serve lookups only need none."""
    for name, choices in facts.form.choice_lists.items():
        for choice in choices if name in facts.users else ():
            if choice.name and not choice.wordings:
                yield warning(facts.place("choices", choice.row, "label"), NO_LABEL.filled(name=choice.name))
