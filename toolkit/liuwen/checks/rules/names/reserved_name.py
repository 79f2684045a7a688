"""A name that the phone or a statistics program keeps for itself."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, warning
from liuwen.messages import Sentence

PHONE = Sentence(zh="“{name}”是系统保留的名称：请改名。", en="“{name}” is reserved by the system; rename it.")
STATISTICS = Sentence(
    zh="“{name}”在 Stata 或 SPSS 里是保留词，导入后会被改名：建议换一个。",
    en="“{name}” is a reserved word of Stata or SPSS and would be renamed on import; use another name.",
)
_STATA = "_all _b _coef _cons _n _pi _pred _rc _skip _weight byte double float if in int long strl using with"
_SPSS = "all and by eq ge gt le lt ne not or to with"
_RESERVED = frozenset(f"{_STATA} {_SPSS}".split())


def reserved_name(facts: Facts) -> Iterator[Fault]:
    """`meta` holds the instance ID; Stata and SPSS have words of their own."""
    for element in facts.elements:
        if element.name == "meta" and not element.parents:
            yield error(facts.at(element, "name"), PHONE.filled(name=element.name))
        elif element.kind == "question" and element.name.lower() in _RESERVED:
            yield warning(facts.at(element, "name"), STATISTICS.filled(name=element.name))
