"""JSON records, of ODK Central's OData or KoboToolbox's API, as the rows of sheets linked by index."""

import json
from typing import Any

MAIN_GRID = ""
LINK = "@odata.navigationLink"
"""What ends the name of a link that Central gives in place of a repeat."""
INDEX, PARENT_INDEX, PARENT_TABLE = "_index", "_parent_index", "_parent_table_name"

Rows = list[list[Any]]


def grids_of_records(records: list[dict[str, Any]]) -> dict[str, Rows]:
    """Name of a repeat ("" for the submissions) → its header and rows."""
    gathered: dict[str, list[dict[str, Any]]] = {MAIN_GRID: []}
    for record in records:
        _add(gathered, MAIN_GRID, record, {})
    return {name: _table(rows) for name, rows in gathered.items()}


def _add(gathered: dict[str, list[dict[str, Any]]], name: str, record: dict[str, Any], link: dict[str, Any]) -> None:
    rows = gathered.setdefault(name, [])
    row: dict[str, Any] = {}
    rows.append(row)
    index = len(rows)
    _flatten(record, "", row, gathered, {PARENT_INDEX: index, PARENT_TABLE: name})
    row.update(link)
    row[INDEX] = index


def _flatten(
    record: dict[str, Any], prefix: str, row: dict[str, Any], gathered: dict[str, list[dict[str, Any]]], link: dict[str, Any]
) -> None:
    for key, value in record.items():
        path = prefix + key
        if not isinstance(value, list | dict):
            if not key.endswith(LINK):
                row[path] = value
        elif isinstance(value, dict) and "coordinates" in value:
            row[path] = _positions(value)
        elif isinstance(value, dict) and not key.startswith("_validation"):
            _flatten(value, f"{path}/", row, gathered, link)
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value) and not key.startswith("_"):
            for item in value:
                _add(gathered, path, item, link)
        else:
            row[path] = json.dumps(value, ensure_ascii=False) if value else None


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


def _table(rows: list[dict[str, Any]]) -> Rows:
    header = list(dict.fromkeys(key for row in rows for key in row))
    return [header, *([row.get(key) for key in header] for row in rows)]
