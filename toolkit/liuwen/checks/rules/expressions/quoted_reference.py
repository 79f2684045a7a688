"""A reference in quotes: `'${region}'`."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.expressions import Call, Expression, Text, references
from liuwen.messages import Sentence

QUOTED = Sentence(
    zh="'{text}' 加了引号就只是一串文字，读不到答案：请去掉引号，写成 {text}。",
    en="'{text}' in quotes is only a text and never the answer; take the quotes off and write {text}.",
)
WITHIN = Sentence(
    zh="引号里的 {name} 只是文字，读不到答案：请写成 concat('…', {name}, '…')。",
    en="{name} inside quotes is only a text and never the answer; write concat('…', {name}, '…').",
)


def quoted_reference(facts: Facts) -> Iterator[Fault]:
    """The conversion puts the path of the question between the quotes; jr:choice-name() alone wants its question so."""
    for formula in facts.formulas:
        meant = {id(question) for part in formula.parts if (question := _named_in_quotes(part))}
        for part in formula.parts:
            found = references(part.value) if isinstance(part, Text) and id(part) not in meant else ()
            if isinstance(part, Text) and found:
                whole = found[0].start == 0 and found[0].end == len(part.value.strip())
                name = f"${{{found[0].name}}}"
                yield error(formula.place, QUOTED.filled(text=part.value.strip()) if whole else WITHIN.filled(name=name))


def _named_in_quotes(part: Expression) -> Expression | None:
    """The question that jr:choice-name() is given as a text."""
    match part:
        case Call(function="jr:choice-name", arguments=(_, question)):
            return question
        case _:
            return None
