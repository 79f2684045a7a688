"""A function that phones do not know."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.checks.nearest import nearest
from liuwen.expressions import Call
from liuwen.expressions.functions import ARITIES
from liuwen.messages import Sentence

UNKNOWN = Sentence(
    zh="没有 {name}() 这个函数：请核对写法。",
    en="there is no function {name}(); check the spelling.",
)
MISSPELT = Sentence(
    zh="没有 {name}() 这个函数，是不是想写 {meant}()？",
    en="there is no function {name}(); did you mean {meant}()?",
)


def unknown_function(facts: Facts) -> Iterator[Fault]:
    """JavaRosa notices only when it comes to evaluate it, which may be in the village."""
    for formula in facts.formulas:
        for part in formula.parts:
            if isinstance(part, Call) and part.function not in ARITIES:
                meant = nearest(part.function, ARITIES)
                said = MISSPELT.filled(name=part.function, meant=meant) if meant else UNKNOWN.filled(name=part.function)
                yield error(formula.place, said)
