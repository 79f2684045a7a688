"""A date without quotes, which XPath reads as a subtraction."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.expressions import Binary, Number
from liuwen.messages import Sentence

UNQUOTED = Sentence(
    zh="{text} 没有引号，会当作减法算成 {result:g}：请写成 date('{text}')。",
    en="{text} without quotes is a subtraction with the result {result:g}; write date('{text}').",
)


def unquoted_date(facts: Facts) -> Iterator[Fault]:
    """2026-11-21 is 1994."""
    for formula in facts.formulas:
        for part in formula.parts:
            match part:
                case Binary(
                    operator="-", left=Binary(operator="-", left=Number(value=y), right=Number(value=m)), right=Number(value=d)
                ):
                    if 1900 <= y <= 2100 and 1 <= m <= 12 and 1 <= d <= 31:
                        text = formula.text[part.start : part.end]
                        yield error(formula.place, UNQUOTED.filled(text=text, result=y - m - d))
                case _:
                    pass
