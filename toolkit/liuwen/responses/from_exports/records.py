"""JSON records, of ODK Central's OData or KoboToolbox's API, as the rows of sheets linked by index."""

import json
from collections.abc import Sequence
from itertools import chain
from typing import Any

MAIN_GRID = ""
LINK = "@odata.navigationLink"
"""What ends the name of a link that Central gives in place of a repeat."""
INDEX, PARENT_INDEX, PARENT_TABLE = "_index", "_parent_index", "_parent_table_name"

Rows = Sequence[Sequence[Any]]
_Row = dict[str, Any]
NESTED = frozenset({list, dict})


def grids_of_records(records: list[dict[str, Any]]) -> dict[str, Rows]:
    """Name of a repeat ("" for the submissions) → its header and rows."""
    gathered: dict[str, list[_Row]] = {MAIN_GRID: []}
    for record in records:
        _add(gathered, MAIN_GRID, record, {})
    return {name: _table(rows) for name, rows in gathered.items()}


def _add(gathered: dict[str, list[_Row]], name: str, record: dict[str, Any], link: _Row) -> None:
    rows = gathered.setdefault(name, [])
    row: _Row = {}
    rows.append(row)
    index = len(rows)
    _flatten(record, "", row, gathered, {PARENT_INDEX: index, PARENT_TABLE: name})
    row.update(link)
    row[INDEX] = index


def _flatten(record: dict[str, Any], prefix: str, row: _Row, gathered: dict[str, list[_Row]], link: _Row) -> None:
    nested = {key: value for key, value in record.items() if type(value) in NESTED}
    is_flat = not prefix and not any(_is_group(key, value) for key, value in nested.items())
    if is_flat:  # nothing needs another name: what is nested is replaced where it stands
        row.update(record)
    for key, value in (nested if is_flat else record).items():
        path = prefix + key
        if key not in nested:
            row[path] = value
        elif _is_group(key, value):
            _flatten(value, f"{path}/", row, gathered, link)
        elif _is_repeat(key, value):
            for item in value:
                _add(gathered, path, item, link)
            if is_flat:
                del row[path]
        else:
            row[path] = _as_text(value)


def _is_group(key: str, value: Any) -> bool:
    return isinstance(value, dict) and "coordinates" not in value and not key.startswith("_validation")


def _is_repeat(key: str, value: Any) -> bool:
    return isinstance(value, list) and bool(value) and not key.startswith("_") and all(isinstance(item, dict) for item in value)


def _as_text(value: Any) -> str | None:
    if isinstance(value, dict) and "coordinates" in value:
        return _positions(value)
    return json.dumps(value, ensure_ascii=False) if value else None


def _positions(shape: dict[str, Any]) -> str:
    """GeoJSON as XForms write it: "latitude longitude altitude accuracy", points parted by semicolons."""
    accuracy = (shape.get("properties") or {}).get("accuracy")
    points = shape["coordinates"]
    if shape.get("type") == "Point":
        points = [points]
    elif shape.get("type") == "Polygon":
        points = points[0]
    told = [[lat, lon, *rest] for lon, lat, *rest in points]
    if len(told) == 1 and accuracy is not None:
        told = [[*told[0][:2], told[0][2] if len(told[0]) > 2 else 0, accuracy]]
    return ";".join(" ".join(str(number) for number in point) for point in told)


def _table(rows: list[_Row]) -> Rows:
    header = [key for key in dict.fromkeys(chain.from_iterable(rows)) if not key.endswith(LINK)]
    return [header, *(list(map(row.get, header)) for row in rows)]
