"""A "none" that can be chosen together with something."""

import re
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note, warning
from liuwen.checks.vocabulary import NONE, UNSURE
from liuwen.form.elements import Choice
from liuwen.messages import Sentence

TOGETHER = Sentence(
    zh="“{label}”可以和别的选项同时选上：请加 constraint：not(selected(., '{name}') and count-selected(.) > 1)。",
    en="“{label}” can be selected together with other choices; add the constraint not(selected(., '{name}') "
    "and count-selected(.) > 1).",
)


_NUMBER = re.compile(r"^\s*\d+\s*[.)、]\s*")
_READABLE = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_TEST = re.compile(r"selected\(\s*\$\{\s*([^}\s]+)\s*\}\s*,\s*['\"]([^'\"]*)['\"]")
_COUNT = re.compile(r"count-selected\(\s*\$\{\s*([^}\s]+)\s*\}")


def none_not_exclusive(facts: Facts) -> Iterator[Fault]:
    """Also "don't know" and "would rather not say", for which it is advice."""
    listed = {name: [choice for choice in choices if _excludes(choice)] for name, choices in facts.form.choice_lists.items()}
    guarded = set(_guarded(facts))
    for element in facts.asked:
        if element.type != "select_multiple" or element.from_file:
            continue
        constraint = element.cell("constraint")
        for choice in listed.get(element.list_name or "", ()):
            named = re.search(rf"(?<![\w.]){re.escape(choice.name)}(?!\w)", constraint)
            if not named and (element.name, choice.name) not in guarded:
                certain = NONE.search(choice.name) or NONE.search(choice.label())
                said = TOGETHER.filled(label=Sentence(zh=choice.label("zh"), en=choice.label("en")), name=choice.name)
                yield (warning if certain else note)(facts.at(element, "constraint"), said)


def _guarded(facts: Facts) -> Iterator[tuple[str, str]]:
    """The choices that some other cell looks at together with their count: the relevance of a note that stops the walk."""
    for formula in facts.formulas:
        counted = set(_COUNT.findall(formula.text))
        yield from ((name, value) for name, value in _TEST.findall(formula.text) if name in counted)


def _excludes(choice: Choice) -> bool:
    """By its label; by its name too, which says "none" in any language, but "refused" only where no label says more."""
    label = _NUMBER.sub("", choice.label())
    if NONE.search(choice.name) or NONE.search(label) or UNSURE.search(label):
        return True
    return bool(UNSURE.search(choice.name)) and (label == choice.name or not _READABLE.search(label))
