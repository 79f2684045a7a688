"""Responses as a GeoPackage, which QGIS and ArcGIS open: the same features as GeoJSON, written by GDAL."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from liuwen.errors import AnswerError
from liuwen.messages import Sentence
from liuwen.responses.exports.geojson import features_of

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses

_NEEDS = Sentence(
    zh='写 .gpkg 要用 pyogrio：pip install "liuwen[maps]"。也可以写成 .geojson。',
    en='Writing .gpkg needs pyogrio: pip install "liuwen[maps]". Or write .geojson.',
)
_NOWHERE = Sentence(
    zh="没有一行填了位置，写不成 GeoPackage。",
    en="No row has a position, so there is nothing to write as GeoPackage.",
)
_LAYER = "answers"
_WGS84 = "EPSG:4326"


def write_geopackage(responses: "Responses", path: Path, question: str | None, *, raw: bool) -> Path:
    """Write the rows that have a position or a shape as one layer, `answers`, in WGS 84."""
    try:
        from pyogrio import raw as layers
    except ImportError as missing:
        raise AnswerError(_NEEDS) from missing
    told = features_of(responses, question, raw=raw)
    if not told["features"]:
        raise AnswerError(_NOWHERE)
    with TemporaryDirectory() as folder:
        between, made = Path(folder, "answers.geojson"), Path(folder, "answers.gpkg")
        between.write_text(json.dumps(told, ensure_ascii=False, default=str), encoding="utf-8")
        meta, _, shapes, columns = layers.read(between)
        layers.write(
            made,
            shapes,
            columns,
            meta["fields"],
            layer=_LAYER,
            driver="GPKG",
            geometry_type=meta["geometry_type"],
            crs=_WGS84,
            layer_metadata={"DESCRIPTION": told["description"], "SYNTHETIC": str(told["synthetic"]).lower()},
        )
        path.write_bytes(made.read_bytes())
    return path
