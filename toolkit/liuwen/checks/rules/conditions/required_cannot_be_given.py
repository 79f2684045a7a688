"""A required question that nobody can answer."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.checks.layout import is_yes
from liuwen.messages import Sentence

NOTE = Sentence(
    zh="“{name}”只是说明，不能作答，设为必答会让人走不下去：请去掉 required。",
    en="“{name}” is a note and cannot be answered, but it is required, so nobody can continue; remove required.",
)
READ_ONLY = Sentence(
    zh="“{name}”只读又必答，又没有默认值或算式，谁也走不下去：请改正。",
    en="“{name}” is required and read-only and has neither default nor calculation, so nobody can continue; correct it.",
)


def required_cannot_be_given(facts: Facts) -> Iterator[Fault]:
    """A required note under a condition is a known way to stop somebody on purpose, and left alone."""
    for element in facts.questions:
        conditional = any(around.cell("relevant") for around in (element, *element.parents))
        if not is_yes(element.cell("required")) or conditional or not element.is_asked:
            continue
        if element.type == "note":
            yield error(facts.at(element, "required"), NOTE.filled(name=element.name))
        elif is_yes(element.cell("read_only")) and not element.cell("calculation") and not element.cell("default"):
            yield error(facts.at(element, "required"), READ_ONLY.filled(name=element.name))
