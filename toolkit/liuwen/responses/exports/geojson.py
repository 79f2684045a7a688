"""Responses as GeoJSON: a feature for each row that has a position.

A position is a household's address. Without `raw` every feature, also of a path or an area, is a point rounded to 0.01 degrees
(about a kilometre), and its properties hold no position.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from liuwen.errors import AnswerError
from liuwen.messages import Sentence
from liuwen.responses.exports.shown import RAW, days_of, origin
from liuwen.responses.plan import Column, Table

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses

_SHAPES = {"geotrace": "LineString", "geoshape": "Polygon"}
_NO_POSITION = Sentence(
    zh="问卷“{form}”没有填位置的问题，写不成 GeoJSON 或 GeoPackage；请写成别的格式。",
    en="The form “{form}” has no question with a position, so it cannot be written as GeoJSON or GeoPackage; "
    "choose another format.",
)
_NOT_A_POSITION = Sentence(
    zh="问题“{name}”填的不是位置；请用 geopoint、geotrace 或 geoshape 类型的问题。",
    en="The question “{name}” has no position; name one of type geopoint, geotrace or geoshape.",
)
_ROUNDED = Sentence(
    zh="位置已取整到 0.01 度（约一公里），不含路线、范围和高程；确实需要准确位置时请写 raw=True（命令为 liuwen load … --raw）。",
    en="Positions are rounded to 0.01 degrees (about a kilometre), without paths, areas or altitudes; if you need them exactly, "
    "pass raw=True (or use liuwen load … --raw).",
)
_EXACT = Sentence(zh="位置是准确的，指向住户，不可公布。", en="Positions are exact and point at households; not to be published.")
_APART = Sentence(
    zh="问题“{name}”在不与答卷相连的部分（{table}）里；确实需要时请写 raw=True。",
    en="The question “{name}” stands in an unlinked section ({table}); if you need it, pass raw=True.",
)
_DECIMALS = 2
Shape = dict[str, Any]


@dataclass(frozen=True)
class Features:
    """The rows of a table that have a position.

    Attributes:
        shapes: The geometry of each, as GeoJSON writes it.
        rows: Their answers, the key first.
        days: The columns of days.
        about: What a file of them says of itself.
    """

    shapes: list[Shape]
    rows: pd.DataFrame
    days: list[str]
    about: list[Sentence]


def write_geojson(responses: "Responses", path: Path, question: str | None, *, raw: bool) -> Path:
    """Write the rows that have a position or a shape, with their other answers; those without are left out."""
    found = features_of(responses, question, raw=raw)
    rows = found.rows.assign(**{head: found.rows[head].dt.date for head in found.days})
    cells = rows.astype(object).where(rows.notna(), None).to_dict("records")
    told = {
        "type": "FeatureCollection",
        "description": in_both_languages(found.about),
        "synthetic": responses.synthetic,
        "features": [
            {"type": "Feature", "id": str(next(iter(row.values()))), "geometry": shape, "properties": row}
            for shape, row in zip(found.shapes, cells, strict=True)
        ],
    }
    path.write_text(json.dumps(told, ensure_ascii=False, default=lambda day_or_time: day_or_time.isoformat()), encoding="utf-8")
    return path


def features_of(responses: "Responses", question: str | None, *, raw: bool) -> Features:
    """The rows that have a position or a shape, without their other positions unless `raw`."""
    column = _column(responses, question)
    planned = responses.plan.tables[column.table]
    if planned.unlinked and not raw:
        raise AnswerError(_APART.filled(name=column.name, table=planned.name))
    table = responses[column.table]
    shapes = [_shape(column, table, row) for row in range(len(table))]
    rows = table.loc[[shape is not None for shape in shapes]].drop(columns=[] if raw else _positions(planned))
    found = [shape if raw else _rounded(shape) for shape in shapes if shape]
    return Features(found, rows.reset_index(), days_of(planned), _about(responses, planned, raw=raw))


def in_both_languages(sentences: list[Sentence]) -> str:
    """What a file says of itself."""
    return " ".join(f"{each.in_language('zh')} {each.in_language('en')}" for each in sentences)


def _about(responses: "Responses", table: Table, *, raw: bool) -> list[Sentence]:
    held = [RAW.filled(names=table.name)] if table.unlinked else []
    return [*origin(responses, "UTC"), *held, _EXACT if raw else _ROUNDED]


def _has_position(column: Column) -> bool:
    return column.kind == "geopoint" or column.element.type in _SHAPES


def _positions(table: Table) -> list[str]:
    """The columns that hold positions."""
    return [head for column in table.columns if _has_position(column) for head in column.heads]


def _rounded(shape: Shape) -> Shape:
    """The middle of a shape, rounded."""
    drawn = shape["coordinates"]
    points = [drawn] if shape["type"] == "Point" else drawn[0] if shape["type"] == "Polygon" else drawn
    middle = [round(sum(point[axis] for point in points) / len(points), _DECIMALS) for axis in (0, 1)]
    return {"type": "Point", "coordinates": middle}


def _column(responses: "Responses", question: str | None) -> Column:
    if question is not None:
        column = responses.column(question)
        if not _has_position(column):
            raise AnswerError(_NOT_A_POSITION.filled(name=question))
        return column
    planned = (column for table in responses.plan.tables.values() if not table.unlinked for column in table.columns)
    found = next((column for column in planned if _has_position(column)), None)
    if found is None:
        raise AnswerError(_NO_POSITION.filled(form=responses.form.id))
    return found


def _shape(column: Column, table: pd.DataFrame, row: int) -> Shape | None:
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
