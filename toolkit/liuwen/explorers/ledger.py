"""The live ledger: filter, ages, what waits where, one matter's story; its static twin for readers without a kernel."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from liuwen.campaign.days import date_of
from liuwen.campaign.months.ledger_view import LedgerSelection, chosen_matters, ledger_view
from liuwen.explorers.debounce import Debounced
from liuwen.explorers.layout import box, style
from liuwen.explorers.options import offer_options
from liuwen.explorers.page_explorer import PageExplorer
from liuwen.explorers.step_entry import StepEntry
from liuwen.messages import Language, Sentence

if TYPE_CHECKING:
    import pandas as pd

    from liuwen.campaign import Campaign, TownLedger
    from liuwen.campaign.months.pages import TownPage

VILLAGE = Sentence(zh="村", en="Village")
TOPIC = Sentence(zh="类别", en="Class")
STANDING = Sentence(zh="办到哪一步", en="Where it stands")
MATTER = Sentence(zh="看哪一件的经过", en="Story of which matter")
ALL = Sentence(zh="全部", en="All")
NONE = Sentence(zh="（不看）", en="(none)")
STANDINGS = {
    "open": Sentence(zh="正在办", en="open"),
    "overdue": Sentence(zh="已超期", en="overdue"),
    "too_long": Sentence(zh="等得太久", en="waiting too long"),
    "ended": Sentence(zh="已办结待反馈", en="done, answers owed"),
    "closed": Sentence(zh="已销号", en="struck off"),
}
_MOST_TO_CHOOSE = 200


class LedgerExplorer(PageExplorer):
    """A town's ledger to look through in a notebook; made by `explore(campaign)`.

    `shown` is the table of the matters chosen, `save(path)` writes what is shown as a page that needs no kernel. Applicants and
    confidential matters are in neither. Where the campaign has a store, a step of the matter chosen can be entered, for another
    or oneself.
    """

    def __init__(self, campaign: "Campaign", *, on: Any = None, known: Any = None, language: Language | None = None) -> None:
        super().__init__(language)
        self._campaign, self._days = campaign, (on, known)
        self._ledger: TownLedger = campaign.numbered_ledger(on, known)
        self._words = replace(campaign.page_words(), year=date_of(self._ledger.on).year)
        self._synthetic = campaign.synthetic
        self._speaking = False
        self._village, self._topic, self._standing, self._matter = (widgets.Dropdown(options=[("", "")]) for _ in range(4))
        self._later = Debounced(self._refresh)
        self._entry = StepEntry(self._entered)
        self._say()
        self._refresh()
        controls = box("lw-controls", [self._village, self._topic, self._standing, self._matter])
        self.children = [style(), box("lw-top", [self._language]), controls, *self._desk(), self._page]
        for control in (self._village, self._topic, self._standing, self._matter):
            control.observe(self._changed, "value")
        self._language.observe(self._language_chosen, "value")

    @property
    def selection(self) -> LedgerSelection:
        """What the controls are set to."""
        return LedgerSelection(self._village.value, self._topic.value, self._standing.value, self._matter.value)

    @property
    def shown(self) -> "pd.DataFrame":
        """The matters chosen: the ledger's table without `awaiting_answer`, which names households."""
        return chosen_matters(self._ledger, self.selection).drop(columns="awaiting_answer")

    def __repr__(self) -> str:
        return f"<LedgerExplorer: {len(self.shown)} matters>"

    def _shown_page(self) -> "TownPage":
        return ledger_view(self._ledger, self._words, self.selection, synthetic=self._synthetic)

    def _changed(self, _: object) -> None:
        if not self._speaking:
            self._later()

    def _language_chosen(self, _: object) -> None:
        self._say()
        self._later()

    def _refresh(self) -> None:
        self._offer_matters()
        self._draw()
        if self._campaign.store is not None:
            self._offer_steps()

    def _desk(self) -> list[Any]:
        """The controls that enter a step; only a store can keep one."""
        return [] if self._campaign.store is None else [self._entry]

    def _offer_steps(self) -> None:
        held = self._ledger.folded.matters.get(self._matter.value)
        rows = self._ledger.table
        responsible = next(iter(rows[rows["matter"] == self._matter.value]["responsible"]), "")
        self._entry.offer(self._campaign, held, self._words, self.language, responsible)

    def _entered(self, campaign: "Campaign") -> None:
        """Show the ledger with the step that was entered."""
        self._campaign = campaign
        self._ledger = campaign.numbered_ledger(*self._days)
        self._refresh()

    def _say(self) -> None:
        """Every control in the language shown; what is chosen stays chosen."""
        language = self.language
        self._speaking = True
        table = chosen_matters(self._ledger, LedgerSelection())
        villages = [(self._words.place(one), one) for one in sorted(set(table["village"]))]
        hidden = {one.id for one in self._ledger.rule.classes if one.confidential}
        topics = [(name.in_language(language), id) for id, name in self._words.classes.items() if id not in hidden]
        standings = [(name.in_language(language), id) for id, name in STANDINGS.items()]
        for control, words, options in (
            (self._village, VILLAGE, villages),
            (self._topic, TOPIC, topics),
            (self._standing, STANDING, standings),
        ):
            control.description = words.in_language(language)
            offer_options(control, [(ALL.in_language(language), ""), *options])
        self._matter.description = MATTER.in_language(language)
        self._speaking = False

    def _offer_matters(self) -> None:
        table = chosen_matters(self._ledger, self.selection).head(_MOST_TO_CHOOSE)
        held = (table["number"], table["title"], table["matter"])
        matters = [(f"{number} {title}", str(matter)) for number, title, matter in zip(*held, strict=True)]
        self._speaking = True
        offer_options(self._matter, [(NONE.in_language(self.language), ""), *matters])
        self._speaking = False
