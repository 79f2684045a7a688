"""A map of places without a network: circles at coarsened positions, or areas of a boundary file, in the colour of a share.

A circle stands where the middle of a place's interviews lies, rounded to a hundredth of a degree (about a kilometre), and only
for a place whose base may be shown: no household's own position is drawn.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from liuwen.analysis.explorable import Explorable
from liuwen.analysis.source import AnswerSource
from liuwen.charts.static import Languages, place_name, said, texts
from liuwen.charts.theme import WITHHELD, colour, ink_on
from liuwen.charts.view import LANGUAGES, UNKNOWN, View
from liuwen.errors import LiuwenError
from liuwen.messages import Sentence

TITLE = Sentence(zh="地图：", en="Map: ")
UNREADABLE = Sentence(
    zh="{file} 不是能读的边界文件；请给 GeoJSON（FeatureCollection）。",
    en="{file} is no boundary file that can be read; give GeoJSON (a FeatureCollection).",
)
PROJECTED = Sentence(
    zh="{file} 的坐标不是经纬度（WGS 84）；请先换成 EPSG:4326 再用。",
    en="The coordinates of {file} are not longitude and latitude (WGS 84); convert it to EPSG:4326 first.",
)
NO_NAMES_MATCH = Sentence(
    zh="{file} 里没有一个区域的名称与答卷里的地点相同；答卷里有：{places}。",
    en="No area of {file} has the name of a place in the answers; these are: {places}.",
)
_WIDTH, _EDGE = 520, 46
_ROUNDED = 2
Ring = list[tuple[float, float]]

_IN_DEGREES = ("CRS84", "4326", "4490")
"""How the names of systems in longitude and latitude end: WGS 84, and China's CGCS2000."""


@dataclass(frozen=True)
class Areas:
    """The outlines of a boundary file: name → rings of (longitude, latitude); a name is any text among an area's properties."""

    file: str
    outlines: tuple[tuple[frozenset[str], tuple[tuple[tuple[float, float], ...], ...]], ...]

    def rings(self, names: Iterable[str]) -> list[Ring]:
        """The outlines of the areas with one of the names."""
        wanted = set(names)
        return [list(ring) for known, rings in self.outlines if known & wanted for ring in rings]


def read_areas(path: str | PathLike[str]) -> Areas:
    """Read a GeoJSON file; raises `LiuwenError` for any other file, or other coordinates than longitude and latitude."""
    file = Path(path)
    try:
        document = json.loads(file.read_text(encoding="utf-8-sig"))
        found = tuple((_names(each), tuple(_rings(each["geometry"]))) for each in document["features"] if each.get("geometry"))
    except (OSError, ValueError, KeyError, TypeError, IndexError) as fault:
        raise LiuwenError(UNREADABLE.filled(file=file.name)) from fault
    inside = all(abs(x) <= 180 and abs(y) <= 90 for _, rings in found for ring in rings for x, y in ring)  # not so of NaN
    if not inside or not _is_in_degrees(document.get("crs")):
        raise LiuwenError(PROJECTED.filled(file=file.name))
    return Areas(file.name, found)


def _is_in_degrees(crs: object) -> bool:
    """Whether a file names no other system of coordinates than longitude and latitude."""
    named = str(crs.get("properties", {}).get("name", "")) if isinstance(crs, dict) else ""
    return not named or named.endswith(_IN_DEGREES)


def _names(feature: Mapping[str, Any]) -> frozenset[str]:
    known = [feature.get("id"), *(feature.get("properties") or {}).values()]
    return frozenset(str(value) for value in known if value is not None)


