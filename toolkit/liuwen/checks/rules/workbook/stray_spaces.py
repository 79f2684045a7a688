"""Blanks at the ends of, or hidden inside, what must match letter for letter."""

import re
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note
from liuwen.form.sheets import Place
from liuwen.messages import Sentence

SPACES = Sentence(
    zh="“{text}”里有多余或看不见的空格：请删去（可用 liuwen check --fix）。",
    en="“{text}” contains extra or invisible spaces; delete them (liuwen check --fix can do it).",
)
_INVISIBLE = re.compile("[\u00a0\u200b\u200c\u200d\u2060\ufeff]|^\\s|\\s$|\\S\\s\\s+\\S")
_EXACT = {"survey": {"type", "name"}, "choices": {"list_name", "name"}, "settings": {"form_id"}}


def stray_spaces(facts: Facts) -> Iterator[Fault]:
    """In names, types and list names a blank too many makes another word of it."""
    for name, columns in _EXACT.items():
        sheet = facts.form.sheet(name)
        exact = [index for index, header in enumerate(facts.form.headers(name)) if header.column in columns]
        for number, row in enumerate(sheet.rows if sheet else (), start=2):
            for index in exact:
                if row[index] and _INVISIBLE.search(row[index]) and sheet and row[index].strip():
                    yield note(Place(sheet.name, number, sheet.header[index]), SPACES.filled(text=row[index].replace("\n", "⏎")))
