"""Pieces of HTML or of a word processor in a text."""

import re
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.form.headers import TRANSLATED
from liuwen.messages import Sentence

ENTITY = Sentence(
    zh="这里有残留的“{found}”，会照样显示出来：请改成文字。",
    en="“{found}” is left over from HTML and would be shown as it is; write the character itself.",
)
UNCLOSED = Sentence(
    zh="标签“{found}”没有成对，格式会乱：请补上或删去。",
    en="the tag “{found}” has no matching tag; add it, or delete this one.",
)
_ENTITY = re.compile(r"&(?:nbsp|amp|lt|gt|quot|apos|#\d+);|_x000[dD]_|\\n|</?o:p>|mso-")
_TAG = re.compile(r"<(/?)(b|i|u|em|strong|span|font|p|div|h[1-6]|ul|ol|li|a|center|big|small)\b[^<>]*>", re.IGNORECASE)


def leftover_markup(facts: Facts) -> Iterator[Fault]:
    """Paired tags are how Collect formats, and are left alone."""
    for _, cell in facts.survey_texts:
        if cell.column not in TRANSLATED - {"image", "big-image", "audio", "video"}:
            continue
        if found := _ENTITY.search(cell.text):
            yield warning(cell.place, ENTITY.filled(found=found[0]))
        elif (tag := _unpaired(cell.text)) is not None:
            yield warning(cell.place, UNCLOSED.filled(found=tag))


def _unpaired(text: str) -> str | None:
    waiting: list[tuple[str, str]] = []
    for found in _TAG.finditer(text) if "<" in text else ():
        name = found[2].lower()
        if not found[1]:
            if not found[0].endswith("/>"):
                waiting.append((name, found[0]))
        elif waiting and waiting[-1][0] == name:
            waiting.pop()
        else:
            return found[0]
    return waiting[0][1] if waiting else None
