"""Converts an XForm to the sheets of an XLSForm, for servers that only provide XML.

Questions, groups and repeats come from the instance, in the order of the body; paths in expressions become `${name}` if the
name is unambiguous. Everything that an XLSForm cannot express is listed in one `LiuwenWarning`.
"""

import warnings
from collections.abc import Iterable, Sequence

from liuwen.errors import LiuwenWarning
from liuwen.form.formats.from_xform.document import Document, xml_text
from liuwen.form.formats.from_xform.frame import (
    entities_in,
    entity_rows,
    save_to,
    settings_row,
    unsupported_submission_attributes,
)
from liuwen.form.formats.from_xform.survey import Survey
from liuwen.form.formats.from_xform.texts import Cells
from liuwen.form.headers import TRANSLATED
from liuwen.form.sheets import Sheet
from liuwen.messages import Sentence

LEFT_OUT = Sentence(
    zh="{name} 里有 XLSForm 无法表达的部分，已略去：{parts}。",
    en="{name}: some parts cannot be expressed in an XLSForm and were left out: {parts}.",
)

__all__ = ["read_xform", "sheets_of", "xml_text"]

_SURVEY_ORDER = (
    "type name label hint guidance_hint required required_message relevant constraint constraint_message calculation appearance "
    "choice_filter parameters default read_only repeat_count trigger save_to image big-image audio video autoplay "
    "no_app_error_string"
).split()
_CHOICES_ORDER = "list_name name label image big-image audio video".split()


def read_xform(data: bytes, called: str | Sentence = "XForm") -> list[Sheet]:
    """The sheets of the XForm in `data`; `called` is its name in warnings.

    Raises `ReadError` if the XML is not an XForm or is not safe to read.
    """
    sheets, left_out = sheets_of(data)
    _warn_of_omitted_parts(called, left_out)
    return sheets


def sheets_of(data: bytes) -> tuple[list[Sheet], list[str]]:
    """The sheets of the XForm in `data`, and its parts that an XLSForm cannot express; raises `ReadError`."""
    document = Document(data)
    survey = Survey(document)
    entities = entities_in(document)
    survey.save_to = save_to(document, entities)
    languages = survey.texts.languages
    rows = survey.rows()
    choices = survey.choices
    settings = settings_row(document, survey.references, survey.texts, duplicates=choices.has_duplicates)
    sheets = [
        _sheet("survey", _in_every_language(rows, languages), _SURVEY_ORDER, languages),
        _sheet("choices", _in_every_language(choices.rows, languages), _CHOICES_ORDER, languages),
        _sheet("settings", [settings]),
        _sheet("entities", list(entity_rows(document, survey.references, entities))),
    ]
    left_out = [*survey.left_out, *survey.texts.left_out, *choices.left_out, *unsupported_submission_attributes(document)]
    return [sheet for sheet in sheets if sheet.rows], left_out


def _warn_of_omitted_parts(called: str | Sentence, parts: Iterable[str]) -> None:
    named = "; ".join(dict.fromkeys(parts))
    if named:
        warnings.warn(LiuwenWarning(LEFT_OUT.filled(name=called, parts=named)), stacklevel=5)


def _in_every_language(rows: Sequence[Cells], languages: Sequence[str]) -> list[Cells]:
    """Copy text without a language to every language if its column is translated in other rows, as phones show it."""
    parted = {column for row in rows for header in row for column, found, _ in [header.partition("::")] if found} & TRANSLATED
    return [
        {
            header: text
            for written, text in row.items()
            for header in ([f"{written}::{language}" for language in languages] if written in parted else [written])
        }
        for row in rows
    ]


def _sheet(name: str, rows: list[Cells], order: Sequence[str] = (), languages: Sequence[str] = ()) -> Sheet:
    """Rows as a sheet: non-empty columns, translations side by side, unknown columns last."""

    def place(written: str) -> tuple[int, int]:
        column, _, language = written.partition("::")
        return _index(order, column), _index(languages, language)

    header = sorted(dict.fromkeys(header for row in rows for header, text in row.items() if text), key=place)
    return Sheet.of(name, header, [[row.get(written, "") for written in header] for row in rows])


def _index(names: Sequence[str], name: str) -> int:
    return names.index(name) if name in names else len(names)
