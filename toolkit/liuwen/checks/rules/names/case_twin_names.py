"""Two names of one group that differ in capital letters only."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.form.elements import Element
from liuwen.messages import Sentence

TWINS = Sentence(
    zh="“{name}”与第 {row} 行的“{other}”只有大小写不同，有的分析软件分不开：请改掉一个。",
    en="“{name}” and “{other}” (row {row}) differ only in upper and lower case, which some programs ignore; rename one.",
)


def case_twin_names(facts: Facts) -> Iterator[Fault]:
    """Windows, SPSS and many databases fold case."""
    seen: dict[tuple[int, str], Element] = {}
    for element in facts.elements:
        if not element.name:
            continue
        scope = element.parents[-1].row if element.parents else 0
        twin = seen.setdefault((scope, element.name.lower()), element)
        if twin.name != element.name:
            yield warning(facts.at(element, "name"), TWINS.filled(name=element.name, other=twin.name, row=twin.row))
