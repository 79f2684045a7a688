"""A name that Stata or SPSS would cut or change."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note, warning
from liuwen.messages import Sentence

TOO_LONG = Sentence(
    zh="“{name}”有 {length} 个字符，Stata 最多 32 个，会被截断：建议缩短。",
    en="“{name}” has {length} characters, but Stata allows 32 and would truncate it; shorten it.",
)
TOO_LONG_SPSS = Sentence(
    zh="“{name}”有 {length} 个字节，SPSS 最多 64 个，会被截断：请缩短。",
    en="“{name}” has {length} bytes, but SPSS allows 64 and would truncate it; shorten it.",
)
STRANGE = Sentence(
    zh="“{name}”里有点或连字符，Stata 的变量名不允许：建议改用下划线。",
    en="“{name}” contains a dot or a hyphen, which Stata does not allow; use an underscore.",
)
_UNANALYSED = frozenset({"note", "audit", "csv-external", "xml-external"})


def unexportable_name(facts: Facts) -> Iterator[Fault]:
    """Stata: 32 characters, letters, digits and underscores; SPSS: 64 bytes."""
    for element in facts.questions:
        size = len(element.name.encode())
        if element.type in _UNANALYSED:
            continue
        if size > 64:
            yield warning(facts.at(element, "name"), TOO_LONG_SPSS.filled(name=element.name, length=size))
        elif len(element.name) > 32:
            yield note(facts.at(element, "name"), TOO_LONG.filled(name=element.name, length=len(element.name)))
        elif {".", "-"} & set(element.name):
            yield note(facts.at(element, "name"), STRANGE.filled(name=element.name))
