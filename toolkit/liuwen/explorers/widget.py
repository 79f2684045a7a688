"""The live explorer: needs by village, with filters, a ranking, a table twin and what is shown to take away."""

from base64 import b64encode
from collections.abc import Callable
from functools import partial
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from liuwen.analysis import place_columns, select_multiples
from liuwen.analysis.source import source_of
from liuwen.charts import export
from liuwen.charts.filters import household_filters, month_filters
from liuwen.charts.heatmap import heatmap, update_heatmap
from liuwen.charts.ranking import ranking, update_ranking
from liuwen.charts.static import HEAT, MANY, fragment, heading, heat_table, key, ranking_title, said, stylesheet
from liuwen.charts.theme import FONTS
from liuwen.charts.view import Selection, View, start, view
from liuwen.explorers.chart import Chart
from liuwen.explorers.chips import Chips
from liuwen.explorers.debounce import Debounced
from liuwen.messages import Language, Sentence, language_in_force

if TYPE_CHECKING:
    from liuwen.responses import Responses

QUESTION = Sentence(zh="看哪一题", en="Question")
BY = Sentence(zh="按什么分地方", en="Places")
GROUP = Sentence(zh="住户", en="Households")
PERIOD = Sentence(zh="时段", en="Period")
RANKED = Sentence(zh="排序看哪里", en="Ranking for")
ALL_HOUSEHOLDS = Sentence(zh="全部住户", en="All households")
ANY_TIME = Sentence(zh="全部时间", en="Any time")
ALL_PLACES = Sentence(zh="全部", en="All")
PLACES_SHOWN = Sentence(zh="显示哪些地方", en="Which places to show")
TABLE = Sentence(zh="表格：每格的户数、占比和区间", en="Table: counts, shares and intervals")
TAKE = Sentence(zh="下载所示", en="Download what is shown")
PAGE = Sentence(zh="网页", en="Page")
NOTHING = Sentence(zh="没有符合筛选条件的答卷。", en="No answers match these filters.")

