"""What the explorer of answers draws: heatmap and ranking, their key, and the pictures that a question calls for besides."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import ipywidgets as widgets

from liuwen.charts.article import picture
from liuwen.charts.heatmap import heatmap
from liuwen.charts.place_map import Areas, place_map
from liuwen.charts.ranking import ranking
from liuwen.charts.static import MANY, heat_title, key, ranking_title, said
from liuwen.charts.trend import trend
from liuwen.charts.view import View
from liuwen.explorers.chart import Chart
from liuwen.explorers.layout import box
from liuwen.messages import Language

_SIDE_BY_SIDE, _GAP, _WIDEST_RANKING = 840, 24, 720
"""From this width in pixels the charts stand side by side, so far apart."""


@dataclass(frozen=True)
class FiguresShown:
    """What to draw.

    Attributes:
        view: The answers.
        language: The language.
        places: The places of the heatmap.
        ranked: The places whose answers are in order together; None for all.
        marked: The place marked in the heatmap; "" for none.
        answer: The answer of map and lines; "" for the most frequent.
        width: The room there is, in pixels.
        positions: Place → where its circle is on the map.
        areas: The outlines of the places, instead of circles.
        mapped: Whether there is a map.
    """

    view: View
    language: Language
    places: list[str]
    ranked: list[str] | None = None
    marked: str = ""
    answer: str = ""
    width: int = 1000
    positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    areas: Areas | None = None
    mapped: bool = False


class NeedsFigures(widgets.Box):  # type: ignore[misc]  # ipywidgets is not typed
    """The figures; charts and texts are updated in place, not recreated."""

    def __init__(self, begun: FiguresShown) -> None:
        heat = (
            heatmap(begun.view, begun.places, begun.language, width=begun.width) if begun.places else {"data": [], "layout": {}}
        )
        self.heatmap, self.ranking = Chart(heat), Chart(ranking(begun.view, None, begun.language, begun.width))
        self.heat_title, self.rank_title, self.key, self.picture = (widgets.HTML() for _ in range(4))
        sideways = box("lw-sideways", [self.heatmap], widgets.VBox)
        self._heat = box("lw-heat", [self.heat_title, sideways], widgets.VBox)
        rank = box("lw-rank", [self.rank_title, self.ranking], widgets.VBox)
        super().__init__(children=[self._heat, rank, self.key, self.picture])
        self.add_class("lw-figures")

    def show(self, now: FiguresShown) -> None:
        """Draw what is shown now."""
        self._draw(now)
        self.key.value = _needs(key(now.view, (now.language,)))
        pictures = _pictures(now)
        self.picture.value = _needs(f'<div class="lw-figures">{pictures}</div>') if pictures else ""

    def _draw(self, now: FiguresShown) -> None:
        """The heatmap, where there is a grouping, and the ranking."""
        beside = now.width >= _SIDE_BY_SIDE and 0 < len(now.places) <= MANY
        heat_width = round((now.width - _GAP) * 0.6) if beside else now.width
        rank_width = now.width - _GAP - heat_width if beside else min(now.width, _WIDEST_RANKING)
        self.heat_title.value = _needs(f"<h3>{said(heat_title(now.view), (now.language,))}</h3>")
        self.rank_title.value = _needs(f"<h3>{ranking_title(now.view, (now.language,), now.ranked)}</h3>")
        self._heat.layout.display = None if now.places else "none"
        if now.places:
            self._heat.layout.width = f"{heat_width}px"
            heat = heatmap(now.view, now.places, now.language, width=heat_width, chosen=now.marked or None)
            self.heatmap.draw(heat)
        self.ranking.draw(ranking(now.view, now.ranked, now.language, rank_width))


def _pictures(now: FiguresShown) -> str:
    """What the question calls for besides: lines over time, diverging bars, a map."""
    languages = (now.language,)
    over_time = now.answer and now.view.over_time
    drawn = trend(now.view, languages, now.answer) if over_time else picture(now.view, languages, now.places)
    if now.mapped:
        drawn += place_map(now.view, languages, now.positions, now.areas, now.answer or None)
    return drawn


def _needs(inside: str) -> str:
    return f'<div class="liuwen-needs">{inside}</div>'
