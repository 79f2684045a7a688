"""Two choices of one list that read the same."""

import re
from collections.abc import Iterator
from unicodedata import decomposition, is_normalized, normalize

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.form.elements import Choice
from liuwen.form.plain_wording import plain
from liuwen.messages import Sentence

TWICE = Sentence(
    zh="列表“{list}”里“{label}”与第 {row} 行的文字一样，访问员分不清：请改掉一个。",
    en="“{label}” is also the label of row {row} in the list “{list}”, so nobody can tell them apart; change one.",
)


_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_AT_END = re.compile(r"[.。;；,，:：\s]+$")


def duplicate_choice_labels(facts: Facts) -> Iterator[Fault]:
    """In one language, among choices that a filter can show together; a label that is only a mark stands for none."""
    for name, choices in facts.form.choice_lists.items():
        filtered = all(element.cell("choice_filter") for element in facts.users.get(name, ()))
        seen: dict[tuple[str, str, tuple[str, ...]], Choice] = {}
        for choice in choices:
            wording = choice.wordings.get("label")
            apart = tuple(value for column, value in choice.columns.items() if filtered and column in facts.filter_columns)
            for language, text in wording.texts.items() if wording else ():
                first = seen.setdefault((language, as_read(text), apart), choice)
                if first is not choice and first.name != choice.name and any(map(str.isalnum, text)):
                    place = facts.place("choices", choice.row, "label", language)
                    yield warning(place, TWICE.filled(list=name, label=text, row=first.row))


def as_read(text: str) -> str:
    """A label as the eye reads it: width, capitals, spaces, markup and a stop at the end make no difference.

    >>> as_read("Deep  Well."), as_read("**深井（公用）**") == as_read("深井(公用)"), as_read("10²") == as_read("102")
    ('deep well', True, False)
    """
    narrow = text if is_normalized("NFKC", text) else _narrow(text)
    return " ".join(_AT_END.sub("", plain(_UNSEEN.sub("", narrow))).lower().split())


def _narrow(text: str) -> str:
    return "".join(normalize("NFKC", mark) if _is_wide_or_narrow(mark) else mark for mark in normalize("NFC", text))


def _is_wide_or_narrow(mark: str) -> bool:
    return decomposition(mark).startswith(("<wide>", "<narrow>", "<noBreak>"))
