"""An "other" that is never asked to explain itself."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note
from liuwen.checks.vocabulary import GENDER, OTHER, spoken
from liuwen.expressions.values import plain_text
from liuwen.form.elements import Choice
from liuwen.messages import Sentence

NO_SPECIFY = Sentence(
    zh="“{name}”有“{label}”这一项，却没有请人说明的题：请在后面加一道文字题，relevant 写 {condition}。",
    en="“{name}” offers “{label}”, but no question asks for details; add a text question after it with relevant {condition}.",
)


def other_without_specify(facts: Facts) -> Iterator[Fault]:
    """Some question's relevance should hang on the choice; nobody need explain their gender."""
    asked = {(comparison.element.row, plain_text(comparison.value)) for _, comparison in facts.comparisons}
    others = {
        name: next((choice for choice in choices if _is_other(choice)), None) for name, choices in facts.form.choice_lists.items()
    }
    for element in facts.asked:
        choice = others.get(element.list_name or "") if element.is_select and not element.from_file else None
        if choice is None or element.or_other or element.type == "rank" or (element.row, choice.name) in asked:
            continue
        if GENDER.search(spoken(element.name)) or GENDER.search(element.label("en")):
            continue
        test = f"selected(${{{element.name}}}, '{choice.name}')"
        values = {"name": element.name, "label": Sentence(zh=choice.label("zh"), en=choice.label("en")), "condition": test}
        yield note(facts.at(element, "type"), NO_SPECIFY.filled(**values))


def _is_other(choice: Choice) -> bool:
    return bool(OTHER.search(choice.name) or OTHER.search(choice.label()))
