"""What the index of answers keeps of one answer: its words in all languages, its place and position."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from liuwen.form.choices import offered
from liuwen.form.places import likely_places
from liuwen.responses.from_submissions.instance import InstanceError, identity, is_template, local_name, parse

if TYPE_CHECKING:
    from lxml import etree

    from liuwen.form import Form
    from liuwen.form.elements import Element

_RECORDED = frozenset(
    {"start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit"}
)


@dataclass(frozen=True, slots=True)
class AnswerText:
    """What is kept of an answer.

    Attributes:
        words: Everything that was answered in words and numbers, in lower case.
        chosen: The labels of the choices taken, each in all languages, in lower case.
        name: The instance name.
        place: The place as its choice is labelled in the form's first language; "" if none was answered.
        position: Latitude and longitude of the first position, if there is one.
        is_readable: Whether it is neither encrypted nor damaged.
    """

    words: str
    chosen: frozenset[str] = frozenset()
    name: str = ""
    place: str = ""
    position: tuple[float, float] | None = None
    is_readable: bool = True


@dataclass(frozen=True)
class _Question:
    """A question whose answers are kept."""

    form: "Form"
    element: "Element"

    @cached_property
    def labels(self) -> dict[str, tuple[str, str]]:
        """Choice → its label in the form's first language, and its labels in all languages in lower case."""
        languages = self.form.languages or ("",)
        return {
            choice.name: (choice.label(), " ".join(choice.label(language) for language in languages).lower())
            for choice in offered(self.form, self.element) or ()
        }


class AnswerReader:
    """Reads the answers to one version of a form.

    Args:
        form: The form.
    """

    def __init__(self, form: "Form") -> None:
        self._form = form
        kept = [question for question in form.questions if question.type not in _RECORDED]
        self._questions = {question.path: _Question(form, question) for question in kept}
        self._choosing = {path for path, question in self._questions.items() if question.element.is_select}
        self._positions = {path for path, question in self._questions.items() if question.element.type == "geopoint"}

    @cached_property
    def _place(self) -> "Element | None":
        """The question that tells where a household lives: the finest one, a list of places before a text."""
        by_name = {question.name: question for question in self._form.questions if not question.repeats}
        likely = [by_name[name] for name in likely_places(self._form, by_name)]
        return next((question for question in likely if question.is_select), likely[0] if likely else None)

    @property
    def place_question(self) -> str:
        """The name of the question that tells the place; "" if there is none."""
        return self._place.name if self._place is not None else ""

    def places(self, language: str) -> dict[str, str]:
        """The places that can be chosen: `AnswerText.place` → its label in a language."""
        choices = offered(self._form, self._place) if self._place is not None and self._place.is_select else None
        return {choice.label(): choice.label(language) for choice in choices or ()}

    def read(self, xml: bytes) -> AnswerText:
        """What is kept of an answer."""
        try:
            root = parse(xml)
        except InstanceError:
            return AnswerText("", is_readable=False)
        who = identity(root)
        if who.encrypted:
            return AnswerText("", name=who.instance_name, is_readable=False)
        words, chosen, place, position = [who.instance_name, who.instance_id], set(), "", None
        place_path = self._place.path if self._place is not None else None
        for path, text in _leaves(root, (), []):
            if path in self._choosing:
                labels = self._questions[path].labels
                for code in text.split():
                    if code in labels:
                        chosen.add(labels[code][1])
                    else:
                        words.append(code)
                if path == place_path and not place:
                    place = labels.get(text, (text, ""))[0]
            elif path in self._questions:
                words.append(text)
                if path == place_path and not place:
                    place = text
                if path in self._positions and position is None:
                    position = _position(text)
        return AnswerText("\n".join(words).lower(), frozenset(chosen - {""}), who.instance_name, place, position)


_Path = tuple[str, ...]


def _leaves(node: "etree._Element", path: _Path, found: list[tuple[_Path, str]]) -> list[tuple[_Path, str]]:
    """Path → text of each answer, added to what was found before."""
    for child in node:
        if not isinstance(child.tag, str) or is_template(child):
            continue
        below = (*path, local_name(child.tag))
        if len(child):
            _leaves(child, below, found)
        elif text := (child.text or "").strip():
            found.append((below, text))
    return found


def _position(text: str) -> tuple[float, float] | None:
    try:
        latitude, longitude = map(float, text.split()[:2])
    except ValueError:
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None
