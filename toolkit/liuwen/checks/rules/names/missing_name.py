"""A question, group or repeat without a name."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.form.types import TYPES
from liuwen.messages import Sentence

NO_NAME = Sentence(
    zh="这一行没有名称（name）：请写上，答案要靠它保存。",
    en="this row has no name; write one, because answers are stored under it.",
)
_NAMELESS = frozenset({"note", "audit"})


def missing_name(facts: Facts) -> Iterator[Fault]:
    """Notes and the audit are named by the conversion, and what was meant to close a group needs no name; all else does."""
    for element in facts.elements:
        closes = element.type.lower().startswith("end") and element.type not in TYPES
        if not element.name and element.type not in _NAMELESS and not closes:
            yield error(facts.at(element, "name"), NO_NAME)
