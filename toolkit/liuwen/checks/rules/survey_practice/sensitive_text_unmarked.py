"""Free text about something private, not marked as such."""

import re
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note
from liuwen.checks.vocabulary import SENSITIVE, spoken
from liuwen.messages import Sentence

UNMARKED = Sentence(
    zh="“{name}”会收到敏感的自由文字：请在 note 列写上 sensitive，导出和公布时才会留意。",
    en="“{name}” collects sensitive free text; write sensitive in its note column, so that exports and boards can protect it.",
)
_MARK = re.compile(r"sensitive|unlinked|敏感", re.IGNORECASE)


def sensitive_text_unmarked(facts: Facts) -> Iterator[Fault]:
    """The mark may stand on the question or on a group around it."""
    for element in facts.asked:
        if element.type not in {"text", "audio"}:
            continue
        marked = any(_MARK.search(around.cell("note")) for around in (element, *element.parents))
        if not marked and SENSITIVE.search(f"{spoken(element.name)} {element.label()} {element.label('en')}"):
            yield note(facts.at(element, "label"), UNMARKED.filled(name=element.name))
