"""A name that XML, or the phone's reader of expressions, cannot hold."""

import re
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.messages import Sentence

INVALID = Sentence(
    zh="“{name}”不能作名称：请以字母或下划线开头，只用字母、数字、下划线、连字符和点，不要空格。",
    en="“{name}” is not a valid name; start with a letter or underscore and use only letters, digits, _, - "
    "and ., without spaces.",
)
UNREADABLE = Sentence(
    zh="手机读不了“{name}”里的“{letter}”，打不开这份问卷：名称请用拉丁字母、数字和下划线（如 village），汉字写在 label 里。",
    en="phones cannot read “{letter}” in “{name}” and do not open the form; use a-z, digits and _ in names "
    "(such as village), and other letters in the label.",
)
_NAME = re.compile(r"[^\W\d][\w.\-·:]*")


def invalid_name(facts: Facts) -> Iterator[Fault]:
    """Questions, groups, repeats, and columns that filters read; in a loop, names are patterns and left alone."""
    for element in facts.elements:
        if element.name and not _NAME.fullmatch(element.name) and "%(" not in element.name:
            yield error(facts.at(element, "name"), INVALID.filled(name=element.name))
        elif letter := _unreadable(element.name):
            yield error(facts.at(element, "name"), UNREADABLE.filled(name=element.name, letter=letter))
    for header in facts.form.headers("choices"):
        if header.column in facts.filter_columns and (letter := _unreadable(header.column)):
            yield error(facts.place("choices", 1, header.column), UNREADABLE.filled(name=header.column, letter=letter))


def _unreadable(name: str) -> str | None:
    """The first letter of a name that is neither small nor capital: JavaRosa takes no other for a letter."""
    return next((each for each in name if not (each.isascii() or each.islower() or each.isupper())), None)
