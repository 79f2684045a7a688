"""`=` used on a question with several answers."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, warning
from liuwen.expressions.values import plain_text
from liuwen.form.elements import Element
from liuwen.messages import Sentence

EQUALS = Sentence(
    zh="“{name}”可以选几项，用 = 只在恰好选这一项时成立：请改成 selected(${{{name}}}, '{value}')。",
    en="“{name}” allows several answers, and = is true only if this one alone is selected; write "
    "selected(${{{name}}}, '{value}').",
)
DIFFERS = Sentence(
    zh="“{name}”可以选几项，用 != 时与别的项同选也算不等：请改成 not(selected(${{{name}}}, '{value}'))。",
    en="“{name}” allows several answers, and != is also true if this is one of them; write "
    "not(selected(${{{name}}}, '{value}')).",
)


def equals_on_select_multiple(facts: Facts) -> Iterator[Fault]:
    """The answer is stored as "a b c", which equals "b" only where nothing else was chosen."""
    for formula, comparison in facts.comparisons:
        element, operator, value, _ = comparison
        shown = plain_text(value)
        several = element.type in {"select_multiple", "rank"} and operator in {"=", "!="} and shown
        if several and not _is_alone(shown, element, formula):
            said = EQUALS if operator == "=" else DIFFERS
            yield warning(formula.place, said.filled(name=element.name, value=shown))


def _is_alone(value: str, element: Element, formula: Formula) -> bool:
    """Whether the value cannot be chosen with others, or the same cell asks for `selected` too: then `=` is meant."""
    texts = (element.cell("constraint"), formula.text)
    return any(f"'{value}'" in text and ("selected(" in text) for text in texts)
