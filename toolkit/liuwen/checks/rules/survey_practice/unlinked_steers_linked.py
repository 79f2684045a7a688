"""A section that is kept apart from the household, and yet shows in the household's other answers."""

from collections.abc import Container, Iterable, Iterator

from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, error
from liuwen.expressions import Named, Path, references
from liuwen.form.anonymity import is_unlinked
from liuwen.form.elements import Element
from liuwen.form.sheets import Place
from liuwen.messages import Sentence

STEERS = Sentence(
    zh="这里用到了“{name}”，它在与住户分开存放的部分（“{group}”）里；从住户的其他回答就能看出它的答案。请去掉这个引用。",
    en="this uses “{name}”, which is kept apart from the household (in “{group}”); the household's other answers would show "
    "what was answered there. Take the reference out.",
)
SAVED = Sentence(
    zh="“{name}”与住户分开存放，不能存进实体：实体会把两者连起来。请去掉 save_to。",
    en="“{name}” is kept apart from the household and must not be saved to an entity, which joins the two; take out save_to.",
)


def unlinked_steers_linked(facts: Facts) -> Iterator[Fault]:
    """Relevance, calculation, constraint, filter, default, trigger, count, wording, names of instances and entities.

    What steers through calculations is found where it first leaves the section: whatever leads out of it crosses its edge once.
    The other way round, from the household into the section, nothing is given away.
    """
    inside = {element.row: group for element in facts.elements if (group := _unlinked_group(element))}
    if not inside:
        return
    names = {name: found for name, elements in facts.named.items() for found in elements if found.row in inside}
    said: set[tuple[Place, str]] = set()
    for place, name in _uses_outside(facts, inside, names):
        if (place, name) not in said:
            said.add((place, name))
            yield error(place, STEERS.filled(name=name, group=inside[names[name].row].name))
    for element in facts.elements:
        if element.row in inside and element.cell("save_to"):
            yield error(facts.at(element, "save_to"), SAVED.filled(name=element.name))


def _unlinked_group(element: Element) -> Element | None:
    return next((around for around in (*element.parents, element) if is_unlinked(around)), None)


def _uses_outside(facts: Facts, inside: dict[int, Element], names: dict[str, Element]) -> Iterator[tuple[Place, str]]:
    """Where something outside of the section names something in it."""
    for element in facts.elements:
        if element.row not in inside:
            cells = [(facts.at(element, column), text) for column, text in element.cells.items() if column != "note"]
            cells += [(facts.at(element, "type"), element.list_name or "")]
            yield from _named(cells, names)
    yield from _named(((cell.place, cell.text) for element, cell in facts.survey_texts if element.row not in inside), names)
    for name, users in facts.users.items():
        if any(user.row not in inside for user in users):
            yield from _named(_labels(facts, name), names)
    for formula in facts.formulas:
        if formula.element is None:
            yield from _named([(formula.place, formula.text)], names)
        if formula.element is None or formula.element.row not in inside:
            yield from ((formula.place, name) for name in _walked_to(formula, names))


def _named(cells: Iterable[tuple[Place, str]], names: dict[str, Element]) -> Iterator[tuple[Place, str]]:
    for place, text in cells:
        yield from ((place, found.name) for found in references(text) if found.name in names)


def _labels(facts: Facts, choices: str) -> Iterator[tuple[Place, str]]:
    for choice in facts.form.choice_lists.get(choices, ()):
        for column, wording in choice.wordings.items():
            for language, text in wording.texts.items():
                yield facts.place("choices", choice.row, column, language), text


def _walked_to(formula: Formula, names: Container[str]) -> Iterator[str]:
    """Where in the section paths lead that are written out: `/data/appraisal/ability`, `../appraisal/ability`."""
    for part in formula.parts:
        if isinstance(part, Path) and not isinstance(part.origin, Named) and len(part.steps) > 1 and part.instance is None:
            reached = [step.name for step in part.steps if step.axis == "child" and step.name in names]
            yield from reached[-1:]
