"""The choices of a select: from the form's own list, or from an attached file."""

import csv
import io
import json
from collections.abc import Iterator
from types import MappingProxyType

from liuwen.form.elements import Choice, ChoiceList, Element, Wording
from liuwen.form.headers import meaning
from liuwen.form.model import Form
from liuwen.form.parameters import parameters_of

OTHER = "other"
"""The value that `or_other` adds to a list."""


def offered(form: Form, element: Element) -> ChoiceList | None:
    """The list of choices of a select, from its external file too; None if the form does not contain it."""
    if element.from_file and element.list_name:
        return _from_file(form, element)
    listed = form.choices_of(element)
    if listed is None or not element.or_other or OTHER in listed.names:
        return listed
    other = Choice(OTHER, MappingProxyType({"label": Wording(MappingProxyType({"": "Other"}))}), MappingProxyType({}), 0)
    return ChoiceList(listed.name, (*listed, other))


def _from_file(form: Form, element: Element) -> ChoiceList | None:
    file = element.list_name or ""
    data = form.media.get(file)
    if data is None:
        return None
    named = parameters_of(element)
    value, label = named.get("value", ""), named.get("label", "")
    if file.lower().endswith(".csv"):
        try:
            return ChoiceList(file, tuple(_of_csv(data, value or "name", label or "label")))
        except csv.Error:  # a cell longer than Python reads: no list
            return None
    if file.lower().endswith(".geojson"):
        return ChoiceList(file, tuple(_of_geojson(data, value or "id", label or "title")))
    return None


def _of_csv(data: bytes, value: str, label: str) -> Iterator[Choice]:
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig", errors="replace")))
    for number, row in enumerate(rows, start=2):
        cells = {header: cell for header, cell in row.items() if header and isinstance(cell, str) and cell}
        texts = {}
        for header in list(cells):
            means = meaning("choices", header)
            if label in {header, means.column}:
                texts[means.language] = cells[header]
        if name := cells.pop(value, ""):
            yield Choice(name, _label(texts), MappingProxyType(cells), number)


def _of_geojson(data: bytes, value: str, label: str) -> Iterator[Choice]:
    for number, feature in enumerate(_features(data), start=1):
        properties = feature.get("properties")
        cells = {**(properties if isinstance(properties, dict) else {}), **({"id": feature["id"]} if "id" in feature else {})}
        if cells.get(value) is not None:
            texts = {"": str(cells[label])} if cells.get(label) is not None else {}
            yield Choice(str(cells[value]), _label(texts), MappingProxyType({}), number)


def _features(data: bytes) -> list[dict[str, object]]:
    """The features of a GeoJSON file; empty for any other JSON."""
    try:
        features = json.loads(data)["features"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    return [each for each in features if isinstance(each, dict)] if isinstance(features, list) else []


def _label(texts: dict[str, str]) -> "MappingProxyType[str, Wording]":
    return MappingProxyType({"label": Wording(MappingProxyType(texts))} if texts else {})
