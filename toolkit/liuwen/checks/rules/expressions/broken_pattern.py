"""A regular expression that phones cannot read."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.expressions import Call, Text
from liuwen.logic.patterns import fault_of
from liuwen.messages import Sentence

BROKEN = Sentence(
    zh="手机读不了正则表达式 {pattern}（{why}），算到这里就报错停下：请改正。",
    en="phones cannot read the pattern {pattern} ({why}) and stop here with an error; correct it.",
)


def broken_pattern(facts: Facts) -> Iterator[Fault]:
    """JavaRosa reads a pattern only when it is first needed, in the middle of an interview."""
    for formula in facts.formulas:
        for part in formula.parts:
            match part:
                case Call(function="regex", arguments=(_, Text(value=pattern))) if why := fault_of(pattern):
                    yield error(formula.place, BROKEN.filled(pattern=pattern, why=why))
                case _:
                    pass
