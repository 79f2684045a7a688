"""A constraint that no answer can meet."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.expressions import Binary, Call, Expression, Path, Text
from liuwen.logic.drawing_texts import TooManyError, is_empty
from liuwen.logic.patterns import UnsolvedError, texts_of
from liuwen.logic.text_sets import both
from liuwen.messages import Sentence

IMPOSSIBLE = Sentence(
    zh="没有任何答案能满足这个条件，访问员会卡在这里：请核对数值和 and / or。",
    en="no answer satisfies this constraint, so the visitor cannot continue; check the values and the and / or.",
)
NO_TEXT = Sentence(
    zh="没有任何文字符合 {patterns}，访问员会卡在这里：regex() 要求整个答案都符合，两头不用写 /，^ 只在开头、$ 只在末尾。",
    en="no text matches {patterns}, so the visitor cannot continue: regex() looks at the whole answer, without / around the "
    "pattern, with ^ at its beginning and $ at its end only.",
)


def impossible_constraint(facts: Facts) -> Iterator[Fault]:
    """Such as `. > 10 and . < 5`, or `regex(., '/^[0-9]+$/')`."""
    for (row, column), outcome in facts.alone.items():
        if column == "constraint" and outcome == "never":
            yield error(facts.formula_of[row, column].place, IMPOSSIBLE)
    for formula, tree in facts.trees("constraint"):
        patterns = list(_patterns(tree))
        if patterns and _match_nothing(patterns):
            yield error(formula.place, NO_TEXT.filled(patterns=", ".join(patterns)))


def _patterns(tree: Expression) -> Iterator[str]:
    """The patterns that the answer must all match."""
    match tree:
        case Binary(operator="and", left=left, right=right):
            yield from _patterns(left)
            yield from _patterns(right)
        case Call(function="regex", arguments=(Path(is_here=True), Text(value=pattern))):
            yield pattern
        case _:
            pass


def _match_nothing(patterns: list[str]) -> bool:
    try:
        return is_empty(both(*map(texts_of, patterns)))
    except (UnsolvedError, TooManyError):
        return False
