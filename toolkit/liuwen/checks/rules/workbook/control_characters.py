"""An invisible character that no phone can read, such as those that come along from a PDF."""

import re
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.form.headers import SHEETS
from liuwen.form.sheets import Place, Sheet
from liuwen.messages import Sentence

CONTROL = Sentence(
    zh="这一格有看不见的控制字符（{code}），手机打不开这份问卷：请删去，或把文字重新打一遍。",
    en="this cell contains an invisible control character ({code}), and phones cannot open the form; delete "
    "it, or retype the text.",
)
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold."""


def control_characters(facts: Facts) -> Iterator[Fault]:
    """Every such cell; most sheets have none, which one look at all their text shows."""
    for sheet in facts.form.sheets:
        if sheet.name.strip().lower() not in SHEETS or not _FORBIDDEN.search(_text(sheet)):
            continue
        for number, row in enumerate((sheet.header, *sheet.rows), start=1):
            for column, cell in zip(sheet.header, row, strict=True):
                found = _FORBIDDEN.search(cell)
                if found:
                    yield error(Place(sheet.name, number, column), CONTROL.filled(code=f"U+{ord(found[0]):04X}"))


def _text(sheet: Sheet) -> str:
    return "\n".join("\n".join(row) for row in (sheet.header, *sheet.rows))
