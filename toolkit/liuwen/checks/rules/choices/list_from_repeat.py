"""A select that offers the answers of a repeat, and names the wrong thing for it."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.messages import Sentence

WHOLE_REPEAT = Sentence(
    zh="“{name}”是重复组，不能直接作选项：请写里面那道题的名称，如 {type} ${{{inside}}}。",
    en="“{name}” is a repeat and cannot be offered as choices; name a question inside it, such as {type} ${{{inside}}}.",
)
NOT_REPEATED = Sentence(
    zh="“{name}”不在重复组里，没有一组答案可选：{type} 后面请写选项列表的名称，或重复组里一道题的 ${{名称}}。",
    en="“{name}” is not inside a repeat, so there are no answers to choose from; after {type} write the name of a choice list, "
    "or the ${{name}} of a question inside a repeat.",
)

MISSING = Sentence(
    zh="问卷里没有 ${{{name}}}：{type} 后面请写选项列表的名称，或重复组里一道题的 ${{名称}}。",
    en="the form has no ${{{name}}}; after {type} write the name of a choice list, or the ${{name}} of a question inside a "
    "repeat.",
)


def list_from_repeat(facts: Facts) -> Iterator[Fault]:
    """`select_one ${name}` lists what was answered to `name` in each instance."""
    for element in facts.elements:
        listed = (element.list_name or "").strip()
        if not (listed.startswith("${") and listed.endswith("}")):
            continue
        named = listed[2:-1].strip()
        read = facts.only.get(named)
        if named not in facts.named:
            yield error(facts.at(element, "type"), MISSING.filled(name=named, type=element.type))
        values = {"name": read.name if read else "", "type": element.type}
        if read is not None and read.kind == "repeat":
            inside = next((each.name for each in facts.asked if read in each.parents), "name")
            yield error(facts.at(element, "type"), WHOLE_REPEAT.filled(**values, inside=inside))
        elif read is not None and not read.repeats:
            yield error(facts.at(element, "type"), NOT_REPEATED.filled(**values))
