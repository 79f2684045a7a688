"""Inside the worker: steps through one form, event by event, as a phone does."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from liuwen.engine.functions import DrawNumber, DrawUUID, PullData
from liuwen.engine.javarosa import java
from liuwen.engine.loading import give_back, load
from liuwen.engine.offered_choices import depends_on_answers
from liuwen.engine.paths import (
    ends,
    generic,
    node_paths,
    question_paths,
    relevant_values,
    repeat_depths,
    repeat_paths,
    unpositioned,
)
from liuwen.engine.phone import PhoneState, install
from liuwen.engine.standing_answers import StandingAnswers, computes_the_same_again

BEGINNING, END, NEW_REPEAT, QUESTION, GROUP, REPEAT = 0, 1, 2, 4, 8, 16
"""JavaRosa's events (FormEntryController.EVENT_…)."""

_CONTROLS = {
    2: "select_one", 3: "select_multiple", 6: "range", 9: "acknowledge", 10: "image",
    12: "audio", 13: "video", 14: "osm", 15: "file", 16: "rank",
}  # fmt: skip
_DATA = {
    1: "text", 2: "integer", 3: "decimal", 4: "date", 5: "time", 6: "dateTime", 7: "text", 8: "text",
    9: "acknowledge", 10: "geopoint", 11: "barcode", 12: "file", 13: "integer", 14: "geoshape", 15: "geotrace",
}  # fmt: skip
_HOLDS = {
    2: "integer", 3: "decimal", 4: "date", 5: "time", 6: "dateTime", 10: "geopoint", 12: "file",
    13: "integer", 14: "geoshape", 15: "geotrace",
}  # fmt: skip
SELECTS = frozenset({"select_one", "select_multiple", "rank"})


class AskedItem(NamedTuple):
    """The fixed properties of a question: its path without positions, name, type, and whether its choices depend on answers."""

    path: str
    name: str
    type: str
    data_type: int
    question: Any
    filtered: bool
    appearance: str
    bounds: tuple[float, float, float] | None
    """For a range: minimum, maximum and step."""
    repeated: bool
    """Whether it is in a repeat."""

    @property
    def is_select(self) -> bool:
        """Whether it has choices."""
        return self.type in SELECTS

    @property
    def holds(self) -> str:
        """The kind of value it takes: "integer", "date", "file", …, or "text"."""
        return "text" if self.is_select or self.type == "acknowledge" else _HOLDS.get(self.data_type, "text")


class Refusal(NamedTuple):
    """Why an answer was refused: "required" or "constraint", and the form's message (or "")."""

    reason: str
    message: str


