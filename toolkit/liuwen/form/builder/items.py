"""Turns the arguments of the builder's functions into items."""

import datetime as dt
from collections.abc import Mapping

from liuwen.form.builder.building import FileOptions, Item, Options, Texts
from liuwen.form.elements import Kind
from liuwen.form.headers import TRANSLATED

_LABELS = ("zh", "en")


def question_item(kind: str, name: str, settings: Mapping[str, object], *, worded: bool = True, parameters: str = "") -> Item:
    if parameters:
        settings = {**settings, "parameters": f"{parameters} {settings.get('parameters', '')}".strip()}
    made = plain_item("question", kind, name, settings)
    wordings = {"label": {}, **made.wordings} if worded else made.wordings
    return Item("question", kind, name, made.columns, wordings)


def select_item(kind: str, name: str, options: Options | FileOptions | str, settings: Mapping[str, object]) -> Item:
    named = ""
    if isinstance(options, FileOptions):
        pairs = (("value", options.value, "name"), ("label", options.label, "label"))
        named = " ".join(f"{key}={column}" for key, column, usual in pairs if column != usual)
    made = question_item(kind, name, settings, parameters=named)
    return Item("question", kind, name, made.columns, made.wordings, options)


def plain_item(kind: Kind, written_type: str, name: str, settings: Mapping[str, object]) -> Item:
    wordings: dict[str, Texts] = {"label": label} if (label := _label(settings)) else {}
    columns: dict[str, str] = {}
    for column, said in settings.items():
        if column in TRANSLATED and isinstance(said, Mapping):
            wordings.setdefault(column, said)
        elif column == "columns" and isinstance(said, Mapping):
            columns.update(said)
        elif column not in _LABELS and (cell := cell_text(said)):
            columns[column] = cell
    return Item(kind, written_type, name, columns, wordings)


def _label(settings: Mapping[str, object]) -> Texts:
    further = settings.get("label")
    own = {code: str(settings[code]) for code in _LABELS if code in settings}
    return {**own, **further} if isinstance(further, Mapping) else own


def in_every_language(cell: object, texts: Texts) -> Texts:
    return cell if isinstance(cell, Mapping) else dict.fromkeys(texts, cell_text(cell))


def cell_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)
