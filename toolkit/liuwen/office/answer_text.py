"""What the index of answers keeps of one answer: its words in all languages, its place and position."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from liuwen.form.choices import offered
from liuwen.form.places import likely_places
from liuwen.responses.from_submissions.instance import InstanceError, identity, is_template, local_name, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        words: Everything that was answered, in lower case; choices by their labels in all languages.
        name: The instance name.
        place: The place as its choice is labelled in the form's first language; "" if none was answered.
        position: Latitude and longitude of the first position, if there is one.
        is_readable: Whether it is neither encrypted nor damaged.
    """

    words: str
    name: str = ""
    place: str = ""
    position: tuple[float, float] | None = None
    is_readable: bool = True


class AnswerReader:
    """Reads the answers to one version of a form.

    Args:
        form: The form.
    """

    def __init__(self, form: "Form") -> None:
        self._form = form
        self._questions = {question.path: question for question in form.questions}
        self._labels: dict[tuple[str, ...], dict[str, tuple[str, str]]] = {}

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
            return AnswerText("", who.instance_name, is_readable=False)
        words, place, position = [who.instance_name, who.instance_id], "", None
        for path, text in _leaves(root, ()):
            question = self._questions.get(path)
            if question is None or question.type in _RECORDED:
                continue
            words.append(self._in_words(question, text))
            if question is self._place and not place:
                place = self._labels[path].get(text, (text, ""))[0] if question.is_select else text
            if question.type == "geopoint" and position is None:
                position = _position(text)
        return AnswerText("\n".join(words).lower(), who.instance_name, place, position)

    def _in_words(self, question: "Element", text: str) -> str:
        if not question.is_select:
            return text
        labels = self._labels.get(question.path)
        if labels is None:
            languages = self._form.languages or ("",)
            labels = self._labels[question.path] = {
                choice.name: (choice.label(), " ".join(choice.label(language) for language in languages))
                for choice in offered(self._form, question) or ()
            }
        return " ".join(labels.get(code, ("", code))[1] for code in text.split())


def _leaves(node: "etree._Element", path: tuple[str, ...]) -> "Iterator[tuple[tuple[str, ...], str]]":
    for child in node.iterchildren("*"):
        if is_template(child):
            continue
        below = (*path, local_name(child.tag))
        if len(child):
            yield from _leaves(child, below)
        elif text := (child.text or "").strip():
            yield below, text


def _position(text: str) -> tuple[float, float] | None:
    try:
        latitude, longitude = map(float, text.split()[:2])
    except ValueError:
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None
