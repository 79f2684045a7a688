"""The live view of a town: what a view offers to choose, its page, and the same as a page without scripts."""

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from liuwen.campaign.months.html import page_fragment, page_html
from liuwen.campaign.months.pages import in_words
from liuwen.charts.theme import FONTS
from liuwen.explorers.debounce import Debounced
from liuwen.explorers.options import offer_options
from liuwen.messages import Language, language_in_force

if TYPE_CHECKING:
    import pandas as pd

    from liuwen.campaign.views import TownView

_WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


class TownExplorer(widgets.VBox):  # type: ignore[misc]  # ipywidgets is not typed
    """Duties, coverage or the roster of a town to look through in a notebook; made by `explore(campaign, of="duties")`.

    `shown` is the table of what is chosen, `choose(village="V02")` chooses, `save(path)` writes what is shown as a page that
    needs neither kernel nor network.
    """

    def __init__(self, view: "TownView", language: Language | None = None) -> None:
        self._view = view
        self._speaking = False
        self._language = widgets.ToggleButtons(options=[("中文", "zh"), ("English", "en")], value=language or language_in_force())
        self._controls = {choice.id: widgets.Dropdown(options=[("", "")]) for choice in view.choices({})}
        self._page = widgets.HTML()
        self._later = Debounced(self._refresh)
        self._refresh()
        boxes = [_box("lw-top", [self._language]), _box("lw-controls", list(self._controls.values()))]
        super().__init__(children=[_style(), *boxes, self._page])
        self.add_class("liuwen-explorer")
        for control in (self._language, *self._controls.values()):
            control.observe(self._changed, "value")

    @property
    def language(self) -> Language:
        """The current language of all texts."""
        chosen: Language = self._language.value
        return chosen

    @property
    def chosen(self) -> dict[str, str]:
        """What the controls are set to; "" is everything."""
        return {id: control.value for id, control in self._controls.items()}

    @property
    def shown(self) -> "pd.DataFrame":
        """The rows of what is chosen."""
        return self._view.table(self.chosen)

    def choose(self, **values: str) -> None:
        """Set controls.

        Args:
            **values: Control → value, such as `village="V02"`.
        """
        for id, value in values.items():
            self._controls[id].value = value

    def save(self, path: str | Path) -> Path:
        """Write what is shown as an HTML page that needs neither kernel nor network.

        Args:
            path: The file.

        Returns:
            The path.
        """
        target = Path(path)
        target.write_text(page_html(self._view.page(self.chosen), self.language), encoding="utf-8")
        return target

    def static(self) -> str:
        """What is shown now as an HTML fragment that needs no kernel."""
        return f'<div class="liuwen-static">{page_fragment(self._view.page(self.chosen), self.language)}</div>'

    def _ipython_display_(self) -> None:
        """The static view first, for readers without a kernel; the live one, where it runs, takes its place."""
        from IPython.display import publish_display_data

        publish: Any = publish_display_data
        hiding = files("liuwen.explorers").joinpath("assets/twins.css").read_text(encoding="utf-8")
        publish({"text/html": f"<style>{hiding}</style>{self.static()}", "text/plain": repr(self)})
        live = {_WIDGET_VIEW: {"version_major": 2, "version_minor": 0, "model_id": self.model_id}, "text/plain": repr(self)}
        publish(live)

    def __repr__(self) -> str:
        return f"<TownExplorer: {len(self.shown)} rows>"

    def _changed(self, _: object) -> None:
        if not self._speaking:
            self._later()

    def _refresh(self) -> None:
        self._speaking = True
        for choice in self._view.choices(self.chosen):
            control = self._controls[choice.id]
            control.description = choice.label.in_language(self.language)
            offer_options(control, [(in_words(words, self.language), value) for words, value in choice.options])
        self._speaking = False
        self._page.value = page_fragment(self._view.page(self.chosen), self.language)


def _box(name: str, children: list[Any]) -> Any:
    box = widgets.Box(children)
    box.add_class(name)
    return box


def _style() -> Any:
    css = files("liuwen.explorers").joinpath("assets/explorer.css").read_text(encoding="utf-8").replace("var(--fonts)", FONTS)
    return widgets.HTML(f"<style>{css}</style>", layout={"display": "none"})
