"""Two choices of one list that store the same value."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, warning
from liuwen.checks.layout import is_yes
from liuwen.messages import Sentence

TWICE = Sentence(
    zh="列表“{list}”里“{name}”与第 {row} 行重复，选哪一个都存成一样：请改掉一个。",
    en="“{name}” is already used in the list “{list}” (row {row}), so both would store the same value; change one.",
)


def duplicate_choice_names(facts: Facts) -> Iterator[Fault]:
    """Unless the setting allow_choice_duplicates says that it is meant."""
    if is_yes(facts.form.settings.get("allow_choice_duplicates", "")):
        return
    for name, choices in facts.form.choice_lists.items():
        seen: dict[str, int] = {}
        for choice in choices:
            first = seen.setdefault(choice.name, choice.row)
            if choice.name and first != choice.row:
                said = TWICE.filled(list=name, name=choice.name, row=first)
                yield (error if name in facts.users else warning)(facts.place("choices", choice.row, "name"), said)
