"""How a form declares that its answers are anonymous, or that one section is stored separately from the others."""

from dataclasses import replace

from liuwen.form.elements import Element
from liuwen.form.headers import ANONYMOUS
from liuwen.form.model import Form
from liuwen.form.sheets import Sheet

UNLINKED_MARK = "liuwen: unlinked"
"""The note of a group whose answers are stored without a link to the rest of the interview."""


def is_unlinked(element: Element) -> bool:
    """Whether a group is marked as unlinked from the household's other answers."""
    return element.kind == "group" and UNLINKED_MARK in element.cell("note")


def made_anonymous(form: Form) -> Form:
    r"""The form with the setting for anonymity; unchanged if it already has it.

    >>> from liuwen.form import read_form
    >>> made_anonymous(read_form(b"| survey |\n| | type | name |")).anonymous
    True
    """
    if form.anonymous:
        return form
    sheet = form.sheet("settings") if len(form.sheets) > 1 else None
    if sheet is None:
        return replace(form, sheets=(*_named(form), Sheet("settings", (ANONYMOUS,), (("yes",),))))
    first = next((number for number, row in enumerate(sheet.rows) if any(row)), 0)
    rows = [(*row, "yes" if number == first else "") for number, row in enumerate(sheet.rows or (("",) * len(sheet.header),))]
    header = tuple("" if name.lower() == ANONYMOUS else name for name in sheet.header)  # a column that says no is replaced
    settings = Sheet(sheet.name, (*header, ANONYMOUS), tuple(rows))
    return replace(form, sheets=tuple(settings if each is sheet else each for each in form.sheets))


def _named(form: Form) -> tuple[Sheet, ...]:
    """The sheets; a single sheet is named survey."""
    return (replace(form.sheets[0], name="survey"),) if len(form.sheets) == 1 else form.sheets
