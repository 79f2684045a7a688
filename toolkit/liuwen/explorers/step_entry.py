"""A step entered from the explorer: of the matter chosen, one of the steps that its state allows, for another or oneself."""

from collections.abc import Callable, Mapping
from html import escape
from typing import TYPE_CHECKING

import ipywidgets as widgets

from liuwen.campaign import enter_step
from liuwen.errors import LiuwenError
from liuwen.explorers.options import offer_options
from liuwen.messages import Language, Sentence

if TYPE_CHECKING:
    from liuwen.campaign import Campaign
    from liuwen.campaign.ledgers.matter import Matter
    from liuwen.campaign.months.pages import PageWords
    from liuwen.campaign.schema import LedgerRule

TITLE = Sentence(zh="代录一步", en="Enter a step")
CHOOSE = Sentence(zh="先在上面选一件事项。", en="Choose a matter above first.")
STEP = Sentence(zh="哪一步", en="Which step")
NO_STEP = Sentence(zh="先选哪一步。", en="Choose a step first.")
BY = Sentence(zh="谁办的", en="Taken by")
ENTERED_BY = Sentence(zh="谁录的", en="Entered by")
ON = Sentence(zh="哪天办的（空着：今天）", en="On which day (blank: today)")
RECORD = Sentence(zh="记下", en="Enter it")
NEEDS = {
    "note": Sentence(zh="办理情况", en="What was done"),
    "reason": Sentence(zh="原因", en="Reason"),
    "deadline": Sentence(zh="新的时限，如 2026-08-01", en="New deadline, as 2026-08-01"),
    "applicant": Sentence(zh="反馈给哪一户（户号）", en="Which household was answered (code)"),
    "class": Sentence(zh="归入哪一类", en="Into which class"),
    "of": Sentence(zh="并入哪件（编号）", en="Merged into which matter (number)"),
    "undoes": Sentence(zh="撤销哪一步（登记编码）", en="Which step is taken back (event)"),
}
DONE = Sentence(zh="记下了：{step}（{by} 办，{desk} 录）。", en="Entered: {step} (taken by {by}, entered by {desk}).")


class StepEntry(widgets.VBox):  # type: ignore[misc]  # ipywidgets is not typed
    """The controls that enter a step; `offer` says for which matter.

    Args:
        on_entered: Called with the campaign that has the step.
    """

    def __init__(self, on_entered: "Callable[[Campaign], object]") -> None:
        self._on_entered = on_entered
        self._campaign: Campaign | None = None
        self._matter = ""
        self._last: tuple[Sentence, str] | None = None
        self._language: Language = "zh"
        self._names: Mapping[str, Sentence] = {}
        self._title, self._told = widgets.HTML(), widgets.HTML()
        self._step, self._by, self._desk, self._class = (widgets.Dropdown(options=[("", "")]) for _ in range(4))
        self._texts = {name: widgets.Text() for name in ("on", *NEEDS) if name != "class"}
        self._button = widgets.Button(button_style="")
        fields = [self._step, self._by, self._desk, self._texts["on"], self._class, *list(self._texts.values())[1:]]
        self._fields = widgets.Box(fields)
        self._fields.add_class("lw-controls")
        super().__init__(children=[self._title, self._fields, self._button, self._told])
        self.add_class("lw-entry")
        self._step.observe(lambda _: self._show_needs(), "value")
        self._button.on_click(lambda _: self.enter())

    def offer(
        self, campaign: "Campaign", held: "Matter | None", words: "PageWords", language: Language, responsible: str = ""
    ) -> None:
        """Offer the steps that this matter's state allows; `responsible` is who most likely took it."""
        self._campaign, self._language = campaign, language
        rule = campaign.programme.ledgers[0]
        self._names = {step.id: step.name for step in rule.steps}
        new = (held.id if held else "") != self._matter
        self._last = None if new else self._last
        self._matter = held.id if held else ""
        self._say(rule)
        self._tell()
        hidden = "none" if held is None else ""
        self._fields.layout.display = self._button.layout.display = hidden
        if held is not None:
            self._offer_steps(rule, held, words)
            if new:
                self._step.value = self._class.value = ""
            if new and responsible in [value for _, value in self._by.options]:
                self._by.value = responsible
        self._show_needs()

    def enter(self) -> None:
        """Enter what the controls say, or tell why it cannot be."""
        if self._campaign is None or not self._matter:
            return
        rule = self._campaign.programme.ledgers[0]
        step = next((one for one in rule.steps if one.id == self._step.value), None)
        if step is None:
            self._last = NO_STEP, "fault"
            self._tell()
            return
        said = {rule.named.get(name, name): self._texts[name].value.strip() for name in step.needs if name in self._texts}
        said |= {"class": self._class.value} if "class" in step.needs else {}
        people = {"by": self._by.value, "entered_by": self._desk.value}
        try:
            entered = enter_step(self._campaign, self._matter, step.id, on=self._texts["on"].value.strip(), **people, **said)
        except LiuwenError as fault:
            self._last = fault.sentence, "fault"
            self._tell()
            return
        for text in self._texts.values():
            text.value = ""
        self._on_entered(entered.campaign)
        self._last = DONE.filled(step=self._names[step.id], by=people["by"], desk=people["entered_by"]), "done"
        self._tell()

    def _tell(self) -> None:
        """Say what came of the last entry, in the language shown."""
        if self._last is None:
            self._told.value = ""
            return
        sentence, kind = self._last
        self._told.value = f'<p class="lw-{kind}" role="status">{escape(sentence.in_language(self._language))}</p>'

    def _offer_steps(self, rule: "LedgerRule", held: "Matter", words: "PageWords") -> None:
        language = self._language
        steps = [(one.name.in_language(language), one.id) for one in rule.steps if not one.bears and held.state in one.from_]
        people = sorted({*words.people, held.first_visitor} - {""})
        named = [("", ""), *((f"{words.person(one)} ({one})", one) for one in people)]
        desk = [one for one in named if one[1] in self._at_desk(rule)] or named
        topics = [(one.name.in_language(language), one.id) for one in rule.classes]
        chosen = [("", "")]
        for control, options in (
            (self._step, chosen + steps),
            (self._by, named),
            (self._desk, desk),
            (self._class, chosen + topics),
        ):
            offer_options(control, options)

    def _at_desk(self, rule: "LedgerRule") -> set[str]:
        assert self._campaign is not None
        posts = self._campaign.registers().table("posts")
        held = posts[
            posts["rank"].isin(rule.desk) & (posts["from"] <= self._campaign.today) & (posts["to"] >= self._campaign.today)
        ]
        return set(held["person"])

    def _say(self, rule: "LedgerRule") -> None:
        language = self._language
        said = TITLE.in_language(language)
        more = "" if self._matter else f'<p class="lw-note">{CHOOSE.in_language(language)}</p>'
        self._title.value = f"<h3>{said}</h3>{more}"
        for control, words in ((self._step, STEP), (self._by, BY), (self._desk, ENTERED_BY), (self._class, NEEDS["class"])):
            control.description = words.in_language(language)
        for name, text in self._texts.items():
            text.description = (ON if name == "on" else NEEDS[name]).in_language(language)
        self._button.description = RECORD.in_language(language)

    def _show_needs(self) -> None:
        """Only what the chosen step asks for."""
        rule = self._campaign.programme.ledgers[0] if self._campaign else None
        needs = next((one.needs for one in rule.steps if one.id == self._step.value), ()) if rule else ()
        for name, text in self._texts.items():
            text.layout.display = "" if name == "on" or name in needs else "none"
        self._class.layout.display = "" if "class" in needs else "none"
