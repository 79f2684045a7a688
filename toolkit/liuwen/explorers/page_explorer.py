"""What the explorers of a town have in common: they show a page, live, without a kernel, and as a file."""

from pathlib import Path
from typing import TYPE_CHECKING

import ipywidgets as widgets

from liuwen.campaign.months.html import page_fragment, page_html
from liuwen.explorers.layout import language_switch
from liuwen.explorers.twins import publish_twins
from liuwen.messages import Language, language_in_force

if TYPE_CHECKING:
    from liuwen.campaign.months.pages import TownPage


class PageExplorer(widgets.VBox):  # type: ignore[misc]  # ipywidgets is not typed
    """Shows the page that `_shown_page` gives for what is chosen, in the language chosen."""

    def __init__(self, language: Language | None) -> None:
        self._language = language_switch(language or language_in_force())
        self._page = widgets.HTML()
        super().__init__()
        self.add_class("liuwen-explorer")

    @property
    def language(self) -> Language:
        """The current language of all texts."""
        chosen: Language = self._language.value
        return chosen

    def save(self, path: str | Path) -> Path:
        """Write what is shown as an HTML page that needs neither kernel nor network.

        Args:
            path: The file.

        Returns:
            The path.
        """
        target = Path(path)
        target.write_text(page_html(self._shown_page(), self.language), encoding="utf-8")
        return target

    def static(self) -> str:
        """What is shown now as an HTML fragment that needs no kernel."""
        return f'<div class="liuwen-static">{page_fragment(self._shown_page(), self.language)}</div>'

    def _shown_page(self) -> "TownPage":
        raise NotImplementedError

    def _draw(self) -> None:
        self._page.value = page_fragment(self._shown_page(), self.language)

    def _ipython_display_(self) -> None:
        """The static view first, for readers without a kernel; the live one, where it runs, takes its place."""
        publish_twins(self, self.static())