class FormWalk:
    """A loaded form being filled in: the current position, its question, answers, repeats and the finished submission.

    Use it inside the worker, in a function passed to `Engine.call`. It starts before the first question; answers are text as in
    XML. `close()` keeps the parsed form for the next walk.
    """

    def __init__(self, xml: str, media: Mapping[str, bytes] | None = None, *, phone: PhoneState | None = None) -> None:
        media = media or {}
        self.phone = phone or PhoneState()
        self._key, self._loaded = load(xml, media)
        self._xml = xml
        self._same_again = computes_the_same_again(xml)
        self._sees_time = "now(" in xml  # a form that only asks for today sees the day on which the walk starts
        self._prepare(media)
        self._items: dict[int, AskedItem] = {}
        self._choices: dict[str, tuple[str, ...]] = {}
        self._selected: dict[str, Any] = {}
        self.begin()

    def _prepare(self, media: Mapping[str, bytes]) -> None:
        import jpype

        self.definition = self._loaded.definition
        install(self.definition)
        for function in (PullData(media), DrawNumber(self), DrawUUID(self)):
            handler = jpype.JProxy("org.javarosa.core.model.condition.IFunctionHandler", inst=function)
            self.definition.addFunctionHandler(handler)
        self._model = java("org.javarosa.form.api.FormEntryModel")(self.definition)
        self._controller = java("org.javarosa.form.api.FormEntryController")(self._model)
        self._initialisation = java("org.javarosa.core.model.instance.InstanceInitializationFactory")()
        self._selection = java("org.javarosa.core.model.data.helper.Selection")
        self._select_one = java("org.javarosa.core.model.data.SelectOneData")
        self._several = java("org.javarosa.core.model.data.MultipleItemsData")
        self._list = java("java.util.ArrayList")
        self._parse = java("org.javarosa.xform.util.XFormAnswerDataParser").getAnswerData
        self._fresh = True

    # -- moving through the form ------------------------------------------------------------------------------------

    def begin(self, phone: PhoneState | None = None) -> None:
        """Start over with a blank form, on another phone if one is given."""
        self.phone = phone or self.phone
        self.phone.take_up()
        if not self._fresh:
            self._loaded.renew()
        self._fresh = False
        self.definition.initialize(True, self._initialisation)
        self.rewind()

    def rewind(self) -> None:
        """Go back before the first question; answers are kept."""
        self._controller.jumpToIndex(java("org.javarosa.core.model.FormIndex").createBeginningOfFormIndex())
        self.event = BEGINNING

    def step(self) -> int:
        """Go to the next relevant event and return its kind."""
        self.event = int(self._controller.stepToNextEvent())
        return self.event

    def step_back(self) -> int:
        """Go to the previous event and return its kind."""
        self.event = int(self._controller.stepToPreviousEvent())
        return self.event

    def jump(self, index: Any) -> int:
        """Go to a FormIndex returned by `find`."""
        self.event = int(self._controller.jumpToIndex(index))
        return self.event

    def tick(self, seconds: float) -> None:
        """Advance the phone's clock."""
        self.phone.tick(seconds, seen=self._sees_time)

    def finalise(self, *, quickly: bool = False) -> "tuple[bytes, None] | tuple[None, Refusal]":
        """The XML of the finished submission, or the refusal of the first invalid answer; the walk then moves there.

        Quickly, the answers are not all given again where that would change nothing; each must have been given by `answer`
        and, where there are choices, be among those that were offered.
        """
        if quickly and self._same_again:
            xml = self.finalise_as_is()
            if self._standing().hold(xml):
                return xml, None
        outcome = self.definition.validate(True)
        if outcome is not None:
            self.jump(outcome.failedPrompt)
            return None, self._refusal(int(outcome.outcome), self._model.getQuestionPrompt(), None)
        return self.finalise_as_is(), None

    def finalise_as_is(self) -> bytes:
        """The finished submission's XML, though some answer of it does not hold."""
        self._controller.finalizeFormEntry()
        return self.serialise()

    def _standing(self) -> StandingAnswers:
        if self._loaded.standing_answers is None:
            self._loaded.standing_answers = StandingAnswers(self.definition, self._xml)
        return self._loaded.standing_answers

    def name_file(self, question: str, name: str) -> None:
        """Write a file name into a node of `meta` that no person answers, such as `audit`."""
        meta = self.definition.getMainInstance().getRoot().getFirstChild("meta")
        meta.getFirstChild(question).setAnswer(java("org.javarosa.core.model.data.StringData")(name))

    def serialise(self) -> bytes:
        """The current XML, without irrelevant answers."""
        visitor = java("org.javarosa.model.xform.XFormSerializingVisitor")()
        return bytes(visitor.serializeInstance(self.definition.getMainInstance()))

    def close(self) -> None:
        """Release the parsed form for reuse; this walk must not be used again."""
        give_back(self._key, self._loaded)

    # -- the current question ---------------------------------------------------------------------------------------

    def prompt(self) -> Any:
        """JavaRosa's FormEntryPrompt for the current question."""
        return self._model.getQuestionPrompt()

    def item(self, prompt: Any) -> AskedItem:
        """The fixed properties of a prompt's question."""
        question = prompt.getQuestion()
        known = self._items.get(identity := int(question.getID()))
        if known is None:
            known = self._items[identity] = self._read(question, prompt)
        return known

    def _read(self, question: Any, prompt: Any) -> AskedItem:
        path = generic(str(prompt.getIndex().getReference().toString(False)))
        data_type = int(prompt.getDataType())
        kind = _CONTROLS.get(int(question.getControlType())) or _DATA.get(data_type, "text")
        filtered = depends_on_answers(question.getDynamicChoices(), prompt.getIndex().getReference())
        appearance = str(question.getAppearanceAttr() or "")
        if kind == "text" and prompt.isReadOnly():
            kind = "note"
        repeated = bool(repeat_depths(prompt.getIndex()))
        bounds = _bounds(kind, question)
        return AskedItem(path, path.rpartition("/")[2], kind, data_type, question, filtered, appearance, bounds, repeated)

    def path(self) -> str:
        """The current path, with the positions of repeats: `member[2]/age`."""
        return self.positioned(self._model.getFormIndex())

    def positioned(self, index: Any) -> str:
        """The path of a FormIndex, with the positions of repeats, starting at 1."""
        reference = index.getReference()
        if reference is None:
            return ""
        steps = str(reference.toString(True)).split("/")[2:]
        repeats = repeat_depths(index)
        return "/".join(step if depth in repeats else unpositioned(step) for depth, step in enumerate(steps, start=1))

    def choice_values(self, item: AskedItem, prompt: Any) -> tuple[str, ...]:
        """The stored values of the current choices; lists that depend on nothing are looked up once."""
        if item.filtered:
            return tuple(str(choice.getValue()) for choice in prompt.getSelectChoices())
        known = self._choices.get(item.path)
        if known is None:
            known = self._choices[item.path] = tuple(str(choice.getValue()) for choice in prompt.getSelectChoices())
        return known

    # -- answers ----------------------------------------------------------------------------------------------------

    def answer(self, item: AskedItem, text: str | None) -> int:
        """Answer the current question: 0 if accepted, 1 if required but empty, 2 if it violates the constraint."""
        return int(self._controller.answerQuestion(self.data(item, text), True))

    def stands(self, item: AskedItem, text: str) -> bool:
        """Whether the answer that the current question holds is accepted; it is given again only if that changes anything."""
        return not self.forbids(item, text) if self._same_again else self.answer(item, text) == 0

    def forbids(self, item: AskedItem, text: str) -> bool:
        """Whether the constraint of the current question refuses an answer; the answer is not stored."""
        data = self.data(item, text)
        reference = self._model.getFormIndex().getReference()
        return data is not None and not self.definition.evaluateConstraint(reference, data)

    def data(self, item: AskedItem, text: str | None) -> Any:
        """JavaRosa's data object for the text of an answer."""
        if text is None or text == "":
            return None
        if item.type == "select_one":
            known = self._selected.get(text)
            if known is None:
                known = self._selected[text] = self._select_one(self._selection(text))
            return known
        if item.is_select:
            selections = self._list()
            for value in text.split():
                selections.add(self._selection(value))
            return self._several(selections)
        return self._parse(text, item.data_type, item.question)

    def refusal(self, outcome: int, item: AskedItem, text: str | None) -> Refusal:
        """Why `answer` returned `outcome` for `text`, with the form's message."""
        return self._refusal(outcome, self.prompt(), self.data(item, text))

    def _refusal(self, outcome: int, prompt: Any, data: Any) -> Refusal:
        if outcome == 1:
            return Refusal("required", self._required_message(prompt))
        words = prompt.getConstraintText(data) or prompt.getSpecialFormQuestionText("constraintMsg")
        return Refusal("constraint", str(words or "").strip())

    def _required_message(self, prompt: Any) -> str:
        reference = prompt.getIndex().getReference()
        written = next(
            (each.getAttributeValue() for each in prompt.getBindAttributes() if str(each.getName()) == "requiredMsg"), None
        )
        if written is None:
            return ""
        if not str(written).startswith("jr:itext"):
            return str(written)
        expression = java("org.javarosa.xpath.XPathParseTool").parseXPath(f"string({written})")
        context = java("org.javarosa.core.model.condition.EvaluationContext")(self.definition.getEvaluationContext(), reference)
        return str(expression.eval(self.definition.getMainInstance(), context)).strip()

    def evaluate(self, expression: Any) -> Any:
        """Evaluate a parsed XPath expression at the current position; returns a value for JavaRosa's functions."""
        reference = self._model.getFormIndex().getReference()
        context = java("org.javarosa.core.model.condition.EvaluationContext")(self.definition.getEvaluationContext(), reference)
        return java("org.javarosa.xpath.expr.XPathFuncExpr").unpack(expression.eval(self.definition.getMainInstance(), context))

    # -- finding questions ------------------------------------------------------------------------------------------

    def indexes(self) -> Iterator[Any]:
        """Every FormIndex of the current form, relevant or not, in order."""
        index = java("org.javarosa.core.model.FormIndex").createBeginningOfFormIndex()
        while True:
            index = self._model.incrementIndex(index)
            if index.isEndOfFormIndex():
                return
            yield index

    def is_relevant(self, index: Any) -> bool:
        """Whether a FormIndex is currently relevant."""
        return bool(self._model.isIndexRelevant(index))

    def event_at(self, index: Any) -> int:
        """The kind of event at a FormIndex."""
        return int(self._model.getEvent(index))

    def find(self, name: str) -> list[Any]:
        """The FormIndexes of questions with this name or ending of their path ("age", "member[2]/age"), in order."""
        return [index for index in self.indexes() if self.event_at(index) == QUESTION and ends(self.positioned(index), name)]

    def knows(self, name: str) -> bool:
        """Whether the form has a question of this name, including repeats that have no instance yet."""
        wanted = unpositioned(name)
        return any(ends(path, wanted) for path in question_paths(self.definition))

    def holds(self, name: str) -> bool:
        """Whether the instance has a node of this name, including calculations and groups."""
        wanted = unpositioned(name)
        return any(ends(path, wanted) for path in node_paths(self.definition.getMainInstance().getRoot()))

    def caption(self) -> Any:
        """JavaRosa's FormEntryCaption for the current group or repeat."""
        return self._model.getCaptionPrompt()

    def values(self) -> dict[str, str]:
        """All relevant non-blank values by path, with the positions of repeats."""
        repeats = set(repeat_paths(self.definition))
        return dict(relevant_values(self.definition.getMainInstance().getRoot(), "", "", repeats))

    # -- repeats and languages --------------------------------------------------------------------------------------

    def add_repeat(self) -> None:
        """Accept the offer to add a repeat (`NEW_REPEAT`); the next step enters it."""
        self._controller.newRepeat()
        self.event = REPEAT

    def may_remove(self) -> bool:
        """Whether the current repeat instance may be removed."""
        return not self.is_counted(self._model.getFormIndex())

    def is_counted(self, index: Any) -> bool:
        """Whether the form sets the number of instances of this repeat (repeat_count)."""
        group = self.definition.getChild(index)
        return bool(group.noAddRemove) or group.getCountReference() is not None

    def remove_repeat(self) -> None:
        """Remove the innermost current repeat instance; the walk stays at that position."""
        self.jump(self._controller.deleteRepeat())

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the form, by name."""
        localizer = self.definition.getLocalizer()
        return tuple(str(name) for name in localizer.getAvailableLocales()) if localizer is not None else ()

    def speak(self, language: str) -> None:
        """Show labels in one of `languages`."""
        self.definition.getLocalizer().setLocale(language)


def _bounds(kind: str, question: Any) -> tuple[float, float, float] | None:
    if kind != "range":
        return None
    low, high, step = (float(str(bound)) for bound in (question.getRangeStart(), question.getRangeEnd(), question.getRangeStep()))
    return min(low, high), max(low, high), abs(step)
