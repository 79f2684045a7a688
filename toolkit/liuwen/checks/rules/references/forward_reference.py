"""A condition on a question that is asked later."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.expressions import Named
from liuwen.form.elements import Element
from liuwen.messages import Sentence

LATER = Sentence(
    zh="“{name}”在第 {row} 行才问，走到这里时还没有答案：请调整顺序。",
    en="“{name}” is asked later, in row {row}, and has no answer yet; reorder the questions.",
)
_CONDITIONS = frozenset({"relevant", "constraint", "choice_filter", "required", "repeat_count", "default"})


def forward_reference(facts: Facts) -> Iterator[Fault]:
    """What depends on an answer should follow it; questions on one screen are asked together."""
    for formula in facts.formulas:
        here = formula.element
        if here is None or formula.column not in _CONDITIONS:
            continue
        for part in formula.parts:
            asked = facts.only.get(part.name) if isinstance(part, Named) and not part.last_saved else None
            if asked and asked.is_asked and asked.row > here.row and not _same_screen(here, asked) and here not in asked.parents:
                yield warning(formula.place, LATER.filled(name=asked.name, row=asked.row))


def _same_screen(one: Element, other: Element) -> bool:
    shared = {parent.row for parent in other.parents}
    return any(parent.row in shared and "field-list" in parent.cell("appearance") for parent in one.parents)
