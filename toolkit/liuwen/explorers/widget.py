"""The live explorer: needs by village, with filters, a ranking, a table twin and what is shown to take away."""

from functools import partial
from html import escape
from os import PathLike
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from liuwen.analysis.explorable import explorable
from liuwen.analysis.source import source_of
from liuwen.charts import export
from liuwen.charts.article import fragment
from liuwen.charts.filters import household_filters, month_filters
from liuwen.charts.place_map import place_positions, read_areas
from liuwen.charts.static import heading, heat_table, scrolling, stylesheet
from liuwen.charts.view import Selection, View, column_title, grouping_title, start, view
from liuwen.explorers.chips import Chips
from liuwen.explorers.debounce import Debounced
from liuwen.explorers.downloads import Downloads
from liuwen.explorers.layout import box, language_switch, style
from liuwen.explorers.needs_figures import FiguresShown, NeedsFigures
from liuwen.explorers.options import offer_options
from liuwen.explorers.twins import publish_twins
from liuwen.garbage import without_searching_for_cycles
from liuwen.messages import Language, Sentence, language_in_force

if TYPE_CHECKING:
    from liuwen.responses import Responses

QUESTION = Sentence(zh="看哪一题", en="Question")
BY = Sentence(zh="按什么看", en="By")
GROUP = Sentence(zh="住户", en="Households")
PERIOD = Sentence(zh="时段", en="Period")
RANKED = Sentence(zh="排序看哪里", en="Ranking for")
ANSWER = Sentence(zh="地图和变化看哪个回答", en="Answer on map and over time")
MOST_FREQUENT = Sentence(zh="最多的", en="Most frequent")
CHOSEN_PLACES = Sentence(zh="所选各处合计", en="The places chosen, together")
NO_GROUPING = Sentence(zh="不分（全部合计）", en="All together")
ALL_HOUSEHOLDS = Sentence(zh="全部住户", en="All households")
ANY_TIME = Sentence(zh="全部时间", en="Any time")
ALL_PLACES = Sentence(zh="全部", en="All")
PLACES_SHOWN = Sentence(zh="显示哪些地方", en="Which places to show")
TABLE = Sentence(zh="表格：每格的人数或户数、占比和区间", en="Table: counts, shares and intervals")
TAKE = Sentence(zh="下载所示", en="Download what is shown")
PAGE = Sentence(zh="网页", en="Page")
NOTHING = Sentence(zh="没有符合筛选条件的答卷。", en="No answers match these filters.")

_LONGEST_NAME = 60
_SENDING = 0.005
"""So many seconds the thread that sends the pictures has to itself, before Python searches for cycles and lets no thread run."""


