"""A row of switches for choosing places, which also measures how wide the explorer is; quick by mouse, finger and keyboard."""

from pathlib import Path

import anywidget
import traitlets


class Chips(anywidget.AnyWidget):
    """`options` are [label, value] pairs, `value` the chosen ones, [] for all; `width` is the room there is, in pixels."""

    _esm = Path(__file__).parent / "assets" / "chips.js"
    options = traitlets.List(trait=traitlets.List(traitlets.Unicode(), minlen=2, maxlen=2)).tag(sync=True)
    value = traitlets.List(traitlets.Unicode()).tag(sync=True)
    all = traitlets.Unicode().tag(sync=True)
    description = traitlets.Unicode().tag(sync=True)
    width = traitlets.Int(1000).tag(sync=True)
