"""A constraint that does not look at the answer it is meant for."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, warning
from liuwen.expressions import Binary, Expression, Named, Path, Text, walk
from liuwen.expressions.evaluation import fixed_value
from liuwen.messages import Sentence

IGNORES = Sentence(
    zh="这个条件没有看“{name}”自己的答案，答什么都一样：自己的答案写作“.”，例如 . <= ${{{other}}}。",
    en="this constraint does not look at the answer to “{name}” itself, so it is the same whatever is answered; the answer is "
    "written “.”, as in . <= ${{{other}}}.",
)
TOO_LATE = Sentence(
    zh="“{other}”由“{name}”算出，而手机先检查条件、后计算，检查时它还是原来的值：请在条件里用“.”直接计算。",
    en="“{other}” is calculated from “{name}”, but phones check the constraint before they calculate, so it still has its former "
    "value; calculate it within the constraint, from “.”.",
)


def constraint_ignores_answer(facts: Facts) -> Iterator[Fault]:
    """It reads other questions only, or a calculation of this answer, which still holds what it was before.

    `${other} = ''` is left alone: there, an answer is accepted only while the other question has none.
    """
    for formula, tree in facts.trees("constraint"):
        element = formula.element
        if element is None or not element.is_asked or element.type == "note" or fixed_value(tree) is not None:
            continue
        others = [part.name for part in walk(tree) if isinstance(part, Named)]
        if not others or element.name in others or any(map(_is_a_path, walk(tree))) or _tests_for_blanks(tree):
            continue
        late = next((name for name in others if element.row in _calculated_from(facts, name)), None)
        said = TOO_LATE if late else IGNORES
        yield warning(formula.place, said.filled(name=element.name, other=late or others[0]))


def _is_a_path(part: Expression) -> bool:
    """Whether it may lead to the answer: `.`, `../age`, `/data/age`."""
    return isinstance(part, Path)


def _tests_for_blanks(tree: Expression) -> bool:
    comparisons = [part for part in walk(tree) if isinstance(part, Binary) and part.operator not in {"and", "or"}]
    return bool(comparisons) and all(isinstance(part.right, Text) and part.right.value == "" for part in comparisons)


def _calculated_from(facts: Facts, name: str) -> set[int]:
    """The rows of all that a calculation reads, through other calculations too."""
    rows: set[int] = set()
    waiting = [calculation] if (calculation := _calculation(facts, name)) else []
    while waiting:
        for row in facts.targets(waiting.pop()) - rows:
            rows.add(row)
            if further := facts.formula_of.get((row, "calculation")):
                waiting.append(further)
    return rows


def _calculation(facts: Facts, name: str) -> Formula | None:
    element = facts.only.get(name)
    return facts.formula_of.get((element.row, "calculation")) if element else None
