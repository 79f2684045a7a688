"""A ${name} without its closing brace, or with a space in it."""

import re
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, warning
from liuwen.expressions import broken_references
from liuwen.messages import Sentence

BROKEN = Sentence(
    zh="这里的引用写得不完整（{around}）：请写成 ${{名称}}，中间没有空格。",
    en="the reference here is incomplete ({around}); write ${{name}}, without spaces.",
)

HALF = Sentence(
    zh="{found} 会照原样显示：要显示“{name}”的回答，请写成 ${{{name}}}。",
    en="{found} is shown as it stands; to show the answer to “{name}”, write ${{{name}}}.",
)
_HALF = re.compile(r"(?<![$\w{])(\{\{?\s*(?P<braces>[A-Za-z_][\w.-]*)\s*\}?\}|[#$]\(?(?P<sign>[A-Za-z_]\w*)\)?)")


def broken_reference(facts: Facts) -> Iterator[Fault]:
    """In labels, hints and messages; in expressions the syntax rule says it."""
    for _, cell in facts.survey_texts:
        for position in broken_references(cell.text):
            if cell.text.startswith("${", position):
                yield error(cell.place, BROKEN.filled(around=cell.text[position : position + 15]))
        for found in _HALF.finditer(cell.text):
            name = found["braces"] or found["sign"]
            if name in facts.named:
                yield warning(cell.place, HALF.filled(found=found[0], name=name))
