"""The live heatmap of needs × places: made once, then only updated."""

from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from liuwen.charts.cells import cell_meanings, cell_words
from liuwen.charts.theme import ACCENT, PAPER, SCALE, WITHHELD, WITHHELD_INK, colour, ink_on, template
from liuwen.charts.view import View
from liuwen.charts.wrapping import text_width, wrapped
from liuwen.messages import Language

if TYPE_CHECKING:
    import plotly.graph_objects as go

ROW = 30
"""Height of a row, in pixels."""
NARROW = 560
"""Below this width in pixels, words are wrapped shorter and set smaller."""


def heatmap() -> "go.Figure":
    """An empty heatmap: a trace for the light shades, one for the dark, whose words are white, one for what is withheld."""
    import plotly.graph_objects as go

    shades, grey = [list(stop) for stop in SCALE], [[0, WITHHELD], [1, WITHHELD]]
    parts = [(shades, "#000000"), (shades, PAPER), (grey, WITHHELD_INK)]
    traces = [go.Heatmap(z=[[0]], colorscale=scale, zmin=0, zmax=1, textfont={"color": ink}) for scale, ink in parts]
    figure = go.Figure(traces, layout={"template": template(), "dragmode": False})
    figure.update_traces(texttemplate="%{text}", hovertemplate="%{customdata}<extra></extra>", hoverongaps=False)
    figure.update_traces(showscale=False, xgap=2, ygap=2)
    figure.update_layout(xaxis={"side": "top", "showgrid": False}, yaxis={"showgrid": False})
    return figure


def update_heatmap(
    figure: "go.Figure", view: View, places: list[str], language: Language, *, width: int, chosen: str | None = None
) -> None:
    """Show `places` of the view in `width` pixels, or more where they need it; `chosen` is the place to mark."""
    narrow = width < NARROW
    labels = 96 if narrow else 172
    size = 11 if narrow else 13
    cell = max((width - labels - 4) / len(places), 21 if narrow else 30)
    across, tilted, head = _heads(view, places, language, cell)
    down = [wrapped(view.need_labels[language][need], (labels - 8) * 13 // size, lines=2) for need in view.need_order]
    columns, rows = list(range(len(places))), list(range(len(down)))
    ticks = {"tickfont": {"size": 11 if narrow else 12}, "tickmode": "array"}
    with figure.batch_update():
        _update_cells(figure, view, places, language, compact=cell < 36)
        figure.update_traces(x=columns, y=rows, textfont_size=size)
        figure.update_xaxes(
            tickvals=columns, ticktext=across, tickangle=-90 if tilted else 0, range=[-0.5, len(columns) - 0.5], **ticks
        )
        figure.update_yaxes(tickvals=rows, ticktext=down, range=[len(rows) - 0.5, -0.5], **ticks)
        figure.layout.width, figure.layout.height = labels + cell * len(places) + 4, head + ROW * len(rows) + 4
        figure.layout.margin = {"l": labels, "r": 4, "t": head, "b": 4, "pad": 3}
        figure.layout.shapes = _mark(places, len(rows), chosen)


def _update_cells(figure: "go.Figure", view: View, places: list[str], language: Language, *, compact: bool) -> None:
    part = view.matrix("share")[places] / view.top
    table = view.places.assign(
        words=cell_words(view.places, view.minimum, language, compact, view.counted),
        said=cell_meanings(view.places, view.minimum, language, view.counted),
    )
    words, said = (_matrix(table, column, view, places) for column in ("words", "said"))
    withheld = part.isna()
    dark = part.fillna(0.0).map(lambda share: ink_on(colour(share)) == PAPER)
    named = _named(said, view, places, language)
    for trace, here in zip(figure.data, (~dark & ~withheld, dark, withheld), strict=True):
        numbers = part.mask(withheld, 1.0).where(here)
        trace.update(z=_without_nan(numbers), text=words.where(here, "").to_numpy(), customdata=named)


def _without_nan(numbers: pd.DataFrame) -> list[list[float | None]]:
    """Rows of numbers as JSON can hold them; a message with a NaN in it is lost on its way to the browser."""
    return [[None if isnan(value) else value for value in row] for row in numbers.to_numpy(dtype=float).tolist()]


def _matrix(table: pd.DataFrame, column: str, view: View, places: list[str]) -> pd.DataFrame:
    return table.pivot(index="need", columns="place", values=column).loc[view.need_order, places]


def _heads(view: View, places: list[str], language: Language, cell: float) -> tuple[list[str], bool, int]:
    """The places' names with how many were asked, whether they must be tilted to fit, and the height they take."""
    bases, labels = view.bases(), view.place_labels[language]
    asked = ["n=·" if bases[place] is None else f"n={bases[place]}" for place in places]
    names = [wrapped(labels[place], int(cell), lines=2) for place in places]
    if all(text_width(part) <= cell for name in names for part in name.split("<br>")) and not any("…" in name for name in names):
        heads = [f"{name}<br><i>{base}</i>" for name, base in zip(names, asked, strict=True)]
        return heads, False, 12 + 16 * max(head.count("<br>") + 1 for head in heads)
    heads = [f"{wrapped(labels[place], 130, lines=1)} <i>{base}</i>" for place, base in zip(places, asked, strict=True)]
    return heads, True, 14 + round(max(text_width(head.replace("<i>", "").replace("</i>", "")) for head in heads) * 0.95)


def _named(said: pd.DataFrame, view: View, places: list[str], language: Language) -> Any:
    """The tooltip of each cell, headed by its place and need."""
    above = np.array([f"<b>{view.place_labels[language][place]}</b> · " for place in places], dtype=object)
    beside = np.array([f"{view.need_labels[language][need]}<br>" for need in said.index], dtype=object)
    return above[np.newaxis, :] + beside[:, np.newaxis] + said.to_numpy(dtype=object)


def _mark(places: list[str], height: int, chosen: str | None) -> list[dict[str, Any]]:
    if chosen not in places:
        return []
    at = places.index(chosen)
    return [
        {"type": "rect", "x0": at - 0.5, "x1": at + 0.5, "y0": -0.5, "y1": height - 0.5, "line": {"color": ACCENT, "width": 2}}
    ]
