"""Two elements of one group with the same name."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.messages import Sentence

IN_GROUP = Sentence(
    zh="“{name}”与第 {row} 行重名：同一组里名称不能重复，请改掉一个。",
    en="“{name}” is also used in row {row}; names must be unique within a group, so rename one.",
)
REPEAT = Sentence(
    zh="重复组“{name}”与第 {row} 行的重复组同名：请改掉一个。",
    en="the repeat “{name}” has the same name as the repeat in row {row}; rename one.",
)
AS_ROOT = Sentence(
    zh="重复组不能叫“{name}”，那是整份答卷的名称：请改名。",
    en="a repeat cannot be called “{name}”, because the whole submission has this name; rename it.",
)


def duplicate_names(facts: Facts) -> Iterator[Fault]:
    """One of two answers of the same name would be lost."""
    seen: dict[tuple[int, str], int] = {}
    repeats: dict[str, int] = {}
    for element in facts.elements:
        if not element.name:
            continue
        scope = (element.parents[-1].row if element.parents else 0, element.name)
        if scope in seen:
            yield error(facts.at(element, "name"), IN_GROUP.filled(name=element.name, row=seen[scope]))
        elif element.kind == "repeat" and element.name in repeats:
            yield error(facts.at(element, "name"), REPEAT.filled(name=element.name, row=repeats[element.name]))
        elif element.kind == "repeat" and element.name == facts.form.root:
            yield error(facts.at(element, "name"), AS_ROOT.filled(name=element.name))
        seen.setdefault(scope, element.row)
        if element.kind == "repeat":
            repeats.setdefault(element.name, element.row)
