"""A ${name} without its closing brace, or with a space in it."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.expressions import broken_references
from liuwen.messages import Sentence

BROKEN = Sentence(
    zh="这里的引用写得不完整（{around}）：请写成 ${{名称}}，中间没有空格。",
    en="the reference here is incomplete ({around}); write ${{name}}, without spaces.",
)


def broken_reference(facts: Facts) -> Iterator[Fault]:
    """In labels, hints and messages; in expressions the syntax rule says it."""
    for _, cell in facts.survey_texts:
        for position in broken_references(cell.text):
            if cell.text.startswith("${", position):
                yield error(cell.place, BROKEN.filled(around=cell.text[position : position + 15]))
