"""A choice value with a space in it."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, warning
from liuwen.messages import Sentence

IN_MULTIPLE = Sentence(
    zh="值“{name}”里有空格，而列表“{list}”用于多选题，答案会被拆开：请改成下划线。",
    en="the value “{name}” contains a space, but the list “{list}” is used by a select_multiple, which "
    "would split it; use an underscore.",
)
IN_ONE = Sentence(
    zh="值“{name}”里有空格：以后改成多选题或分析时容易出错，建议改成下划线。",
    en="the value “{name}” contains a space, which causes errors in select_multiple questions and in "
    "analysis; use an underscore.",
)


def choice_name_spaces(facts: Facts) -> Iterator[Fault]:
    """Several answers are stored with spaces between them."""
    for name, choices in facts.form.choice_lists.items():
        several = any(element.type in {"select_multiple", "rank"} for element in facts.users.get(name, ()))
        for choice in choices:
            if len(choice.name.split()) > 1:
                place = facts.place("choices", choice.row, "name")
                said = (IN_MULTIPLE if several else IN_ONE).filled(name=choice.name, list=name)
                yield (error if several else warning)(place, said)
