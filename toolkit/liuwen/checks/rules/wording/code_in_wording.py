"""A label or hint that shows the code of a choice instead of its label."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note
from liuwen.expressions import references
from liuwen.form.elements import Choice, Element
from liuwen.messages import Sentence

CODE = Sentence(
    zh="${{{name}}} 在这里显示的是选项的代码，如“{code}”，不是“{label}”：要显示文字，请加一道 calculate 题写 "
    "jr:choice-name(${{{name}}}, '${{{name}}}')，在这里引用它。",
    en="${{{name}}} is shown here as the code of its choice, such as “{code}”, not “{label}”; to show the label, refer to a "
    "calculation jr:choice-name(${{{name}}}, '${{{name}}}').",
)


def code_in_wording(facts: Facts) -> Iterator[Fault]:
    """Said where a code does not read like its label."""
    for _, cell in facts.survey_texts:
        for name in dict.fromkeys(found.name for found in references(cell.text)):
            asked = facts.only.get(name)
            choice = _unlike_its_label(facts, asked) if asked else None
            if choice:
                yield note(cell.place, CODE.filled(name=name, code=choice.name, label=choice.label()))


def _unlike_its_label(facts: Facts, asked: Element) -> Choice | None:
    choices = facts.choices_of(asked) if asked.type in {"select_one", "select_multiple", "rank"} else None
    return next((each for each in choices or () if each.label() and each.label().casefold() != each.name.casefold()), None)