class NeedsExplorer(widgets.VBox):  # type: ignore[misc]  # ipywidgets is not typed
    """The answers to any question by place, month or another question, to explore in a notebook; `explore` makes one."""

    def __init__(
        self,
        responses: "Responses",
        question: str | None = None,
        by: str | None = None,
        *,
        language: Language | None = None,
        minimum: int = 5,
        confidence: float = 0.95,
        boundaries: str | PathLike[str] | None = None,
    ) -> None:
        begun = start(responses, question, by)
        self._exploring = explorable(source_of(responses), minimum)
        self._view = partial(view, self._exploring.source, minimum=minimum, confidence=confidence)
        self._areas = read_areas(boundaries) if boundaries is not None else None
        self._responses = responses
        self._minimum = minimum
        self._views: dict[Selection, View] = {}
        self._speaking = False
        self._make_controls(begun, language or language_in_force())
        self._make_displays()
        self._later = Debounced(self._show)
        self._say()
        self._refresh()
        super().__init__(
            children=[self._style, self._top, self._controls, self._chips, self._figures, self._downloads, self._twin]
        )
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
        skipped = {"", self._by.value, self._question.value}
        filters = (self._group.value, self._period.value) if self._exploring.can_be_filtered(self._question.value) else ()
        where = [(column, value) for column, value in filters if column not in skipped]
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
        publish_twins(self, self.static())

    def __repr__(self) -> str:
        by = f" by {self.selection.by}: {len(self.places)} places" if self.selection.by else ""
        return f"<NeedsExplorer {self.selection.question}{by}>"

    # -- making it ------------------------------------------------------------------------------------------------

    def _make_controls(self, begun: Selection, language: Language) -> None:
        self._language = language_switch(language)
        self._questions = list(dict.fromkeys([*self._exploring.questions, begun.question]))
        self._first = begun
        self._question = widgets.Dropdown(options=self._questions, value=begun.question)
        self._by = widgets.Dropdown(options=self._columns(begun.question), value=begun.by)
        self._kinds = household_filters(self._responses, self._minimum)
        self._months = month_filters(self._responses, self._minimum)
        self._group = widgets.Dropdown(options=[("", ("", ""))])
        self._period = widgets.Dropdown(options=[("", ("", ""))])
        self._ranked, self._answer = (widgets.Dropdown(options=[("", "")]) for _ in range(2))
        self._chips = Chips()

    def _columns(self, question: str) -> list[str]:
        """What a question can be looked at by; what was asked for at the start, for the question of the start."""
        found = self._exploring.groupings(question) if question in self._exploring.questions else self._exploring.places
        own = [self._first.by] if question == self._first.question and self._first.by else []
        return [*dict.fromkeys([*own, *found]), ""]

    def _make_displays(self) -> None:
        self._style = style(stylesheet())
        self._head = widgets.HTML()
        self._top = box("lw-top", [self._head, self._language])
        choosers = [self._question, self._by, self._group, self._period, self._ranked, self._answer]
        self._controls = box("lw-controls", choosers)
        self._figures = NeedsFigures(FiguresShown(self.view, self.language, self.places, width=self._chips.width))
        self._downloads = Downloads(self._file)
        self._table = widgets.HTML()
        self._twin = widgets.Accordion(children=[self._table], selected_index=None)

    def _listen(self) -> None:
        self._question.observe(self._question_chosen, "value")
        for control in (self._by, self._group, self._period, self._answer):
            control.observe(self._changed, "value")
        self._ranked.observe(self._changed, "value")
        self._chips.observe(self._places_chosen, "value")
        self._chips.observe(self._changed, "width")
        self._language.observe(self._language_chosen, "value")
        self._twin.observe(self._changed, "selected_index")
        self._figures.heatmap.observe(self._clicked, "clicked")

    # -- what a person does ---------------------------------------------------------------------------------------

    def _changed(self, _: object) -> None:
        if not self._speaking:
            self._later()

    def _question_chosen(self, _: object) -> None:
        """Another question has other columns that it can be looked at by."""
        with without_searching_for_cycles():
            self._say()
        self._later()

    def _language_chosen(self, _: object) -> None:
        self._say()
        self._later()

    def _places_chosen(self, _: object) -> None:
        """The ranking follows the places chosen."""
        self._ranked.value = ""
        self._later()

    @property
    def _ranked_places(self) -> list[str] | None:
        """Whose answers are in order: one place, the places chosen together, or all (None)."""
        if self._ranked.value:
            return [self._ranked.value]
        chosen = self.places
        return chosen if self._chips.value and len(chosen) < len(self.view.place_order) else None

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
            (self._answer, ANSWER),
        ):
            control.description = words.in_language(language)
        titled = partial(column_title, self._exploring.source, language=language)
        offer_options(self._question, [(_short(titled(column)), column) for column in self._questions])
        offer_options(self._by, [(self._grouping(column), column) for column in self._columns(self._question.value)])
        for control, everything, filters in ((self._group, ALL_HOUSEHOLDS, self._kinds), (self._period, ANY_TIME, self._months)):
            some = [(one.labels[language], (one.column, one.value)) for one in filters]
            offer_options(control, [(everything.in_language(language), ("", "")), *some])
        for control in (self._question, self._by, self._group, self._period):
            control.layout.display = None if len(control.options) > 1 else "none"
        if not self._exploring.can_be_filtered(self._question.value):
            self._group.layout.display = self._period.layout.display = "none"
        self._say_places()
        self._twin.titles = (TABLE.in_language(language),)
        self._downloads.description = TAKE.in_language(language)
        self._downloads.options = [[".csv", "CSV"], [".xlsx", "Excel"], [".html", PAGE.in_language(language)]]
        self._speaking = False

    def _grouping(self, column: str) -> str:
        """What a way of grouping is called."""
        language = self.language
        if not column:
            return NO_GROUPING.in_language(language)
        return _short(grouping_title(self._exploring.source, column, language))

    def _say_places(self) -> None:
        """The places of the view, as switches and as what can be put in order."""
        language, labels = self.language, self.view.place_labels[self.language]
        places = [(labels[place], place) for place in self.view.place_order]
        several = CHOSEN_PLACES if self._chips.value else ALL_PLACES
        offer_options(self._ranked, [(several.in_language(language), ""), *places])
        answers = [(self.view.need_labels[language][need], need) for need in self.view.need_order]
        offer_options(self._answer, [(MOST_FREQUENT.in_language(language), ""), *answers])
        self._answer.layout.display = None if self.view.over_time or self._mapped() else "none"
        self._ranked.layout.display = None if places else "none"
        self._chips.all, self._chips.description = ALL_PLACES.in_language(language), PLACES_SHOWN.in_language(language)
        if self._chips.options != [list(place) for place in places]:
            known = {place for _, place in places}
            self._chips.value = [place for place in self._chips.value if place in known]
            self._chips.options = [list(place) for place in places]

    def _mapped(self) -> bool:
        return self.selection.by in self._exploring.places and (self._areas is not None or len(self._positions()) > 1)

    def _positions(self) -> dict[str, tuple[float, float]]:
        return place_positions(self._exploring, self.view)

    def _show(self) -> None:
        """Show what the controls select; the person who set them waits."""
        with without_searching_for_cycles():
            self._refresh()
            sleep(_SENDING)

    def _refresh(self) -> None:
        now, language = self.view, self.language
        self._speaking = True
        self._say_places()
        self._speaking = False
        self._head.value = f'<div class="liuwen-needs">{heading(now, (language,))}</div>'
        if now.whole.empty or now.base() == 0:
            self._figures.layout.display = "none"
            self._table.value = escape(NOTHING.in_language(language))
            return
        self._figures.layout.display = None
        self._figures.show(self._drawn(now, language))
        if self._twin.selected_index is not None:
            table = heat_table(now, (language,), self.places, detail=True)
            self._table.value = f'<div class="liuwen-needs">{scrolling(now, table, language)}</div>'

    def _drawn(self, now: View, language: Language) -> FiguresShown:
        return FiguresShown(
            now, language, self.places, self._ranked_places, self._ranked.value, self._answer.value, self._chips.width,
            self._positions(), self._areas, self._mapped(),
        )  # fmt: skip

    def _file(self, ending: str) -> tuple[str, bytes]:
        """What is shown as a file: its name and its bytes."""
        made = export.WRITERS[ending](self.view, self.places, self.language)
        return export.file_name(self.view, self.places, ending), made


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_NAME else label[: _LONGEST_NAME - 1] + "…"
