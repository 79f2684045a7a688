"""`count()` of a question that is asked once: always 1."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.expressions import Call, Named
from liuwen.messages import Sentence

CHOSEN = Sentence(
    zh="count(${{{name}}}) 数的是这道题出现几次，永远是 1：要数选了几项，请写成 count-selected(${{{name}}})。",
    en="count(${{{name}}}) counts how often the question occurs and is always 1; for the number of choices taken, write "
    "count-selected(${{{name}}}).",
)
ONCE = Sentence(
    zh="“{name}”不在重复组里，count(${{{name}}}) 永远是 1：要数答了没有，请写成 count-non-empty(${{{name}}})。",
    en="“{name}” is not in a repeat, so count(${{{name}}}) is always 1, answered or not; write count-non-empty(${{{name}}}) to "
    "count answers.",
)


def count_of_one(facts: Facts) -> Iterator[Fault]:
    """A question under a condition is left alone: what is not asked is not counted."""
    for formula in facts.formulas:
        for part in formula.parts:
            match part:
                case Call(function="count", arguments=(Named(name=name, last_saved=False),)):
                    asked = facts.only.get(name)
                case _:
                    continue
            if asked is None or asked.kind != "question" or asked.repeats:
                continue
            if asked.type in {"select_multiple", "rank"}:
                yield warning(formula.place, CHOSEN.filled(name=name))
            elif not any(around.cell("relevant") for around in (*asked.parents, asked)):
                yield warning(formula.place, ONCE.filled(name=name))
