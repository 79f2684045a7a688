"""A function with too few or too many arguments."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.expressions import Call
from liuwen.expressions.functions import ARITIES
from liuwen.messages import Sentence

EXACTLY = Sentence(
    zh="{name}() 要 {fewest} 个参数，这里有 {given} 个：请补上或删去。",
    en="{name}() takes {fewest} arguments but has {given}; add or remove some.",
)
BETWEEN = Sentence(
    zh="{name}() 要 {fewest} 到 {most} 个参数，这里有 {given} 个：请补上或删去。",
    en="{name}() takes {fewest} to {most} arguments but has {given}; add or remove some.",
)
AT_LEAST = Sentence(
    zh="{name}() 至少要 {fewest} 个参数，这里有 {given} 个：请补上。",
    en="{name}() takes at least {fewest} arguments but has {given}; add some.",
)


def argument_count(facts: Facts) -> Iterator[Fault]:
    """As JavaRosa counts them."""
    for formula in facts.formulas:
        for part in formula.parts:
            arity = ARITIES.get(part.function) if isinstance(part, Call) else None
            if arity is None or not isinstance(part, Call):
                continue
            given = len(part.arguments)
            if given < arity.fewest or (arity.most is not None and given > arity.most):
                said = AT_LEAST if arity.most is None else EXACTLY if arity.fewest == arity.most else BETWEEN
                yield error(formula.place, said.filled(name=part.function, fewest=arity.fewest, most=arity.most, given=given))
