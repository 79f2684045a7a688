"""Something written beside or below the table."""

from collections.abc import Iterator
from itertools import pairwise

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
TOO_FAR = Sentence(
    zh="前面空了 {blank} 行以上，别的工具（pyxform、ODK Central、KoboToolbox）读到那里为止，会丢掉这一行和后面的：请删去空行。",
    en="more than {blank} blank rows stand before this row, where other tools (pyxform, ODK Central, KoboToolbox) stop reading "
    "and lose this row and those below; delete the blank rows.",
)
_GAP = 60
"""How many blank rows pyxform reads over (xls2json_backends.get_excel_rows)."""
_KEYS = {"survey": ("type", "name", "label"), "choices": ("list_name",)}


def stray_content(facts: Facts) -> Iterator[Fault]:
    """Remarks belong in a notes column or on a sheet of their own."""
    for name in ("survey", "choices", "settings"):
        sheet = facts.form.sheet(name)
        if sheet is not None:
            yield from _beside(sheet)
        yield from _beyond_a_gap(facts, name)
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


def _beyond_a_gap(facts: Facts, name: str) -> Iterator[Fault]:
    numbers = [1, *(row for row, _ in facts.rows(name))]
    lost = next((row for before, row in pairwise(numbers) if row - before > _GAP + 1), None)
    if lost and not facts.form.is_xform:
        yield warning(facts.place(name, lost), TOO_FAR.filled(blank=_GAP))
