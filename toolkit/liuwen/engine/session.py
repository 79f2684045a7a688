"""Inside the worker: the running interviews, each a walk controlled by its caller."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from liuwen.engine.formwalk import END, NEW_REPEAT, QUESTION, REPEAT, AskedItem, FormWalk, Refusal
from liuwen.engine.paths import ends
from liuwen.engine.phone import PhoneState

_KEPT = 16


class Setup(NamedTuple):
    """The initial state of an interview."""

    xml: str
    media: Mapping[str, bytes]
    phone: PhoneState


class Action(NamedTuple):
    """One action in an interview."""

    verb: str
    name: str = ""
    value: Any = None


class Question(NamedTuple):
    """The current question of an interview.

    `label` and `hint` are in the language shown; `choices` maps stored values to labels, as filtered now.
    """

    path: str
    """The names from the root to the question, with the positions of repeats, such as `member[2]/age`."""
    name: str
    type: str
    """The XLSForm type; "repeat" for the offer to add a repeat."""
    label: str
    hint: str
    choices: Mapping[str, str]
    value: str | None
    """The answer as text in XML; None if there is none."""
    required: bool
    read_only: bool
    appearance: str
    bounds: tuple[float, float, float] | None
    """For a range: minimum, maximum and step."""
    holds: str
    """The kind of value it takes: "integer", "date", "file", …, or "text"."""

    @property
    def is_select(self) -> bool:
        """Whether it has choices."""
        return self.type in {"select_one", "select_multiple", "rank"}


_sessions: "OrderedDict[str, FormWalk]" = OrderedDict()


def perform(number: str, action: Action) -> tuple[bool, Any]:
    """Whether the interview `number` exists here, and the result of the action."""
    walk = _sessions.get(number)
    if walk is None:
        return False, None
    _sessions.move_to_end(number)
    walk.phone.take_up()
    return True, _VERBS[action.verb](walk, action)


def reopen(number: str, setup: Setup, journal: tuple[Action, ...], action: Action) -> Any:
    """Start the interview `number`, repeat the actions in its journal, and return the result of the action."""
    walk = FormWalk(setup.xml, setup.media, phone=replace(setup.phone))
    _forward(walk, Action("next"))
    _sessions[number] = walk
    while len(_sessions) > _KEPT:
        _sessions.popitem(last=False)[1].close()
    for each in journal:
        _VERBS[each.verb](walk, each)
    return _VERBS[action.verb](walk, action)


# -- actions ----------------------------------------------------------------------------------------------------------


def _look(walk: FormWalk, action: Action) -> Question | None:
    if walk.event == NEW_REPEAT:
        return _offer(walk)
    return _question(walk) if walk.event == QUESTION else None


def _forward(walk: FormWalk, action: Action) -> Question | None:
    while walk.step() not in {QUESTION, NEW_REPEAT, END}:
        pass
    return _look(walk, action)


def _backward(walk: FormWalk, action: Action) -> Question | None:
    while walk.step_back() not in {QUESTION, NEW_REPEAT, 0}:
        pass
    return _look(walk, action) if walk.event else _forward(walk, action)


def _answer(walk: FormWalk, action: Action) -> Refusal | None:
    item = walk.item(walk.prompt())
    outcome = walk.answer(item, action.value)
    return walk.refusal(outcome, item, action.value) if outcome else None


def _asks(walk: FormWalk, action: Action) -> bool | None:
    """Whether the question is asked; None if the form has no such question."""
    found = walk.find(action.name)
    return any(map(walk.is_relevant, found)) if found or walk.knows(action.name) else None


def _jump(walk: FormWalk, action: Action) -> str:
    found = walk.find(action.name)
    asked = [index for index in found if walk.is_relevant(index)]
    if not asked:
        return "irrelevant" if found or walk.knows(action.name) else "unknown"
    here = walk.path()
    walk.jump(max(asked, key=lambda index: _common(walk.positioned(index), here)))
    return ""


def _add(walk: FormWalk, action: Action) -> Any:
    if action.name:
        offers = [index for index in walk.indexes() if walk.event_at(index) == NEW_REPEAT and walk.is_relevant(index)]
        offers = [index for index in offers if ends(walk.positioned(index).rpartition("[")[0], action.name)]
        offers = [index for index in offers if not walk.is_counted(index)]
        if not offers:
            return False
        walk.jump(offers[-1])
    walk.add_repeat()
    shown = _forward(walk, action)
    return True if action.name else shown


def _remove(walk: FormWalk, action: Action) -> bool:
    found = [index for index in walk.indexes() if walk.event_at(index) == REPEAT and ends(walk.positioned(index), action.name)]
    if not found or walk.is_counted(found[0]):
        return False
    walk.jump(found[0])
    walk.remove_repeat()
    if walk.event not in {QUESTION, NEW_REPEAT, END}:
        _forward(walk, action)
    return True


def _value(walk: FormWalk, action: Action) -> tuple[bool, str | None]:
    """Whether the form has a node of this name, and its value."""
    found = next((text for path, text in walk.values().items() if ends(path, action.name)), None)
    return found is not None or walk.holds(action.name), found


def _values(walk: FormWalk, action: Action) -> dict[str, str]:
    return walk.values()


def _clock(walk: FormWalk, action: Action) -> Question | None:
    walk.phone.now = action.value
    walk.phone.take_up()
    return _look(walk, action)


def _speak(walk: FormWalk, action: Action) -> Question | None:
    walk.speak(action.name)
    return _look(walk, action)


def _languages(walk: FormWalk, action: Action) -> tuple[str, ...]:
    return walk.languages


def _finalise(walk: FormWalk, action: Action) -> Any:
    return walk.finalise()


_VERBS: Mapping[str, Callable[[FormWalk, Action], Any]] = {
    "look": _look,
    "next": _forward,
    "back": _backward,
    "answer": _answer,
    "asks": _asks,
    "jump": _jump,
    "add": _add,
    "remove": _remove,
    "value": _value,
    "values": _values,
    "clock": _clock,
    "speak": _speak,
    "languages": _languages,
    "finalise": _finalise,
}


# -- the current question ---------------------------------------------------------------------------------------------


def _question(walk: FormWalk) -> Question:
    prompt = walk.prompt()
    item = walk.item(prompt)
    data = prompt.getAnswerValue()
    return Question(
        path=walk.path(),
        name=item.name,
        type=item.type,
        label=_words(prompt.getLongText()),
        hint=_words(prompt.getHelpText()),
        choices=_choices(item, prompt),
        value=None if data is None else str(data.uncast().getString()),
        required=bool(prompt.isRequired()),
        read_only=bool(prompt.isReadOnly()),
        appearance=item.appearance,
        bounds=item.bounds,
        holds=item.holds,
    )


def _offer(walk: FormWalk) -> Question:
    path = walk.path()
    label = _words(walk.caption().getLongText())
    name = path.rpartition("/")[2].partition("[")[0]
    return Question(path, name, "repeat", label, "", {}, None, False, False, "", None, "text")


def _choices(item: AskedItem, prompt: Any) -> dict[str, str]:
    if not item.is_select:
        return {}
    choices = prompt.getSelectChoices()
    return {str(choice.getValue()): _words(prompt.getSelectChoiceText(choice)) for choice in choices}


def _words(text: Any) -> str:
    return "" if text is None else str(text)


def _common(path: str, here: str) -> int:
    """The number of steps that two paths share from the root; an equal position of a repeat has priority."""
    shared = 0
    for one, other in zip(path.split("/"), here.split("/"), strict=False):
        if one != other:
            break
        shared += 1
    return shared
