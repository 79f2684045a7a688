"""A constraint that does not look at the answer it is meant for."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.expressions import Expression, Named, Path, walk
from liuwen.expressions.evaluation import fixed_value
from liuwen.messages import Sentence

IGNORES = Sentence(
    zh="这个条件没有看“{name}”自己的答案，答什么都一样：自己的答案写作“.”，例如 . <= ${{{other}}}。",
    en="this constraint does not look at the answer to “{name}” itself, so it is the same whatever is answered; the answer is "
    "written “.”, as in . <= ${{{other}}}.",
)


def constraint_ignores_answer(facts: Facts) -> Iterator[Fault]:
    """It reads other questions only; a calculation of this answer still holds what it was before."""
    for formula, tree in facts.trees("constraint"):
        element = formula.element
        if element is None or not element.is_asked or element.type == "note" or fixed_value(tree) is not None:
            continue
        others = [part.name for part in walk(tree) if isinstance(part, Named)]
        if others and element.name not in others and not any(map(_is_a_path, walk(tree))):
            yield warning(formula.place, IGNORES.filled(name=element.name, other=others[0]))


def _is_a_path(part: Expression) -> bool:
    """Whether it may lead to the answer: `.`, `../age`, `/data/age`."""
    return isinstance(part, Path)
