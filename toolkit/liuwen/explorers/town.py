"""The live view of a town: what a view offers to choose, its page, and the same as a page without scripts."""

from typing import TYPE_CHECKING

import ipywidgets as widgets

from liuwen.campaign.months.pages import in_words
from liuwen.explorers.debounce import Debounced
from liuwen.explorers.layout import box, style
from liuwen.explorers.options import offer_options
from liuwen.explorers.page_explorer import PageExplorer
from liuwen.messages import Language

if TYPE_CHECKING:
    import pandas as pd

    from liuwen.campaign.months.pages import TownPage
    from liuwen.campaign.views import TownView


class TownExplorer(PageExplorer):
    """Duties, coverage or the roster of a town to look through in a notebook; made by `explore(campaign, of="duties")`.

    `shown` is the table of what is chosen, `choose(village="V02")` chooses, `save(path)` writes what is shown as a page that
    needs neither kernel nor network.
    """

    def __init__(self, view: "TownView", language: Language | None = None) -> None:
        super().__init__(language)
        self._view = view
        self._speaking = False
        self._controls = {choice.id: widgets.Dropdown(options=[("", "")]) for choice in view.choices({})}
        self._later = Debounced(self._refresh)
        self._refresh()
        controls = box("lw-controls", list(self._controls.values()))
        self.children = [style(), box("lw-top", [self._language]), controls, self._page]
        for control in (self._language, *self._controls.values()):
            control.observe(self._changed, "value")

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

    def _shown_page(self) -> "TownPage":
        return self._view.page(self.chosen)

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
        self._draw()
