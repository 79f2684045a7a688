"""Moves long choice lists out of the workbook into CSV files beside it, which phones open at once."""

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import replace

from liuwen.form.elements import ChoiceList, Element
from liuwen.form.model import Form
from liuwen.form.sheets import Sheet
from liuwen.form.types import read_type

LONGEST = 1000
"""More choices than this are moved."""


def with_lists_in_files(form: Form, longest: int = LONGEST) -> Form:
    r"""Move each long choice list to a CSV file of its name, and let its questions read it from there.

    Answers, choice filters and calculations stay as they are. A list stays in the workbook if a file cannot hold what it
    has (labels that differ by language, images) or a question uses it in a way that files do not allow (rank, or_other,
    search()).

    Args:
        form: The form.
        longest: The number of choices that a list in the workbook may have.

    Returns:
        The form, with the files in its `media`; the same form if no list was moved.

    Example:
        >>> from liuwen.form import read_form
        >>> form = read_form(b"| survey |\n| | type | name | label |\n| | select_one v | a | A |\n"
        ...     b"| choices |\n| | list_name | name | label |\n| | v | x | X |\n| | v | y | Y |")
        >>> moved = with_lists_in_files(form, longest=1)
        >>> moved.sheet("survey").rows[0][0], moved.media["v.csv"].decode().splitlines()
        ('select_one_from_file v.csv', ['name,label', 'x,X', 'y,Y'])
    """
    moved = {name: one for name, one in form.choice_lists.items() if len(one) > longest and _can_move(form, one)}
    if not moved:
        return form
    sheets = tuple(_without(sheet, form, moved) for sheet in form.sheets)
    files = {f"{name}.csv": _csv(one) for name, one in moved.items()}
    return replace(form, sheets=sheets, media={**form.media, **files})


def _can_move(form: Form, choices: ChoiceList) -> bool:
    if f"{choices.name}.csv" in form.media or not choices.name.replace("_", "").replace("-", "").isalnum():
        return False
    plain = all(set(one.wordings) == {"label"} and len(set(one.wordings["label"].texts.values())) == 1 for one in choices)
    return plain and all(_reads_files(element) for element in form.elements if element.list_name == choices.name)


def _reads_files(element: Element) -> bool:
    selects = element.type in {"select_one", "select_multiple"}
    return selects and not element.or_other and "search(" not in element.cell("appearance")


def _without(sheet: Sheet, form: Form, moved: Collection[str]) -> Sheet:
    if sheet is form.sheet("choices"):
        at = sheet.header.index(form.column("choices", "list_name") or "list_name")
        return replace(sheet, rows=tuple(row for row in sheet.rows if row[at].strip() not in moved))
    if sheet is form.sheet("survey"):
        at = sheet.header.index(form.column("survey", "type") or "type")
        return replace(sheet, rows=tuple((*row[:at], _type(row[at], moved), *row[at + 1 :]) for row in sheet.rows))
    return sheet


def _type(cell: str, moved: Collection[str]) -> str:
    read = read_type(cell)
    return f"{read.type}_from_file {read.list_name}.csv" if read.list_name in moved and not read.from_file else cell


def _csv(choices: ChoiceList) -> bytes:
    columns = list(dict.fromkeys(column for one in choices for column in one.columns if column not in {"name", "label"}))
    rows = ([one.name, one.label(), *(_cell(one.columns, column) for column in columns)] for one in choices)
    text = io.StringIO()
    csv.writer(text).writerows([["name", "label", *columns], *rows])
    return text.getvalue().encode()


def _cell(columns: Mapping[str, str], column: str) -> str:
    return columns.get(column, "")
