"""A plotly chart that is live in a notebook, however slow the machine.

plotly's own FigureWidget carries five megabytes of script in every chart, and a browser that needs over two seconds to
read them never hears of any change again. Here the chart itself is small; plotly.js is sent once a page, when it is asked for.
"""

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets


class Chart(anywidget.AnyWidget):
    """Shows `plot`, a figure as plotly's JSON; `draw` shows another. `clicked` is the last point pressed, as [x, y]."""

    _esm = Path(__file__).parent / "assets" / "chart.js"
    figure = traitlets.Unicode().tag(sync=True)
    clicked: traitlets.List[float] = traitlets.List().tag(sync=True)

    def __init__(self, plot: dict[str, Any]) -> None:
        super().__init__(figure=_as_text(plot))
        self.plot = plot
        self.on_msg(self._asked)

    def draw(self, plot: dict[str, Any]) -> None:
        """Show another plot in place of the last."""
        self.plot = plot
        self.figure = _as_text(plot)

    def _asked(self, _: object, content: dict[str, Any], __: object) -> None:
        if content.get("kind") == "plotly":
            self.send({"kind": "plotly"}, [_plotly()])


def _as_text(plot: dict[str, Any]) -> str:
    return json.dumps(plot, ensure_ascii=False, allow_nan=False)


@cache
def _plotly() -> bytes:
    from plotly.offline import get_plotlyjs

    return gzip.compress(get_plotlyjs().encode("utf-8"), compresslevel=6)
