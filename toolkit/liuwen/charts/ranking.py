"""The live ranking: the answers of some places in order with their intervals, and where all households together stand."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from liuwen.charts.cells import cell_meanings, cell_words
from liuwen.charts.heatmap import NARROW, ROW
from liuwen.charts.theme import ACCENT, INTERVAL, MUTED, PAPER, WITHHELD_INK, template
from liuwen.charts.view import View
from liuwen.charts.wrapping import wrapped
from liuwen.messages import Language, Sentence

if TYPE_CHECKING:
    import plotly.graph_objects as go

AXIS = Sentence(zh="占被问到者的百分比", en="percent of those asked")
AXIS_OF_ONE = Sentence(zh="占被问到者的百分比（◇ 为全部）", en="percent of those asked (◇ all together)")
HEAD = 46
"""Height of the axis and its title, in pixels."""


def ranking() -> "go.Figure":
    """An empty ranking: a trace for shares with their intervals, one for all households, one for what is withheld."""
    import plotly.graph_objects as go

    shares = go.Scatter(x=[0], y=[0], mode="markers", marker={"size": 10, "color": ACCENT}, cliponaxis=False)
    shares.error_x = {
        "type": "data",
        "symmetric": False,
        "array": [0],
        "arrayminus": [0],
        "thickness": 4,
        "width": 0,
        "color": INTERVAL,
    }
    whole = go.Scatter(x=[0], y=[0], mode="markers", cliponaxis=False)
    whole.marker = {"size": 9, "symbol": "diamond", "color": PAPER, "line": {"color": MUTED, "width": 1.5}}
    withheld = go.Scatter(x=[0], y=[0], mode="text", textposition="middle right", textfont={"color": WITHHELD_INK, "size": 12})
    figure = go.Figure([whole, shares, withheld], layout={"template": template(), "showlegend": False, "dragmode": False})
    figure.update_traces(hovertemplate="%{customdata}<extra></extra>")
    figure.update_layout(yaxis={"showgrid": False}, xaxis={"ticksuffix": "%", "tickangle": 0, "side": "top"})
    return figure


def update_ranking(figure: "go.Figure", view: View, places: Sequence[str] | None, language: Language, width: int) -> None:
    """Show the answers of some places together in order, or of all households if `places` is empty."""
    rows = view.in_order(places)
    rows = rows.assign(
        said=cell_meanings(rows, view.minimum, language, view.counted),
        words=cell_words(rows, view.minimum, language, counted=view.counted),
    )
    labels = 112 if width < NARROW else 160
    names = [wrapped(view.need_labels[language][need], labels - 12, lines=2) for need in rows["need"]]
    shown, whole = rows[rows["share"].notna()], _whole(view, places, rows)
    withheld = rows[rows["share"].isna()]
    far = max([10.0, *shown["high"] * 100, *whole["share"] * 100]) * 1.04
    with figure.batch_update():
        _update_points(figure, shown, whole, withheld)
        figure.update_yaxes(tickvals=list(range(len(rows))), ticktext=names, tickmode="array", range=[len(rows) - 0.5, -0.5])
        figure.update_yaxes(tickfont={"size": 11 if width < NARROW else 12})
        title = (AXIS_OF_ONE if places else AXIS).in_language(language)
        figure.update_xaxes(nticks=4 if width < NARROW else 7)
        figure.update_xaxes(range=[0, far], title={"text": title, "font": {"size": 12, "color": MUTED}, "standoff": 6})
        figure.layout.width, figure.layout.height = width, HEAD + ROW * len(rows) + 4
        figure.layout.margin = {"l": labels, "r": 14, "t": HEAD, "b": 4, "pad": 4}


def _whole(view: View, places: Sequence[str] | None, rows: pd.DataFrame) -> pd.DataFrame:
    """Where all households stand, at the rows of a ranking of places."""
    if not places:
        return view.whole.iloc[:0]
    whole = view.whole.set_index("need").loc[rows["need"]].reset_index()
    return whole[whole["share"].notna()]


def _update_points(figure: "go.Figure", shown: pd.DataFrame, whole: pd.DataFrame, withheld: pd.DataFrame) -> None:
    percent, low, high = (shown[end].to_numpy(dtype=float) * 100 for end in ("share", "low", "high"))
    inks = np.where(shown["rank"].isna(), MUTED, ACCENT)
    figure.data[0].update(x=whole["share"].to_numpy(dtype=float) * 100, y=whole.index.to_numpy(), hoverinfo="skip")
    figure.data[1].update(x=percent, y=shown.index.to_numpy(), customdata=shown["said"].to_numpy(), marker={"color": inks})
    figure.data[1].error_x.update(array=high - percent, arrayminus=percent - low)
    figure.data[2].update(
        x=np.zeros(len(withheld)),
        y=withheld.index.to_numpy(),
        text=withheld["words"].to_numpy(),
        customdata=withheld["said"].to_numpy(),
    )
