"""Converts a form to an XForm with pyxform."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from liuwen.errors import ConversionError
from liuwen.form.headers import SHEETS
from liuwen.garbage import without_searching_for_cycles
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.form.model import Form
    from liuwen.form.sheets import Sheet

REFUSED = Sentence(
    zh="这份表单有错，转换不成 XForm：请用 liuwen check 看是哪一格、怎么改（pyxform 的原话：{detail}）。",
    en="This form cannot be converted to an XForm. Run liuwen check to see which cell is wrong and what to "
    "do (pyxform says: {detail}).",
)


@dataclass(frozen=True, slots=True)
class XForm:
    """A converted form.

    Attributes:
        xml: The XML of the XForm.
        warnings: What pyxform warned of.
        itemsets: The CSV with lists kept outside the form, if there are any.
    """

    xml: str
    warnings: tuple[str, ...]
    itemsets: str | None = None


def to_xform(form: "Form") -> XForm:
    r"""Convert a form to an XForm with pyxform.

    Args:
        form: The form. If it was read from an XForm and not changed since, that XForm is returned as it was.

    Returns:
        The XML, and pyxform's warnings.

    Raises:
        ConversionError: If pyxform cannot convert the form; `detail` holds its message.

    Example:
        >>> from liuwen.form import read_form
        >>> to_xform(read_form(b"| survey |\n| | type | name | label |\n| | note | hello | Hello |")).warnings
        ()
    """
    if xml := form.original_xml:
        return XForm(xml, (), _itemsets(form.sheet("external_choices")))
    return form.converted


_ENDING_TWICE = re.compile(r'(src="jr://file-csv/[^"]+\.csv)\.csv(?=")')
"""pyxform adds the ending to the file of pulldata('villages.csv', …), which has it; phones read the file as it is named."""


def _itemsets(choices: "Sheet | None") -> str | None:
    """External lists as the content of itemsets.csv."""
    if choices is None:
        return None
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows([choices.header, *choices.rows])
    return written.getvalue()


def converted(form: "Form") -> XForm:
    """What pyxform makes of the form; `Form.converted` keeps it. Raises `ConversionError` as `to_xform` does."""
    from xml.parsers.expat import ExpatError

    with without_searching_for_cycles():
        from pyxform.errors import PyXFormError
        from pyxform.xls2xform import convert

    warnings: list[str] = []
    try:
        with without_searching_for_cycles():
            made = convert(xlsform=_as_pyxform_reads(form), warnings=warnings)
    except PyXFormError as fault:
        raise ConversionError(REFUSED.filled(detail=fault), detail=str(fault)) from fault
    except (AttributeError, ExpatError, LookupError, RecursionError, TypeError, ValueError) as fault:
        # pyxform assumes valid input and raises any of these on invalid forms
        detail = f"{type(fault).__name__}: {fault}"
        raise ConversionError(REFUSED.filled(detail=detail), detail=detail) from fault
    return XForm(_ENDING_TWICE.sub(r"\1", made.xform), tuple(warnings), made.itemsets)


def _as_pyxform_reads(form: "Form") -> dict[str, Any]:
    """The form as pyxform's dictionary, each cell cleaned as pyxform's own readers do."""
    definition: dict[str, Any] = {
        "sheet_names": [sheet.name for sheet in form.sheets],
        "fallback_form_name": Path(form.source).stem or None,
    }
    for sheet in form.sheets:
        standard = sheet.name.lower()
        if standard not in SHEETS and len(form.sheets) == 1:
            standard = "survey"
        if standard in SHEETS:
            definition |= _table(standard, sheet)
    return definition


class _Cell(NamedTuple):
    value: str


def _table(standard: str, sheet: "Sheet") -> dict[str, Any]:
    from pyxform.xls2json_backends import get_excel_column_headers, get_excel_rows

    headers = get_excel_column_headers(first_row=sheet.header)
    rows = get_excel_rows(headers, (tuple(map(_Cell, row)) for row in sheet.rows), _cleaned)
    named = [header for header in headers if header is not None]
    return {standard: rows, f"{standard}_header": [dict.fromkeys(named)] if named else []}


def _cleaned(cell: _Cell, _row: int, _header: str) -> str:
    return cell.value.strip().replace("\u00a0", " ")
