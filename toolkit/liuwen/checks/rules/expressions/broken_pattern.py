"""A regular expression that phones cannot read, or read as something else."""

import re
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.expressions import Call, Text
from liuwen.expressions.rewriting import written
from liuwen.logic.patterns import fault_of
from liuwen.messages import Sentence

BROKEN = Sentence(
    zh="手机读不了正则表达式 {pattern}（{why}），算到这里就报错停下：请改正。",
    en="phones cannot read the pattern {pattern} ({why}) and stop here with an error; correct it.",
)


TURNED = Sentence(
    zh="regex() 先写要看的文字，再写正则表达式，这里写反了：请写成 regex({text}, {pattern})。",
    en="regex() takes the text first and the pattern second, and these are the wrong way round; write regex({text}, {pattern}).",
)
POSIX = Sentence(
    zh="手机上 [:{name}:] 只是这几个字符，不是一类字符：请写成 {meant}。",
    en="to phones, [:{name}:] is just these characters and not a class of them; write {meant}.",
)
_POSIX = re.compile(r"\[:(\w+):\]")
_MEANT = {
    "alpha": r"\p{Alpha}", "digit": r"\d", "alnum": r"\p{Alnum}", "upper": r"\p{Upper}", "lower": r"\p{Lower}",
    "space": r"\s", "punct": r"\p{Punct}", "word": r"\w",
}  # fmt: skip


def broken_pattern(facts: Facts) -> Iterator[Fault]:
    """JavaRosa reads a pattern only when it is first needed, in the middle of an interview."""
    for formula in facts.formulas:
        for part in formula.parts:
            match part:
                case Call(function="regex", arguments=(Text() as pattern, text)) if not isinstance(text, Text):
                    yield error(formula.place, TURNED.filled(text=written(text), pattern=written(pattern)))
                case Call(function="regex", arguments=(_, Text(value=pattern))) if posix := _POSIX.search(pattern):
                    yield error(formula.place, POSIX.filled(name=posix[1], meant=_MEANT.get(posix[1], r"\p{…}")))
                case Call(function="regex", arguments=(_, Text(value=pattern))) if why := fault_of(pattern):
                    yield error(formula.place, BROKEN.filled(pattern=pattern, why=why))
                case _:
                    pass