def _rings(geometry: Mapping[str, Any]) -> Iterable[tuple[tuple[float, float], ...]]:
    """The outer rings of a polygon or several."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    if geometry["type"] in {"Polygon", "MultiPolygon"}:
        for polygon in polygons:
            yield tuple((float(point[0]), float(point[1])) for point in polygon[0])


def place_positions(exploring: Explorable, view: View) -> dict[str, tuple[float, float]]:
    """Place → where its interviews lie, coarsened (longitude, latitude); of places whose base may be shown."""
    if view.selection.by not in exploring.places:
        return {}
    middles, shown = _middles(exploring.source, view.selection.by, view.minimum), view.bases
    return {place: middle for place, middle in middles.items() if shown.get(place) is not None}


def _middles(source: AnswerSource, by: str, minimum: int) -> dict[str, tuple[float, float]]:
    """Where the interviews of each place lie, of places with so many; made once."""
    key = "middles", by, minimum
    if key in source.kept:
        known: dict[str, tuple[float, float]] = source.kept[key]
        return known
    made: dict[str, tuple[float, float]] = {}
    found = next((name for name in source.form.questions if name.type == "geopoint" and not name.repeats), None)
    heads = [] if found is None else [f"{found.name}.{part}" for part in ("latitude", "longitude")]
    if found is not None and set(heads) <= set(source.columns):
        positions = source.frame[[by, *heads]].dropna()
        grouped = positions.groupby(positions[by].astype("string"))[heads]
        middles = grouped.median()[grouped.size() >= minimum].astype(float).round(_ROUNDED)
        made = {str(place): (row[heads[1]], row[heads[0]]) for place, row in middles.iterrows()}
    source.kept[key] = made
    return made


def place_map(
    view: View,
    languages: Languages,
    positions: Mapping[str, tuple[float, float]],
    areas: Areas | None = None,
    answer: str | None = None,
) -> str:
    """The map of one answer's shares, by default the most frequent one; "" where no place has a position."""
    need = answer or next((each for each in view.need_order if each not in view.no_needs), None)
    rows = view.places[view.places["need"] == need].set_index("place")
    outlines = _outlines(view, areas)
    drawn = {place: rings for place, rings in outlines.items() if rings} or {p: [] for p in positions if p != UNKNOWN}
    if need is None or (not outlines and len(positions) < 2):
        return ""
    points = [point for rings in outlines.values() for ring in rings for point in ring] or list(positions.values())
    frame = _Frame.around(points)
    shapes = ""
    for place in [place for place in drawn if place in rows.index]:
        body, at = _area(frame, drawn[place]) if drawn[place] else _circle(frame, positions[place])
        shapes += _shape(place_name(view, place, languages[:1]), rows["share"][place], body, at)
    name = texts({language: view.need_labels[language][need] for language in LANGUAGES}, languages)
    heard = escape(TITLE.in_language(languages[0]) + view.need_labels[languages[0]][need])
    svg = f'<svg viewBox="0 0 {_WIDTH} {frame.height:.0f}" role="img" aria-label="{heard}">{shapes}</svg>'
    return f'<section class="lw-map"><h3>{said(TITLE, languages)}{name}</h3>{svg}</section>'


def _outlines(view: View, areas: Areas | None) -> dict[str, list[Ring]]:
    if areas is None:
        return {}
    found = {
        place: areas.rings({place, *(view.place_labels[language][place] for language in LANGUAGES)}) for place in view.place_order
    }
    if not any(found.values()):
        listed = ", ".join(view.place_order[:8])
        raise LiuwenError(NO_NAMES_MATCH.filled(file=areas.file, places=listed))
    return found


@dataclass(frozen=True)
class _Frame:
    """From longitude and latitude to the picture: plain, with the width of a degree at the middle latitude."""

    west: float
    north: float
    scale: float
    narrowing: float
    height: float

    @classmethod
    def around(cls, points: Sequence[tuple[float, float]]) -> "_Frame":
        xs, ys = [x for x, _ in points], [y for _, y in points]
        narrowing = math.cos(math.radians((min(ys) + max(ys)) / 2))
        wide, high = max((max(xs) - min(xs)) * narrowing, 1e-3), max(max(ys) - min(ys), 1e-3)
        scale = min((_WIDTH - 2 * _EDGE) / wide, 420 / high)
        return cls(min(xs), max(ys), scale, narrowing, high * scale + 2 * _EDGE)

    def at(self, point: tuple[float, float]) -> tuple[float, float]:
        x, y = point
        return _EDGE + (x - self.west) * self.narrowing * self.scale, _EDGE + (self.north - y) * self.scale


def _area(frame: _Frame, rings: list[Ring]) -> tuple[str, tuple[float, float]]:
    """An area and where its number stands."""
    lines = ["M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(frame.at, ring)) + "Z" for ring in rings]
    corners = [frame.at(point) for point in max(rings, key=len)]
    x, y = (sum(each) / len(corners) for each in zip(*corners, strict=True))
    return f'<path d="{"".join(lines)}"', (x, y)


def _circle(frame: _Frame, position: tuple[float, float]) -> tuple[str, tuple[float, float]]:
    x, y = frame.at(position)
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="15"', (x, y)


def _shape(name: str, share: float, body: str, at: tuple[float, float]) -> str:
    """A place in the colour of its share, with its percent and its name."""
    paint, word = (WITHHELD, "·") if pd.isna(share) else (colour(share), f"{share * 100:.0f}")
    x, y = at
    figure = f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle" style="fill:{ink_on(paint)}">{word}</text>'
    label = f'<text x="{x:.1f}" y="{y + 30:.1f}" text-anchor="middle">{name}</text>'
    return f'<g><title>{name}: {word}</title>{body} fill="{paint}" stroke="#5b6770"/>{figure}{label}</g>'
