"""An appearance that the question type or an app does not have."""

import re
from collections.abc import Iterator

from liuwen.checks.appearances import APPS, SUPPORT, other_client, support
from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note, warning
from liuwen.checks.nearest import nearest
from liuwen.form.elements import Element
from liuwen.messages import Sentence

UNKNOWN = Sentence(
    zh="{type} 题没有“{appearance}”这种外观，不会起作用：请核对写法，或删去。",
    en="questions of type {type} have no appearance “{appearance}”, so it has no effect; check the spelling, or delete it.",
)
MISSPELT = Sentence(
    zh="{type} 题没有“{appearance}”这种外观，是不是想写“{meant}”？",
    en="questions of type {type} have no appearance “{appearance}”; did you mean “{meant}”?",
)
PARTLY = Sentence(
    zh="外观“{appearance}”在 {apps} 里不起作用（共 {count} 处）：如果要用它们采集，请先试一试。",
    en="the appearance “{appearance}” (used {count} times) has no effect in {apps}; test the form there if you collect with it.",
)
ELSEWHERE = Sentence(
    zh="外观“{appearance}”（共 {count} 处）只有 {app} 认得，在别的应用里不起作用。",
    en="only {app} knows the appearance “{appearance}” (used {count} times); it has no effect in other apps.",
)
_WORD = re.compile(r"[\w\-]+(?:\([^)]*\))?|\S+")


def unsupported_appearance(facts: Facts) -> Iterator[Fault]:
    """Appearances that no app supports are a warning in each row; those that some apps lack are reported once."""
    partly: dict[tuple[str, str], list[Element]] = {}
    elsewhere: dict[tuple[str, str], list[Element]] = {}
    for element in facts.elements:
        unknown: list[str] = []
        for word in _words(element.cell("appearance")):
            apps = support(element.type, word)
            client = other_client(word) if apps is None else None
            if client:
                elsewhere.setdefault((word, client), []).append(element)
            elif apps is None and (meant := nearest(word, SUPPORT[element.type])):
                said = MISSPELT.filled(type=element.type, appearance=word, meant=meant)
                yield warning(facts.at(element, "appearance"), said)
            elif apps is None:
                unknown.append(word)
            elif missing := " / ".join(name for letter, name in APPS.items() if letter not in apps):
                partly.setdefault((word, missing), []).append(element)
        if unknown:
            said = UNKNOWN.filled(type=element.type, appearance=" ".join(unknown))
            yield warning(facts.at(element, "appearance"), said)
    for (word, missing), elements in partly.items():
        said = PARTLY.filled(appearance=word, apps=missing, count=len(elements))
        yield note(facts.at(elements[0], "appearance"), said)
    for (word, client), elements in elsewhere.items():
        said = ELSEWHERE.filled(appearance=word, app=client, count=len(elements))
        yield note(facts.at(elements[0], "appearance"), said)


def _words(appearance: str) -> Iterator[str]:
    """The words of an appearance; of `ex:org.app(…)` and `search(…)` only what stands before."""
    if "(" in appearance or ":" in appearance or "${" in appearance:
        appearance = re.sub(r"[\w\-.]+[:(].*", "", appearance)
    for found in _WORD.finditer(appearance):
        yield found[0].lower()
