"""The codebook as DDI-Codebook 2.5, the XML in which data archives describe surveys (ddialliance.org)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd
from lxml import etree

from liuwen.responses.exports.shown import SYNTHETIC
from liuwen.responses.labels import is_chinese, label_of
from liuwen.responses.plan import Column, Table
from liuwen.responses.statistics_names import statistics_names

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses

NAMESPACE = "ddi:codebook:2_5"
_OWN: Any = {None: NAMESPACE}
_NONE: Mapping[str, str] = MappingProxyType({})
_NUMERIC = frozenset({"integer", "decimal", "geopoint"})


def codebook_xml(responses: "Responses", language: str, minimum: int) -> bytes:
    """The document; counts that point at fewer than `minimum` households are left out."""
    root = etree.Element(f"{{{NAMESPACE}}}codeBook", nsmap=_OWN, version="2.5")
    form = responses.form
    study = _add(_add(root, "stdyDscr"), "citation")
    title = _add(study, "titlStmt")
    _add(title, "titl", {}, form.title or form.id)
    _add(title, "IDNo", {}, f"{form.id} {form.version}".strip())
    if responses.synthetic:
        info = _add(root[0], "stdyInfo")
        _add(info, "abstract", {}, SYNTHETIC.en)
    book = responses.codebook(language or (form.languages[0] if form.languages else ""), minimum=minimum).set_index("path")
    for number, table in enumerate(responses.plan.tables.values(), start=1):
        file = _add(root, "fileDscr", {"ID": f"F{number}"})
        text = _add(file, "fileTxt")
        _add(text, "fileName", {}, table.name)
    data = _add(root, "dataDscr")
    for number, table in enumerate(responses.plan.tables.values(), start=1):
        for place, column in enumerate(table.columns, start=1):
            _variable(data, responses, table, column, language, book, f"F{number}", f"V{number}.{place}")
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _variable(  # noqa: PLR0917 - one variable and all that is known of it
    data: etree._Element,
    responses: "Responses",
    table: Table,
    column: Column,
    language: str,
    book: pd.DataFrame,
    file: str,
    number: str,
) -> None:
    named = statistics_names(responses.plan, table.name)
    kind = "contin" if column.kind in {"decimal", "geopoint"} else "discrete"
    variable = _add(data, "var", {"ID": number, "name": named[column.heads[0]], "files": file, "intrvl": kind})
    languages = (language,) if language else responses.form.languages or ("",)
    labels = {each: label for each in languages if (label := label_of(column.element, each))}
    for each, label in labels.items():
        _add(variable, "labl", _language(each), label)
    if labels:
        question = _add(variable, "qstn")
        for each, label in labels.items():
            _add(question, "qstnLit", _language(each), label)
    row = book.loc[[column.path]].iloc[0]
    if not pd.isna(row["relevance"]):
        _add(variable, "universe", {}, str(row["relevance"]))
    if not pd.isna(row["answered"]):
        _add(variable, "sumStat", {"type": "vald"}, str(row["answered"]))
    listed = responses.choices(column.name) if column.kind in {"choice", "choices"} else None
    for choice in listed or ():
        category = _add(variable, "catgry")
        _add(category, "catValu", {}, choice.name)
        for each in languages:
            _add(category, "labl", _language(each), " ".join(choice.label(each).split()) or choice.name)
    _add(variable, "concept", {}, column.path)
    _add(variable, "varFormat", {"type": "numeric" if column.kind in _NUMERIC else "character", "schema": "other"})


def _language(language: str) -> dict[str, str]:
    """The language of a text as XML says it: its code where the form's column names one."""
    code = "zh" if is_chinese(language) else language.rpartition("(")[2].rstrip(") ") if "(" in language else language
    plain = code.strip().lower()
    return {"{http://www.w3.org/XML/1998/namespace}lang": plain} if 2 <= len(plain) <= 3 and plain.isalpha() else {}


def _add(parent: etree._Element, name: str, attributes: Mapping[str, str] = _NONE, text: str = "") -> etree._Element:
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", dict(attributes))
    if text:
        made.text = "".join(sign for sign in text if sign >= " " or sign in "\n\t")
    return made
