"""The live ranking: the answers of some places in order with their intervals, and where all households together stand."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from liuwen.charts.cells import cell_meanings, cell_words
from liuwen.charts.heatmap import NARROW, ROW
from liuwen.charts.theme import ACCENT, INTERVAL, MUTED, PAPER, TEMPLATE, WITHHELD_INK
from liuwen.charts.view import View
from liuwen.charts.wrapping import wrapped
from liuwen.messages import Language, Sentence

AXIS = Sentence(zh="占被问到者的百分比", en="percent of those asked")
AXIS_OF_ONE = Sentence(zh="占被问到者的百分比（◇ 为全部）", en="percent of those asked (◇ all together)")
HEAD = 46
"""Height of the axis and its title, in pixels."""


def ranking(view: View, places: Sequence[str] | None, language: Language, width: int) -> dict[str, Any]:
    """The answers of some places together in order, or of all households if `places` is empty, as plotly's JSON.

    A trace for all households beside the places, one for shares with their intervals, one for what is withheld.
    """
    rows = view.in_order(places)
    rows = rows.assign(
        said=cell_meanings(rows, view.minimum, language, view.counted),
        words=cell_words(rows, view.minimum, language, counted=view.counted),
    )
    narrow = width < NARROW
    labels = 112 if narrow else 160
    names = [wrapped(view.need_labels[language][need], labels - 12, lines=2) for need in rows["need"]]
    shown, whole = rows[rows["share"].notna()], _whole(view, places, rows)
    far = max([10.0, *shown["high"] * 100, *whole["share"] * 100]) * 1.04
    said = (AXIS_OF_ONE if places else AXIS).in_language(language)
    title = {"text": said, "font": {"size": 12, "color": MUTED}, "standoff": 6}
    across = {"ticksuffix": "%", "tickangle": 0, "side": "top", "nticks": 4 if narrow else 7}
    down = {
        "tickvals": list(range(len(rows))),
        "ticktext": names,
        "tickmode": "array",
        "tickfont": {"size": 11 if narrow else 12},
    }
    return {
        "data": _traces(shown, whole, rows[rows["share"].isna()]),
        "layout": {
            "template": TEMPLATE,
            "showlegend": False,
            "dragmode": False,
            "xaxis": {**across, "range": [0, far], "title": title},
            "yaxis": {"showgrid": False, **down, "range": [len(rows) - 0.5, -0.5]},
            "width": width,
            "height": HEAD + ROW * len(rows) + 4,
            "margin": {"l": labels, "r": 14, "t": HEAD, "b": 4, "pad": 4},
        },
    }


def _whole(view: View, places: Sequence[str] | None, rows: pd.DataFrame) -> pd.DataFrame:
    """Where all households stand, at the rows of a ranking of places."""
    if not places:
        return view.whole.iloc[:0]
    whole = view.whole.set_index("need").loc[rows["need"]].reset_index()
    return whole[whole["share"].notna()]


def _traces(shown: pd.DataFrame, whole: pd.DataFrame, withheld: pd.DataFrame) -> list[dict[str, Any]]:
    percent, low, high = (shown[end].to_numpy(dtype=float) * 100 for end in ("share", "low", "high"))
    ends = {"type": "data", "symmetric": False, "array": (high - percent).tolist(), "arrayminus": (percent - low).tolist()}
    common = {"type": "scatter", "hovertemplate": "%{customdata}<extra></extra>"}
    line = {"color": MUTED, "width": 1.5}
    return [
        {
            **common, "mode": "markers", "cliponaxis": False, "hoverinfo": "skip",
            "x": (whole["share"].to_numpy(dtype=float) * 100).tolist(), "y": whole.index.tolist(),
            "marker": {"size": 9, "symbol": "diamond", "color": PAPER, "line": line},
        },
        {
            **common, "mode": "markers", "cliponaxis": False, "x": percent.tolist(), "y": shown.index.tolist(),
            "customdata": shown["said"].tolist(), "error_x": {**ends, "thickness": 4, "width": 0, "color": INTERVAL},
            "marker": {"size": 10, "color": np.where(shown["rank"].isna(), MUTED, ACCENT).tolist()},
        },
        {
            **common, "mode": "text", "textposition": "middle right", "textfont": {"color": WITHHELD_INK, "size": 12},
            "x": [0] * len(withheld), "y": withheld.index.tolist(), "text": withheld["words"].tolist(),
            "customdata": withheld["said"].tolist(),
        },
    ]  # fmt: skip
