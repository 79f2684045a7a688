"""A "none" that can be chosen together with something."""

import re
from collections.abc import Iterator

from liuwen.check.facts import Facts
from liuwen.check.findings import Fault, note, warning
from liuwen.check.vocabulary import NONE, UNSURE
from liuwen.form.model import Choice
from liuwen.messages import Sentence

TOGETHER = Sentence(
    zh="“{label}”可以和别的选项同时选上：请加 constraint：not(selected(., '{name}') and count-selected(.) > 1)。",
    en="“{label}” can be chosen together with others; add the constraint not(selected(., '{name}') and count-selected(.) > 1).",
)


def none_not_exclusive(facts: Facts) -> Iterator[Fault]:
    """Also "don't know" and "would rather not say", for which it is advice."""
    listed = {name: [choice for choice in choices if _excludes(choice)] for name, choices in facts.form.choice_lists.items()}
    for element in facts.asked:
        if element.type != "select_multiple" or element.from_file:
            continue
        constraint = element.cell("constraint")
        for choice in listed.get(element.list_name or "", ()):
            if not re.search(rf"(?<![\w.]){re.escape(choice.name)}(?!\w)", constraint):
                certain = NONE.search(choice.name) or NONE.search(choice.label())
                said = TOGETHER.filled(label=Sentence(zh=choice.label("zh"), en=choice.label("en")), name=choice.name)
                yield (warning if certain else note)(facts.at(element, "constraint"), said)


def _excludes(choice: Choice) -> bool:
    return any(pattern.search(text) for pattern in (NONE, UNSURE) for text in (choice.name, choice.label()))
