"""Responses as GeoJSON: a feature a row that has a position."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from liuwen.errors import AnswerError
from liuwen.messages import Sentence
from liuwen.responses.exports.shown import remarks
from liuwen.responses.plan import Column

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses

_SHAPES = {"geotrace": "LineString", "geoshape": "Polygon"}
_NO_POSITION = Sentence(zh="问卷“{form}”没有填位置的问题。", en="The form “{form}” has no question with a position.")
_NOT_A_POSITION = Sentence(zh="问题“{name}”填的不是位置。", en="The question “{name}” has no position.")


def write_geojson(responses: "Responses", path: Path, question: str | None) -> Path:
    """Write the rows that have a position or a shape, with all their answers; the others have none to be drawn at."""
    column = _column(responses, question)
    table = responses[column.table]
    shapes = [_shape(column, table, row) for row in range(len(table))]
    cells = table.reset_index().astype(object).where(lambda frame: frame.notna(), None)
    rows = cells.to_dict("records")
    told = {
        "type": "FeatureCollection",
        "description": " ".join(sentence.en for sentence in remarks(responses, "UTC", raw=False)),
        "synthetic": responses.synthetic,
        "features": [
            {"type": "Feature", "id": str(key), "geometry": shape, "properties": {str(head): cell for head, cell in row.items()}}
            for key, shape, row in zip(table.index, shapes, rows, strict=True)
            if shape
        ],
    }
    path.write_text(json.dumps(told, ensure_ascii=False, default=str), encoding="utf-8")
    return path


def _column(responses: "Responses", question: str | None) -> Column:
    if question is not None:
        column = responses.column(question)
        if column.kind != "geopoint" and column.element.type not in _SHAPES:
            raise AnswerError(_NOT_A_POSITION.filled(name=question))
        return column
    planned = (column for table in responses.plan.tables.values() if not table.unlinked for column in table.columns)
    found = next((column for column in planned if column.kind == "geopoint" or column.element.type in _SHAPES), None)
    if found is None:
        raise AnswerError(_NO_POSITION.filled(form=responses.form.id))
    return found


def _shape(column: Column, table: pd.DataFrame, row: int) -> dict[str, Any] | None:
    if column.kind == "geopoint":
        latitude, longitude, altitude = (table[head].iloc[row] for head in column.heads[:3])
        if pd.isna(latitude) or pd.isna(longitude):
            return None
        return {
            "type": "Point",
            "coordinates": [float(longitude), float(latitude), *([] if pd.isna(altitude) else [float(altitude)])],
        }
    text = table[column.name].iloc[row]
    points = [] if pd.isna(text) else [_point(part) for part in str(text).split(";") if part.strip()]
    if len(points) < 2 or None in points:
        return None
    return {"type": _SHAPES[column.element.type], "coordinates": [points] if column.element.type == "geoshape" else points}


def _point(text: str) -> list[float] | None:
    """[longitude, latitude] of "latitude longitude altitude accuracy"; None if either is missing."""
    try:
        latitude, longitude = (float(part) for part in text.split()[:2])
    except ValueError:
        return None
    return [longitude, latitude]
