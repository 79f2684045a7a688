"""Why a value is missing: somebody does not know, would rather not say, or was not asked."""

from typing import TYPE_CHECKING

import pandas as pd

from liuwen.form import nonresponse
from liuwen.form.elements import ChoiceList
from liuwen.responses.plan import Column

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses

DONT_KNOW, REFUSED, NOT_ASKED = "a", "b", "c"
"""Stata's letters: `.a`, `.b`, `.c`."""
_LETTERS = {nonresponse.DONT_KNOW: DONT_KNOW, nonresponse.REFUSED: REFUSED}


def letters_of(listed: ChoiceList) -> dict[str, str]:
    """The choices of a list that mean "don't know" or "would rather not" → their letter; the first of each."""
    found: dict[str, str] = {}
    for choice in listed:
        wording = choice.wordings.get("label")
        labels = tuple(wording.texts.values()) if wording else ()
        letter = _LETTERS.get(nonresponse.nonresponse(choice.name, labels))
        if letter and letter not in found.values():
            found[choice.name] = letter
    return found


def reasons(responses: "Responses", column: Column) -> list[str]:
    """A letter for each row whose value is missing for a known reason, "" for the others."""
    asked = responses.asked(column.name)
    answered = responses.answered(column.name).to_numpy(dtype=bool)
    unasked = (asked == False).fillna(False).to_numpy(dtype=bool) & ~answered  # noqa: E712 - a column of three values
    letters = [NOT_ASKED if missing else "" for missing in unasked]
    listed = responses.choices(column.name) if column.kind == "choice" else None
    if listed and (meant := letters_of(listed)):
        cells = responses[column.table][column.name].astype("object")
        return [meant.get(cell, letter) if not pd.isna(cell) else letter for cell, letter in zip(cells, letters, strict=True)]
    return letters
