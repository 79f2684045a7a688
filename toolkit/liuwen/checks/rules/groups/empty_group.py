"""A group or repeat with nothing in it."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, warning
from liuwen.messages import Sentence

EMPTY = Sentence(
    zh="“{name}”里没有题目：请加上题目，或删去它。",
    en="“{name}” contains no questions; add some, or delete it.",
)


def empty_group(facts: Facts) -> Iterator[Fault]:
    """ODK Validate refuses an empty group; an empty repeat is a leftover."""
    for element in facts.elements:
        if element.kind != "question" and not facts.children.get(element.row):
            severity = warning if element.kind == "repeat" else error
            yield severity(facts.at(element, "name"), EMPTY.filled(name=element.name))
