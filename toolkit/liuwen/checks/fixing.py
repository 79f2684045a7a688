"""Mends what has one safe mending: a misspelt column with one nearest, and stray spaces."""

from collections import Counter
from dataclasses import replace

from liuwen.checks.rules.workbook.unknown_column import meant_column
from liuwen.form.headers import COLUMNS, SHEETS, meaning
from liuwen.form.model import Form
from liuwen.form.sheets import Sheet

_EXACT = frozenset({"type", "name", "list_name", "form_id", "relevant", "constraint", "calculation", "choice_filter"})
_INVISIBLE = str.maketrans({"\u00a0": " ", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": ""})


def fix(form: Form) -> Form:
    r"""Correct what has only one possible correction: misspelt column headers and stray spaces.

    A header is renamed if exactly one standard column is close to it and the sheet does not have that column yet. Spaces
    are removed from sheet names and from cells that must match exactly. Labels and hints stay as they are.

    Args:
        form: The form.

    Returns:
        The corrected form; an equal form if nothing needs correcting.

    Example:
        >>> from liuwen.form import read_form
        >>> form = read_form(b"| survey |\n| | type | name | label | relevent |\n| | text | a | A | 1 = 1 |")
        >>> fix(form).sheet("survey").header
        ('type', 'name', 'label', 'relevant')
    """
    titles = Counter(sheet.name.strip().lower() for sheet in form.sheets)
    return replace(form, sheets=tuple(_mended(sheet, alone=titles[sheet.name.strip().lower()] == 1) for sheet in form.sheets))


def mended_cells(before: Form, after: Form) -> int:
    """How many cells, headers and sheet names among them, differ between a form and the same form mended."""
    sheets = list(zip(before.sheets, after.sheets, strict=True))
    return sum(one.name != other.name for one, other in sheets) + sum(
        old != new
        for one, other in sheets
        for row, mended in zip((one.header, *one.rows), (other.header, *other.rows), strict=True)
        for old, new in zip(row, mended, strict=True)
    )


def _mended(sheet: Sheet, *, alone: bool) -> Sheet:
    standard = sheet.name.strip().lower()
    if standard in SHEETS and alone:
        sheet = replace(sheet, name=sheet.name.strip())
    if standard not in {"survey", "choices", "settings"}:
        return sheet
    header = _with_known_columns(standard, sheet.header)
    exact = [meaning(standard, name).column in _EXACT for name in header]
    rows = tuple(tuple(_tidy(cell) if plain else cell for cell, plain in zip(row, exact, strict=True)) for row in sheet.rows)
    return replace(sheet, header=header, rows=rows)


def _with_known_columns(sheet: str, header: tuple[str, ...]) -> tuple[str, ...]:
    present = {meaning(sheet, name).column for name in header}
    meant = [
        None if meaning(sheet, name).column in COLUMNS[sheet] or not name.strip() else meant_column(sheet, name.strip(), present)
        for name in header
    ]
    would_be = Counter(meaning(sheet, new or name) for name, new in zip(header, meant, strict=True))
    return tuple(new if new and would_be[meaning(sheet, new)] == 1 else name for name, new in zip(header, meant, strict=True))


def _tidy(cell: str) -> str:
    return " ".join(cell.translate(_INVISIBLE).split()) if "'" not in cell and '"' not in cell else cell.strip()
