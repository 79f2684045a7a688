"""Two columns of a sheet that mean the same."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, warning
from liuwen.form.headers import Header
from liuwen.form.sheets import Place
from liuwen.messages import Sentence

TWICE = Sentence(
    zh="“{header}”列与“{first}”列意思相同，只有一列有效：请删去或改名其中一列。",
    en="the column “{header}” means the same as “{first}”, and only one of them is used; delete or rename one.",
)


def duplicate_columns(facts: Facts) -> Iterator[Fault]:
    """Pyxform refuses two spellings of one column; some programs silently keep the last."""
    for sheet in ("survey", "choices", "settings", "external_choices", "entities"):
        held = facts.form.sheet(sheet)
        seen: dict[Header, str] = {}
        for header, written in zip(facts.form.headers(sheet), held.header if held else (), strict=True):
            if not written.strip():
                continue
            if header in seen:
                severity = warning if sheet == "settings" else error
                yield severity(Place(held.name if held else sheet, 1, written), TWICE.filled(header=written, first=seen[header]))
            seen.setdefault(header, written)
