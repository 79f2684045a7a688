"""The live heatmap of needs × places, as plotly's JSON."""

from functools import cache
from math import isnan
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.charts.cells import cell_meanings, cell_words
from liuwen.charts.theme import ACCENT, PAPER, SCALE, TEMPLATE, WITHHELD, WITHHELD_INK, colour, ink_on
from liuwen.charts.view import View
from liuwen.charts.wrapping import text_width, wrapped
from liuwen.messages import Language

ROW = 30
"""Height of a row, in pixels."""
NARROW = 560
"""Below this width in pixels, words are wrapped shorter and set smaller."""
_SHADES = [list(stop) for stop in SCALE]
_PARTS = ((_SHADES, "#000000"), (_SHADES, PAPER), ([[0, WITHHELD], [1, WITHHELD]], WITHHELD_INK))
"""Colours and ink of the light shades, the dark ones, and what is withheld."""


def heatmap(view: View, places: list[str], language: Language, *, width: int, chosen: str | None = None) -> dict[str, Any]:
    """The heatmap of `places` in `width` pixels, or more where they need it, as plotly's JSON; `chosen` is the place to mark.

    A trace for the light shades, one for the dark, whose words are white, one for what is withheld.
    """
    narrow = width < NARROW
    labels = 96 if narrow else 172
    size = 11 if narrow else 13
    cell = max((width - labels - 4) / len(places), 21 if narrow else 30)
    across, tilted, head = _heads(view, places, language, cell)
    down = [wrapped(view.need_labels[language][need], (labels - 8) * 13 // size, lines=2) for need in view.need_order]
    ticks = {"showgrid": False, "tickfont": {"size": 11 if narrow else 12}, "tickmode": "array"}
    columns, rows = list(range(len(places))), list(range(len(down)))
    top = {"side": "top", "tickvals": columns, "ticktext": across, "tickangle": -90 if tilted else 0}
    return {
        "data": _traces(view, places, language, size, compact=cell < 36),
        "layout": {
            "template": TEMPLATE,
            "dragmode": False,
            "xaxis": {**top, "range": [-0.5, len(columns) - 0.5], **ticks},
            "yaxis": {"tickvals": rows, "ticktext": down, "range": [len(rows) - 0.5, -0.5], **ticks},
            "width": labels + cell * len(places) + 4,
            "height": head + ROW * len(rows) + 4,
            "margin": {"l": labels, "r": 4, "t": head, "b": 4, "pad": 3},
            "shapes": _mark(places, len(rows), chosen),
        },
    }


def _traces(view: View, places: list[str], language: Language, size: int, *, compact: bool) -> list[dict[str, Any]]:
    at = view.cells(places)
    share = view.places["share"].to_numpy(dtype=float)[at] / view.top
    words = _texts(cell_words(view.places, view.minimum, language, compact, view.counted), at)
    named = _named(_texts(cell_meanings(view.places, view.minimum, language, view.counted), at), view, places, language)
    withheld = np.isnan(share)
    dark = np.array([[not isnan(part) and _is_dark(part) for part in row] for row in share.tolist()], dtype=bool)
    common = {
        "type": "heatmap", "x": list(range(len(places))), "y": list(range(len(at))), "zmin": 0, "zmax": 1, "customdata": named,
        "texttemplate": "%{text}", "hovertemplate": "%{customdata}<extra></extra>", "hoverongaps": False, "showscale": False,
        "xgap": 2, "ygap": 2,
    }  # fmt: skip
    drawn = []
    for (scale, ink), here in zip(_PARTS, (~dark & ~withheld, dark, withheld), strict=True):
        numbers = np.where(here, np.where(withheld, 1.0, share), np.nan)
        text = np.where(here, words, "").tolist()
        drawn.append(
            {**common, "colorscale": scale, "z": _without_nan(numbers), "text": text, "textfont": {"color": ink, "size": size}}
        )
    return drawn


@cache
def _is_dark(share: float) -> bool:
    return ink_on(colour(share)) == PAPER


def _without_nan(numbers: NDArray[np.float64]) -> list[list[float | None]]:
    """Rows of numbers as JSON can hold them; a message with a NaN in it is lost on its way to the browser."""
    return [[None if isnan(value) else value for value in row] for row in numbers.tolist()]


def _texts(column: pd.Series, at: NDArray[np.intp]) -> NDArray[np.object_]:
    return np.asarray(column.to_numpy(dtype=object)[at])


def _heads(view: View, places: list[str], language: Language, cell: float) -> tuple[list[str], bool, int]:
    """The places' names with how many were asked, whether they must be tilted to fit, and the height they take."""
    bases, labels = view.bases, view.place_labels[language]
    asked = ["n=·" if bases[place] is None else f"n={bases[place]}" for place in places]
    names = [wrapped(labels[place], int(cell), lines=2) for place in places]
    if all(text_width(part) <= cell for name in names for part in name.split("<br>")) and not any("…" in name for name in names):
        heads = [f"{name}<br><i>{base}</i>" for name, base in zip(names, asked, strict=True)]
        return heads, False, 12 + 16 * max(head.count("<br>") + 1 for head in heads)
    heads = [f"{wrapped(labels[place], 130, lines=1)} <i>{base}</i>" for place, base in zip(places, asked, strict=True)]
    return heads, True, 14 + round(max(text_width(head.replace("<i>", "").replace("</i>", "")) for head in heads) * 0.95)


def _named(said: NDArray[np.object_], view: View, places: list[str], language: Language) -> list[list[str]]:
    """The tooltip of each cell, headed by its place and need."""
    above = np.array([f"<b>{view.place_labels[language][place]}</b> · " for place in places], dtype=object)
    beside = np.array([f"{view.need_labels[language][need]}<br>" for need in view.need_order], dtype=object)
    named: list[list[str]] = (above[np.newaxis, :] + beside[:, np.newaxis] + said).tolist()
    return named


def _mark(places: list[str], height: int, chosen: str | None) -> list[dict[str, Any]]:
    if chosen not in places:
        return []
    at = places.index(chosen)
    return [
        {"type": "rect", "x0": at - 0.5, "x1": at + 0.5, "y0": -0.5, "y1": height - 0.5, "line": {"color": ACCENT, "width": 2}}
    ]
