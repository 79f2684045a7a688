"""A text or a number where a comparison was meant: `${q} = 'a' or 'b'`."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.expressions import COMPARISONS, Binary, Call, Expression, Named, Text, walk
from liuwen.expressions.evaluation import operands
from liuwen.expressions.rewriting import written
from liuwen.expressions.values import as_truth
from liuwen.logic.fixed_values import literal, walk_outside_predicates
from liuwen.messages import Sentence

REPEATED = Sentence(
    zh="{value} 单独站着总是成立，并没有与 {subject} 比较：请写成 {meant}。",
    en="{value} on its own is always true and is not compared with {subject}; write {meant}.",
)
ALWAYS = Sentence(
    zh="{value} 单独站着总是成立，不是比较：请写出它与哪道题比较。",
    en="{value} on its own is always true; write which question it is compared with.",
)
NEVER = Sentence(
    zh="{value} 单独站着永远不成立，不是比较：请写出它与哪道题比较。",
    en="{value} on its own is never true; write which question it is compared with.",
)
QUESTIONS = Sentence(
    zh="({value}) 只看有没有作答，不会逐题与 {compared} 比较：请写成 {meant}。",
    en="({value}) is only whether they were answered, and not each of them is compared with {compared}; write {meant}.",
)
CHOICES = Sentence(
    zh="({value}) 只是“成立”，不是几个选项：请写成 {meant}。",
    en="({value}) is simply true, not a set of choices; write {meant}.",
)


def constant_operand(facts: Facts) -> Iterator[Fault]:
    """What is not empty counts as true, so that everybody is asked, or nobody."""
    for formula in facts.formulas:
        listed = [found for part in formula.parts if (found := _list_of_choices(part))]
        inside = {id(part) for choices, _ in listed for part in walk(choices)}
        for choices, meant in listed:
            yield error(formula.place, CHOICES.filled(value=written(choices), meant=meant))
        for part in formula.parts:
            said = _each_of_questions(part)
            if said:
                yield error(formula.place, said)
        for part in walk_outside_predicates(formula.tree) if formula.tree else ():
            if id(part) not in inside:
                yield from (error(formula.place, sentence) for sentence in _of_part(part, inside))


def _of_part(part: Expression, inside: set[int]) -> Iterator[Sentence]:
    match part:
        case Binary(operator="and" | "or"):
            sides = operands(part)
            inside.update(id(each) for each in walk(part) if isinstance(each, Binary) and each.operator == part.operator)
            constants = [side for side in sides if _is_constant(side)]
            if constants:
                yield _in_chain(part, sides, constants[0])
        case Call(function="not" | "boolean", arguments=(test,)) | Call(function="if", arguments=(test, _, _)):
            if _is_constant(test):
                yield _alone(test)
        case _:
            pass


def _is_constant(part: Expression) -> bool:
    value = literal(part)
    return value is not None and value not in {0.0, 1.0}


def _alone(constant: Expression) -> Sentence:
    return (ALWAYS if as_truth(literal(constant) or "") else NEVER).filled(value=written(constant))


def _in_chain(chain: Binary, sides: list[Expression], constant: Expression) -> Sentence:
    """Of `a = 1 or 2 or 3`: the same comparison was meant with each."""
    model = next((side for side in sides if _subject(side)), None)
    if model is None or not literal(constant):
        return _alone(constant)
    meant = [_like(model, side) if _is_constant(side) else written(side) for side in sides]
    values = {"value": written(constant), "subject": _subject(model), "meant": f" {chain.operator} ".join(meant)}
    return REPEATED.filled(**values)


def _subject(side: Expression) -> str:
    """The subject of a comparison with a fixed value; "" for any other expression."""
    match side:
        case Binary(operator=operator, left=left, right=right) if operator in COMPARISONS and literal(right) is not None:
            return written(left)
        case Call(function="selected", arguments=(subject, Text())):
            return written(subject)
        case _:
            return ""


def _like(model: Expression, constant: Expression) -> str:
    if isinstance(model, Call):
        return f"selected({_subject(model)}, {written(constant)})"
    operator = model.operator if isinstance(model, Binary) else "="
    return f"{_subject(model)} {operator} {written(constant)}"


def _each_of_questions(part: Expression) -> Sentence | None:
    """`(${a} or ${b}) = 'yes'`: the same comparison was meant for each."""
    match part:
        case Binary(operator=sign, left=Binary(operator="and" | "or") as asked, right=Text() as compared):
            pass
        case Binary(operator=sign, left=Text() as compared, right=Binary(operator="and" | "or") as asked):
            pass
        case _:
            return None
    if sign not in COMPARISONS or not all(isinstance(each, Named) for each in operands(asked)):
        return None
    meant = f" {asked.operator} ".join(f"{written(each)} {sign} {written(compared)}" for each in operands(asked))
    return QUESTIONS.filled(value=written(asked), compared=written(compared), meant=meant)


def _list_of_choices(part: Expression) -> tuple[Expression, str] | None:
    """`${q} = ('a' or 'b')` and `selected(${q}, 'a' or 'b')`: the list, and how it should be written."""
    match part:
        case Binary(operator="=" | "!=" as sign, left=subject, right=Binary(operator="and" | "or") as listed):
            each = [f"{written(subject)} {sign} {written(value)}" for value in operands(listed)]
        case Call(function="selected" | "is-selected", arguments=(subject, Binary(operator="and" | "or") as listed)):
            each = [f"selected({written(subject)}, {written(value)})" for value in operands(listed)]
        case _:
            return None
    plain = all(literal(value) is not None for value in operands(listed))
    return (listed, f" {listed.operator} ".join(each)) if plain else None
