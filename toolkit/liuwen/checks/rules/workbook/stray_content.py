"""Something written beside or below the table."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.form.sheets import Place, Sheet
from liuwen.messages import Sentence

BESIDE = Sentence(
    zh="这里有内容，但这一列没有列名，不会被读取：请补上列名，或删去。",
    en="this column has content but no header and is not read; write a header, or delete the content.",
)
BELOW = Sentence(
    zh="这一行有内容，却没有{key}，不会被读取：请补全，或移到别的表。",
    en="this row has content but no {key} and is not read; complete it, or move it to another sheet.",
)
SECOND_SETTINGS = Sentence(
    zh="settings 表只读第一行，这一行无效：请删去，或并到第一行。",
    en="only the first row of the settings sheet is read; delete this row, or move its content up.",
)
_KEYS = {"survey": ("type", "name", "label"), "choices": ("list_name",)}


def stray_content(facts: Facts) -> Iterator[Fault]:
    """Remarks belong in a notes column or on a sheet of their own."""
    for name in ("survey", "choices", "settings"):
        sheet = facts.form.sheet(name)
        if sheet is not None:
            yield from _beside(sheet)
    for name, keys in _KEYS.items():
        for row, cells in facts.rows(name):
            if set(cells) - {"note", ""} and not any(cells.get(key) for key in keys):
                yield warning(facts.place(name, row, keys[0]), BELOW.filled(key=" / ".join(keys)))
    for row, _ in list(facts.rows("settings"))[1:]:
        yield warning(facts.place("settings", row), SECOND_SETTINGS)


def _beside(sheet: Sheet) -> Iterator[Fault]:
    for index, header in enumerate(sheet.header):
        rows = [number for number, row in enumerate(sheet.rows, start=2) if row[index].strip()] if not header.strip() else []
        if rows:
            yield warning(Place(sheet.name, rows[0], header), BESIDE)
