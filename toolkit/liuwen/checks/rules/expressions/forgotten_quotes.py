"""A bare word where a text was meant."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, note
from liuwen.expressions import Binary, Call, Expression, Path
from liuwen.logic.fixed_values import walk_outside_predicates
from liuwen.messages import Sentence

BARE = Sentence(
    zh="{word} 没有引号，会当作一道题的名称，永远是空的：请写成 '{word}'。",
    en="{word} has no quotes, so it is read as the name of a question and is always empty; write '{word}'.",
)
NULL = Sentence(
    zh="{word} 不是 XPath 的写法，只是碰巧等于空：请写成 ''。",
    en="{word} does not exist in XPath and is empty only by accident; write ''.",
)
BARE_NAME = Sentence(
    zh="{word} 是一道题的名称：请写成 ${{{word}}}。",
    en="{word} is the name of a question; write ${{{word}}}.",
)


def forgotten_quotes(facts: Facts) -> Iterator[Fault]:
    """`${a} = yes` compares with a question `yes` that does not exist."""
    for formula in facts.formulas:
        if formula.tree is None or formula.column == "choice_filter":
            continue
        for part in walk_outside_predicates(formula.tree):
            for operand in _compared(part):
                word = operand.bare_word if isinstance(operand, Path) else None
                if word and not word.endswith("()"):
                    said = NULL if word.lower() == "null" else BARE_NAME if word in facts.named else BARE
                    yield (note if said is NULL else error)(formula.place, said.filled(word=word))


def _compared(part: Expression) -> tuple[Expression, ...]:
    match part:
        case Binary(left=left, right=right):
            return (left, right)
        case Call(function="selected" | "if" | "not" | "count-selected" | "coalesce", arguments=arguments):
            return arguments
        case _:
            return ()
