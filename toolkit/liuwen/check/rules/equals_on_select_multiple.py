"""`=` used on a question with several answers."""

from collections.abc import Iterator

from liuwen.check.facts import Facts
from liuwen.check.findings import Fault, warning
from liuwen.messages import Sentence

EQUALS = Sentence(
    zh="“{name}”可以选几项，用 {operator} 只在恰好选这一项时成立：请改成 selected(${{{name}}}, '{value}')。",
    en="several answers may be chosen, and {operator} matches only this one alone; write selected(${{{name}}}, '{value}').",
)


def equals_on_select_multiple(facts: Facts) -> Iterator[Fault]:
    """The answer is stored as "a b c", which equals "b" only where nothing else was chosen."""
    for formula, comparison in facts.comparisons:
        element, operator, value, _ = comparison
        if element.type in {"select_multiple", "rank"} and operator in {"=", "!="} and value != "":
            shown = f"{value:g}" if isinstance(value, float) else value
            yield warning(formula.place, EQUALS.filled(name=element.name, operator=operator, value=shown))
