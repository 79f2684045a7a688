"""What JavaRosa and ODK Validate say, brought to its cell and into Chinese."""

import re
from functools import cache

from liuwen.checks.facts import Facts
from liuwen.checks.verdicts.javarosa_remarks import REMARKS
from liuwen.form.elements import Element
from liuwen.form.sheets import Place
from liuwen.messages import Sentence

AS_SAID = Sentence(zh="JavaRosa 说：“{said}”", en="JavaRosa: {said}")
_INSTANCE_NAME = "/meta/instanceName"
_ENTITY = "/meta/entity"
_XPATH = re.compile(r"/[^\W\d][\w.\-]*(?:\[[^\]]*\])?(?:/[\w.\-@]+(?:\[[^\]]*\])?)+")
_SURROUNDINGS = re.compile(r"\s*Problem found at nodeset:.*", re.DOTALL)  # XML that an XLSForm's author never wrote
_MARK = "\u034e"  # what JavaRosa puts under the place where it stumbled
_FUNCTION = re.compile(r"cannot handle function '([^']+)'")
_TAG = re.compile(r'Element type "([^"]+)" must be followed')
_INDEX = re.compile(r"\[[^\]]*\]")
_COLUMNS = (
    (re.compile(r"\brelevan|(display|in) condition", re.IGNORECASE), "relevant"),
    (re.compile(r"\bconstraint", re.IGNORECASE), "constraint"),
    (re.compile(r"\bcalculat", re.IGNORECASE), "calculation"),
    (re.compile(r"\brequired?\b", re.IGNORECASE), "required"),
    (re.compile(r"\blabel|itext", re.IGNORECASE), "label"),
)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Sentence], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE | re.DOTALL), sentence) for pattern, sentence in REMARKS)


def javarosa_sentence(said: str) -> Sentence:
    """What it said, without the clutter, and its Chinese twin where the words are known."""
    said = said.replace(_MARK, "▸")
    paths = ", ".join(f"${{{path.rpartition('/')[2]}}}" for path in dict.fromkeys(_paths(said)))
    for pattern, sentence in _patterns():
        found = pattern.search(said)
        if found:
            values = {name: " ".join((held or "").split()) for name, held in found.groupdict().items()}
            return sentence.filled(paths=paths, **values)
    return AS_SAID.filled(said=" ".join(_SURROUNDINGS.sub("", said).split()))


def javarosa_place(facts: Facts, said: str) -> Place:
    """The cell whose expression its words quote, or else the row of the first question they name by path."""
    said = said.replace(_MARK, "")
    if _INSTANCE_NAME in _INDEX.sub("", said):
        return facts.place("settings", 2, "instance_name")
    quoting = [cell for cell in facts.formulas if len(cell.text) > 3 and cell.text in said]
    if quoting:
        return max(quoting, key=lambda cell: len(cell.text)).place
    called = _FUNCTION.search(said)
    calling = [cell for cell in facts.formulas if called and f"{called[1]}(" in cell.text]
    if calling:
        return calling[0].place
    element = next((found for path in _paths(said) if (found := _element(facts, path))), None) or _called(facts, said)
    if element is None:
        return facts.place("entities", 2) if _ENTITY in _INDEX.sub("", said) else Place("")
    column = next(
        (name for pattern, name in _COLUMNS if pattern.search(said) and name in {*element.cells, *element.wordings}), None
    )
    return facts.at(element, column)


def is_own_choice_label(facts: Facts, said: str) -> bool:
    """Whether it remarks on a blank label of a list that the form itself holds, which a rule looks at more closely.

    A label such as `${child}` is blank only as long as nothing is answered.
    """
    if "label text and image uri are both missing" not in said or facts.form.is_xform:
        return False
    element = next((found for path in _paths(said) if (found := _element(facts, path))), None)
    return element is not None and facts.choices_of(element) is not None


def _called(facts: Facts, said: str) -> Element | None:
    """The element whose name broke the XML."""
    found = _TAG.search(said)
    return facts.named.get(found[1], [None])[0] if found else None


def _paths(said: str) -> list[str]:
    return [_INDEX.sub("", found).rstrip(".") for found in _XPATH.findall(said)]


def _element(facts: Facts, path: str) -> Element | None:
    names = tuple(path.strip("/").split("/")[1:])
    return next((element for element in facts.named.get(names[-1], ()) if element.path == names), None) if names else None
