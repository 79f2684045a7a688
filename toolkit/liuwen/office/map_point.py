"""A picture of where an answer was taken, among the others: no map service is asked, so nothing leaves the computer."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, log10, radians

WIDTH, HEIGHT, MARGIN = 320, 220, 24
_METRES = 111_320.0
"""Of a degree of latitude."""
_SMALLEST = 200.0
"""Metres that the picture shows at least."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A position in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class PointMap:
    """A picture: the points in its pixels, a bar of a round length, and the position in words."""

    here: tuple[float, float]
    others: tuple[tuple[float, float], ...]
    bar: float
    bar_text: str
    position: str
    width: int = WIDTH
    height: int = HEIGHT


def map_of(here: Spot | None, others: Sequence[Spot]) -> PointMap | None:
    """The picture; None without a position.

    >>> drawn = map_of(Spot(30.0, 120.0), [Spot(30.0, 120.0), Spot(30.01, 120.0)])
    >>> drawn.bar_text, drawn.position
    ('500 m', '30.00000, 120.00000')
    """
    if here is None:
        return None
    everywhere = [here, *others]
    middle = radians(here.latitude)
    north = [(spot.latitude - here.latitude) * _METRES for spot in everywhere]
    east = [(spot.longitude - here.longitude) * _METRES * cos(middle) for spot in everywhere]
    scale = min(
        (WIDTH - 2 * MARGIN) / max(max(east) - min(east), _SMALLEST),
        (HEIGHT - 2 * MARGIN) / max(max(north) - min(north), _SMALLEST),
    )
    x0, y0 = (max(east) + min(east)) / 2, (max(north) + min(north)) / 2
    placed = [
        (round(WIDTH / 2 + (x - x0) * scale, 1), round(HEIGHT / 2 - (y - y0) * scale, 1))
        for x, y in zip(east, north, strict=True)
    ]
    length = _round_length(WIDTH / 3 / scale)
    text = f"{length / 1000:g} km" if length >= 1000 else f"{length:g} m"
    return PointMap(
        placed[0], tuple(dict.fromkeys(placed[1:])), round(length * scale, 1), text, f"{here.latitude:.5f}, {here.longitude:.5f}"
    )


def _round_length(longest: float) -> float:
    """1, 2 or 5 times a power of ten."""
    power = 10.0 ** int(log10(longest))
    return float(next(power * part for part in (5, 2, 1, 0.5) if power * part <= longest))
