"""A name that XML, and so every phone, cannot hold."""

import re
from collections.abc import Iterator

from liuwen.check.facts import Facts
from liuwen.check.findings import Fault, error
from liuwen.messages import Sentence

INVALID = Sentence(
    zh="“{name}”不能作名称：请以字母或下划线开头，只用字母、数字、下划线、连字符和点，不要空格。",
    en="“{name}” cannot be a name; begin with a letter or underscore, then use letters, digits, _, - and ., and no spaces.",
)
_NAME = re.compile(r"[^\W\d][\w.\-·:]*")


def invalid_name(facts: Facts) -> Iterator[Fault]:
    """Questions, groups and repeats; in a loop, names are patterns and left alone."""
    for element in facts.elements:
        if element.name and not _NAME.fullmatch(element.name) and "%(" not in element.name:
            yield error(facts.at(element, "name"), INVALID.filled(name=element.name))
