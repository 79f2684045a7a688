"""A choice without a value to store."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.messages import Sentence

NO_NAME = Sentence(
    zh="这个选项没有 name：请写上要存储的值。",
    en="this choice has no name; write the value to store.",
)


def missing_choice_name(facts: Facts) -> Iterator[Fault]:
    """Without one, nothing is stored when it is chosen."""
    for choices in facts.form.choice_lists.values():
        for choice in choices:
            if not choice.name:
                yield error(facts.place("choices", choice.row, "name"), NO_NAME)
