"""A question longer than a phone's screen."""

import re
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note
from liuwen.messages import Sentence

LONG = Sentence(
    zh="这道题有 {length} 个字，手机一屏放不下：请精简，或把说明移到提示或单独的说明里。",
    en="this question has {length} characters and does not fit on a phone's screen; shorten it, or move "
    "explanations to a hint or a note.",
)
MOST = 350
"""Latin letters that a small phone shows beside the answers; a Chinese character takes the room of two."""


def long_question(facts: Facts) -> Iterator[Fault]:
    """Notes and consent texts are meant to be read out, and may be long."""
    for element, cell in facts.survey_texts:
        if cell.column != "label" or element.type in {"note", "acknowledge"} or not element.is_asked or element is facts.consent:
            continue
        text = re.sub(r"<[^<>]*>", "", cell.text)
        if len(text) * 2 > MOST and sum(2 if letter > "\u2e7f" else 1 for letter in text) > MOST:
            yield note(cell.place, LONG.filled(length=len(text)))