_LINKS = ((".csv", "CSV", "text/csv"), (".xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
_WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
_LONGEST_NAME = 60
_SIDE_BY_SIDE, _GAP, _WIDEST_RANKING = 840, 24, 720
"""From this width in pixels the charts stand side by side, so far apart."""


class NeedsExplorer(widgets.VBox):  # type: ignore[misc]  # ipywidgets is not typed
    """Needs by place, to explore in a notebook; `explore` makes one."""

    def __init__(
        self,
        responses: "Responses",
        question: str | None = None,
        by: str | None = None,
        *,
        language: Language | None = None,
        minimum: int = 5,
        confidence: float = 0.95,
    ) -> None:
        begun = start(responses, question, by)
        self._view = partial(view, responses, minimum=minimum, confidence=confidence)
        self._responses = responses
        self._minimum = minimum
        self._views: dict[Selection, View] = {}
        self._speaking = False
        self._make_controls(begun, language or language_in_force())
        self._make_displays()
        self._later, self._links_later = Debounced(self._refresh), Debounced(self._offer_links, pause=0.5)
        self._say()
        self._refresh()
        super().__init__(children=[self._style, self._top, self._controls, self._chips, self._figures, self._links, self._twin])
        self.add_class("liuwen-explorer")
        self._listen()

    # -- what is shown --------------------------------------------------------------------------------------------

    @property
    def language(self) -> Language:
        """The language on display."""
        chosen: Language = self._language.value
        return chosen

    @property
    def selection(self) -> Selection:
        """What the controls are set to."""
        where = [(column, value) for column, value in (self._group.value, self._period.value) if column]
        return Selection(self._question.value, self._by.value, tuple(where))

    @property
    def view(self) -> View:
        """What is on display; each selection is computed once."""
        chosen = self.selection
        if chosen not in self._views:
            self._views[chosen] = self._view(chosen)
        return self._views[chosen]

    @property
    def places(self) -> list[str]:
        """The places on display."""
        there = self.view.place_order
        return [place for place in there if place in set(self._chips.value)] or there

    @property
    def shown(self) -> Any:
        """What is on display as a DataFrame, in the language on display."""
        return export.shown_table(self.view, self.places, self.language)

    def save(self, path: str | Path) -> Path:
        """Write what is on display to a file.

        Args:
            path: The file; the ending decides the format: .csv, .xlsx or .html.

        Returns:
            The path.

        Raises:
            LiuwenError: If the ending is not one of these.
        """
        return export.save(path, self.view, self.places, self.language)

    def static(self) -> str:
        """What is on display as a page fragment that needs no kernel.

        Returns:
            HTML.
        """
        return fragment(self.view, (self.language,), self.places)

    def _ipython_display_(self) -> None:
        """The static view first, for readers without a kernel; the live one, where it runs, takes its place."""
        hiding = files("liuwen.explorers").joinpath("assets/twins.css").read_text(encoding="utf-8")
        _display({"text/html": f"<style>{hiding}</style>{self.static()}", "text/plain": repr(self)})
        live = {_WIDGET_VIEW: {"version_major": 2, "version_minor": 0, "model_id": self.model_id}, "text/plain": repr(self)}
        _display(live)

    def __repr__(self) -> str:
        return f"<NeedsExplorer {self.selection.question} by {self.selection.by}: {len(self.places)} places>"

    # -- making it ------------------------------------------------------------------------------------------------

    def _make_controls(self, begun: Selection, language: Language) -> None:
        self._language = widgets.ToggleButtons(options=[("中文", "zh"), ("English", "en")], value=language)
        questions = list(dict.fromkeys([begun.question, *select_multiples(self._responses)]))
        columns = list(dict.fromkeys([begun.by, *place_columns(self._responses)]))
        self._question = widgets.Dropdown(options=questions, value=begun.question)
        self._by = widgets.Dropdown(options=columns, value=begun.by)
        self._kinds = household_filters(self._responses, self._minimum)
        self._months = month_filters(self._responses, self._minimum)
        self._group = widgets.Dropdown(options=[("", ("", ""))])
        self._period = widgets.Dropdown(options=[("", ("", ""))])
        self._ranked = widgets.Dropdown(options=[("", "")])
        self._chips = Chips()

    def _make_displays(self) -> None:
        css = files("liuwen.explorers").joinpath("assets/explorer.css").read_text(encoding="utf-8").replace("var(--fonts)", FONTS)
        self._style = widgets.HTML(f"<style>{stylesheet()}{css}</style>", layout={"display": "none"})
        self._head, self._heat_title, self._rank_title, self._key, self._links = (widgets.HTML() for _ in range(5))
        drawn = heatmap(), ranking()
        update_heatmap(drawn[0], self.view, self.places, self.language, width=self._chips.width)
        update_ranking(drawn[1], self.view, None, self.language, self._chips.width)
        self._heatmap, self._ranking = Chart(drawn[0]), Chart(drawn[1])
        self._top = _box(widgets.Box, "lw-top", [self._head, self._language])
        choosers = [self._question, self._by, self._group, self._period, self._ranked]
        self._controls = _box(widgets.Box, "lw-controls", choosers)
        sideways = _box(widgets.VBox, "lw-sideways", [self._heatmap])
        self._heat = heat = _box(widgets.VBox, "lw-heat", [self._heat_title, sideways, self._key])
        rank = _box(widgets.VBox, "lw-rank", [self._rank_title, self._ranking])
        self._figures = _box(widgets.Box, "lw-figures", [heat, rank])
        self._table = widgets.HTML()
        self._twin = widgets.Accordion(children=[self._table], selected_index=None)

    def _listen(self) -> None:
        for control in (self._question, self._by, self._group, self._period):
            control.observe(self._changed, "value")
        self._ranked.observe(self._changed, "value")
        self._chips.observe(self._places_chosen, "value")
        self._chips.observe(self._changed, "width")
        self._language.observe(self._language_chosen, "value")
        self._twin.observe(self._changed, "selected_index")
        self._heatmap.observe(self._clicked, "clicked")

    # -- what a person does ---------------------------------------------------------------------------------------

    def _changed(self, _: object) -> None:
        if not self._speaking:
            self._later()

    def _language_chosen(self, _: object) -> None:
        self._say()
        self._later()

    def _places_chosen(self, _: object) -> None:
        """A single place that is shown is also the one whose needs are put in order."""
        chosen = self._chips.value
        self._ranked.value = chosen[0] if len(chosen) == 1 else ""
        self._later()

    def _clicked(self, pressed: Any) -> None:
        """A cell that is pressed has its place's needs put in order."""
        column = round(pressed["new"][0])
        if column < len(self.places):
            self._ranked.value = self.places[column]

    # -- saying it ------------------------------------------------------------------------------------------------

    def _say(self) -> None:
        """Every control in the language shown; what is chosen stays chosen."""
        language = self.language
        self._speaking = True
        for control, words in (
            (self._question, QUESTION),
            (self._by, BY),
            (self._group, GROUP),
            (self._period, PERIOD),
            (self._ranked, RANKED),
        ):
            control.description = words.in_language(language)
        for control in (self._question, self._by):
            columns = [column for _, column in _pairs(control.options)]
            _offer(control, [(_short(_title(self._responses, column, language)), column) for column in columns])
        for control, everything, filters in ((self._group, ALL_HOUSEHOLDS, self._kinds), (self._period, ANY_TIME, self._months)):
            some = [(one.labels[language], (one.column, one.value)) for one in filters]
            _offer(control, [(everything.in_language(language), ("", "")), *some])
        for control in (self._question, self._by, self._group, self._period):
            control.layout.display = None if len(control.options) > 1 else "none"
        self._say_places()
        self._twin.titles = (TABLE.in_language(language),)
        self._speaking = False

    def _say_places(self) -> None:
        """The places of the view, as switches and as what can be put in order."""
        language, labels = self.language, self.view.place_labels[self.language]
        places = [(labels[place], place) for place in self.view.place_order]
        _offer(self._ranked, [(ALL_PLACES.in_language(language), ""), *places])
        self._chips.all, self._chips.description = ALL_PLACES.in_language(language), PLACES_SHOWN.in_language(language)
        if self._chips.options != [list(place) for place in places]:
            known = {place for _, place in places}
            self._chips.value = [place for place in self._chips.value if place in known]
            self._chips.options = [list(place) for place in places]

    def _refresh(self) -> None:
        """Show what the controls select; charts and texts are updated in place, not recreated."""
        now, language = self.view, self.language
        self._speaking = True
        self._say_places()
        self._speaking = False
        places, ranked = self.places, self._ranked.value or None
        self._head.value = f'<div class="liuwen-needs">{heading(now, (language,))}</div>'
        self._figures.layout.display = None if places else "none"
        if not places:
            self._links.value, self._table.value = escape(NOTHING.in_language(language)), ""
            return
        self._heat_title.value = f'<div class="liuwen-needs"><h3>{said(HEAT, (language,))}</h3></div>'
        self._rank_title.value = f'<div class="liuwen-needs"><h3>{ranking_title(now, (language,), ranked)}</h3></div>'
        self._key.value = f'<div class="liuwen-needs">{key(now, (language,))}</div>'
        room = self._chips.width
        beside = room >= _SIDE_BY_SIDE and len(places) <= MANY
        heat_width = round((room - _GAP) * 0.6) if beside else room
        rank_width = room - _GAP - heat_width if beside else min(room, _WIDEST_RANKING)
        self._heat.layout.width = f"{heat_width}px"
        update_heatmap(self._heatmap.plot, now, places, language, width=heat_width, chosen=ranked)
        update_ranking(self._ranking.plot, now, ranked, language, rank_width)
        self._heatmap.draw()
        self._ranking.draw()
        self._links_later()
        if self._twin.selected_index is not None:
            table = heat_table(now, (language,), places, detail=True)
            self._table.value = f'<div class="liuwen-needs"><div class="lw-scroll" tabindex="0">{table}</div></div>'

    def _offer_links(self) -> None:
        self._links.value = _links(self.view, self.places, self.language)


def _display(bundle: dict[str, Any]) -> None:
    from IPython.display import publish_display_data

    publish_display_data(bundle)  # type: ignore[no-untyped-call]  # IPython is not typed


def _box(kind: Callable[..., Any], name: str, children: list[Any]) -> Any:
    box = kind(children=children)
    box.add_class(name)
    return box


def _pairs(options: Any) -> list[tuple[str, Any]]:
    return [option if isinstance(option, tuple) else (option, option) for option in options]


def _offer(control: Any, options: list[tuple[str, Any]]) -> None:
    """New words for what can be chosen; what was chosen stays, or else the first is."""
    if list(control.options) != options:
        chosen = control.value
        control.options = options
        control.value = chosen if chosen in [value for _, value in options] else options[0][1]


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_NAME else label[: _LONGEST_NAME - 1] + "…"


def _title(responses: "Responses", column: str, language: Language) -> str:
    element = source_of(responses).question(column)
    return (element.label(language) if element else "") or column


def _links(now: View, places: list[str], language: Language) -> str:
    """What is shown as links that hold the file itself, so that they work wherever the notebook is open."""
    files_shown = [*_LINKS, (".html", PAGE.in_language(language), "text/html")]
    links = []
    for ending, name, kind in files_shown:
        data = b64encode(export.WRITERS[ending](now, places, language)).decode("ascii")
        links.append(f'<a download="needs{ending}" href="data:{kind};base64,{data}">{name}</a>')
    return f'<div class="lw-links"><span>{TAKE.in_language(language)}</span>{"".join(links)}</div>'
