"""The boxes and the style sheet of an explorer."""

from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Any

import ipywidgets as widgets

from liuwen.charts.theme import FONTS
from liuwen.messages import Language


def box(name: str, children: Sequence[Any], kind: Callable[..., Any] = widgets.Box) -> Any:
    """A box with a class for the style sheet."""
    made = kind(children=list(children))
    made.add_class(name)
    return made


def style(more: str = "") -> Any:
    """The style sheet of explorers, after `more`."""
    css = files("liuwen.explorers").joinpath("assets/explorer.css").read_text(encoding="utf-8").replace("var(--fonts)", FONTS)
    return widgets.HTML(f"<style>{more}{css}</style>", layout={"display": "none"})


def language_switch(language: Language) -> Any:
    """The two languages, each called in its own."""
    return widgets.ToggleButtons(options=[("中文", "zh"), ("English", "en")], value=language)
