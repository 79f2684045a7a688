"""A plotly chart that is live in a notebook, however slow the machine.

plotly's own FigureWidget carries five megabytes of script in every chart, and a browser that needs over two seconds to
read them never hears of any change again. Here the chart itself is small; plotly.js is sent once a page, when it is asked for.
"""

import gzip
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import plotly.graph_objects as go
import traitlets
from plotly.offline import get_plotlyjs


class Chart(anywidget.AnyWidget):
    """Shows `plot`, a plotly figure; change that and call `draw()`. `clicked` is the last point pressed, as [x, y]."""

    _esm = Path(__file__).parent / "assets" / "chart.js"
    figure = traitlets.Unicode().tag(sync=True)
    clicked: traitlets.List[float] = traitlets.List().tag(sync=True)

    def __init__(self, plot: go.Figure) -> None:
        super().__init__(figure=plot.to_json())
        self.plot = plot
        self.on_msg(self._asked)

    def draw(self) -> None:
        """Show the plot as it is now."""
        self.figure = self.plot.to_json()

    def _asked(self, _: object, content: dict[str, Any], __: object) -> None:
        if content.get("kind") == "plotly":
            self.send({"kind": "plotly"}, [_plotly()])


@cache
def _plotly() -> bytes:
    return gzip.compress(get_plotlyjs().encode("utf-8"), compresslevel=6)
