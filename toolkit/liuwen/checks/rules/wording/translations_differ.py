"""A text whose ${…} parts are not those of its twin."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.expressions import references
from liuwen.messages import Sentence

DIFFERENT = Sentence(
    zh="这里引用的是 {here}，而“{other}”里是 {there}：请对照两种语言。",
    en="this text refers to {here}, the {other} text to {there}; compare the two.",
)
NOTHING = Sentence(zh="（无）", en="nothing")


def translations_differ(facts: Facts) -> Iterator[Fault]:
    """One translation would show the name, and the other not."""
    for element in facts.elements:
        for column, wording in element.wordings.items():
            mentioned = {language: sorted(found.name for found in references(text)) for language, text in wording.texts.items()}
            first = next(iter(mentioned), "")
            for language, names in mentioned.items():
                if set(names) != set(mentioned[first]):
                    place = facts.place("survey", element.row, column, language)
                    values = {"here": _listed(names), "there": _listed(mentioned[first]), "other": first or "default"}
                    yield warning(place, DIFFERENT.filled(**values))


def _listed(names: list[str]) -> str | Sentence:
    return ", ".join(f"${{{name}}}" for name in names) or NOTHING
