"""A pattern that is meant to be found within a text, and must fit all of it."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.expressions import Call, Text
from liuwen.logic.patterns import says_both_ends
from liuwen.messages import Sentence

WITHIN = Sentence(
    zh="regex 比的是整个答案：not(regex(…, '{pattern}')) 只拦住恰好这样的答案，含有它的照样通过；"
    "要拦住含有它的，请写成 '.*({pattern}).*'。",
    en="regex compares the whole answer, so not(regex(…, '{pattern}')) refuses only an answer that is exactly this, not one that "
    "contains it; to refuse those, write '.*({pattern}).*'.",
)


def pattern_within_text(facts: Facts) -> Iterator[Fault]:
    """Who forbids a pattern that does not say where a text begins and ends means to forbid it anywhere."""
    for formula in facts.formulas:
        for part in formula.parts:
            match part:
                case Call(function="not", arguments=(Call(function="regex", arguments=(_, Text(value=pattern))),)):
                    if not says_both_ends(pattern):
                        yield warning(formula.place, WITHIN.filled(pattern=pattern))
                case _:
                    pass
