"""Buttons that make a file when they are pressed, and not before."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

KINDS = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".html": "text/html",
}


class Downloads(anywidget.AnyWidget):
    """`options` are [ending, words] pairs; `make` gives the name and the bytes of the file with an ending."""

    _esm = Path(__file__).parent / "assets" / "downloads.js"
    options = traitlets.List(trait=traitlets.List(traitlets.Unicode(), minlen=2, maxlen=2)).tag(sync=True)
    description = traitlets.Unicode().tag(sync=True)

    def __init__(self, make: Callable[[str], tuple[str, bytes]]) -> None:
        super().__init__()
        self._make = make
        self.on_msg(self._asked)

    def _asked(self, _: object, content: dict[str, Any], __: object) -> None:
        ending = content.get("make")
        if ending in KINDS:
            name, data = self._make(ending)
            self.send({"name": name, "type": KINDS[ending]}, [data])
