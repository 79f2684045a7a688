"""Responses as a GeoPackage, which QGIS and ArcGIS open: the same features as GeoJSON, written by GDAL."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyarrow as pa

from liuwen.errors import AnswerError
from liuwen.messages import Sentence
from liuwen.responses.exports.geojson import Features, features_of, in_both_languages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liuwen.responses.responses import Responses

_NEEDS = Sentence(
    zh='写 .gpkg 要用 pyogrio：pip install "liuwen[maps]"。也可以写成 .geojson。',
    en='Writing .gpkg needs pyogrio: pip install "liuwen[maps]". Or write .geojson.',
)
_NOWHERE = Sentence(
    zh="没有一行填了位置，写不成 GeoPackage。",
    en="No row has a position, so there is nothing to write as GeoPackage.",
)
_RENAMED = Sentence(
    zh="GeoPackage 不分大小写，fid 和 geom 另有用处，因此这些列改了名：{names}。",
    en="GeoPackage ignores case and needs fid and geom for itself, so these columns were renamed: {names}.",
)
_LAYER, _KEY, _SHAPE = "answers", "fid", "geom"
_WGS84 = "EPSG:4326"


def write_geopackage(responses: "Responses", path: Path, question: str | None, *, raw: bool) -> Path:
    """Write the rows that have a position or a shape as one layer, `answers`, in WGS 84."""
    try:
        from pyogrio import raw as layers
    except ImportError as missing:
        raise AnswerError(_NEEDS) from missing
    found = features_of(responses, question, raw=raw)
    if not found.shapes:
        raise AnswerError(_NOWHERE)
    names = _names(str(head) for head in found.rows)
    changed = [f"{head} → {name}" for head, name in names.items() if head != name]
    about = [*found.about, *([_RENAMED.filled(names=", ".join(changed))] if changed else [])]
    meta, _, shapes, _ = layers.read(_drawn(found), columns=[])
    with TemporaryDirectory() as folder:  # GDAL leaves a file behind where it fails
        made = Path(folder, "answers.gpkg")
        layers.write_arrow(
            _columns(found).rename_columns(list(names.values())).append_column(_SHAPE, pa.array(shapes, pa.binary())),
            made,
            layer=_LAYER,
            driver="GPKG",
            geometry_name=_SHAPE,
            geometry_type=meta["geometry_type"],
            crs=_WGS84,
            layer_metadata={"DESCRIPTION": in_both_languages(about), "SYNTHETIC": str(responses.synthetic).lower()},
        )
        path.write_bytes(made.read_bytes())
    return path


def _names(heads: "Iterable[str]") -> dict[str, str]:
    """The name of each column in the file."""
    taken, names = {_KEY, _SHAPE}, {}
    for head in heads:
        name = head
        while name.lower() in taken:
            name += "_"
        taken.add(name.lower())
        names[head] = name
    return names


def _columns(found: Features) -> pa.Table:
    """The answers, days as such."""
    table = pa.Table.from_pandas(found.rows, preserve_index=False)
    for head in found.days:
        table = table.set_column(table.column_names.index(head), head, table[head].cast(pa.date32()))
    return table


def _drawn(found: Features) -> bytes:
    """The shapes alone, as GeoJSON, which GDAL brings into its own form."""
    features = [{"type": "Feature", "geometry": shape, "properties": {}} for shape in found.shapes]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()
