"""Which questions of a form ask where a household lives."""

from collections.abc import Collection

from liuwen.form.elements import Element
from liuwen.form.model import Form
from liuwen.form.types import SELECTS
from liuwen.form.vocabulary import PLACES, place_in_label, place_in_name, place_word

_LONGEST_LABEL = 60
_MOST_SHARING = 3


def likely_places(form: Form, known: Collection[str]) -> list[str]:
    """The `known` columns that tell where a household lives, the finest place first; by their names and labels."""
    columns = columns_of(form, known, {"select_one", "select_one_external", "text", "calculate", "hidden"})
    ranked = {column: fineness(form, element) for column, element in columns.items()}
    found = [
        (fineness, columns[column].type not in SELECTS, column) for column, fineness in ranked.items() if fineness is not None
    ]
    return [column for _, _, column in sorted(found, key=lambda place: place[:2])]


def columns_of(form: Form, known: Collection[str], types: set[str]) -> dict[str, Element]:
    """The `known` columns whose question has one of the types; the question's name, or its path where that is not unique."""
    found = {}
    for question in form.questions:
        if question.type in types and not question.repeats:
            column = next((name for name in (question.name, "/".join(question.path)) if name in known), None)
            if column is not None and column not in found:
                found[column] = question
    return found


def label_texts(element: Element) -> str:
    """The labels of a question in all languages."""
    wording = element.wordings.get("label")
    return " ".join(wording.texts.values()) if wording else ""


def fineness(form: Form, element: Element) -> int | None:
    """The level of place the question asks for, 0 the finest, by its name or else its label; None if it asks for no place."""
    if element.type in SELECTS and not _has_places(form, element):
        return None
    if place_word(element.name) is not None:
        return place_in_name(element.name)
    label = label_texts(element)
    if element.type not in SELECTS or len(label) > _LONGEST_LABEL:
        return None
    labelled = place_in_label(label)
    return None if labelled is None else len(PLACES) + labelled


def _has_places(form: Form, element: Element) -> bool:
    """A list of its own: one that many questions share (yes and no, a scale) holds no places."""
    sharing = sum(question.list_name == element.list_name for question in form.questions)
    listed = form.choices_of(element)
    answers = set(listed.names) if listed is not None else set()
    return sharing <= _MOST_SHARING and not {"yes", "no"} <= {answer.lower() for answer in answers}
