"""A sum over a repeat, calculated inside that repeat."""

import re
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.expressions import Call, Named, Path
from liuwen.expressions.rewriting import written
from liuwen.form.elements import Element
from liuwen.messages import Sentence

ALONE = Sentence(
    zh="{function}() 写在重复组“{repeat}”里面，只算到当前这一个“{name}”：请把这道计算题移到重复组之后。",
    en="inside the repeat “{repeat}”, {function}() takes only the “{name}” of the present one; move this calculation below the "
    "repeat.",
)
COUNTED = Sentence(
    zh="count(${{{repeat}}}) 写在它自己里面，永远是 1：请把这道计算题移到重复组之后，里面要用序号请写 position(..)。",
    en="inside the repeat itself, count(${{{repeat}}}) is always 1; move this calculation below the repeat, or write "
    "position(..) for the number of the present one.",
)
_OVER_NODES = {"sum": 0, "min": 0, "max": 0, "count": 0, "count-non-empty": 0, "join": 1}
"""Function → which of its arguments is the set of nodes, where it is the last."""
_SIBLING = re.compile(r"(?:\.\./)+([\w.-]+)")


def aggregate_inside_repeat(facts: Facts) -> Iterator[Fault]:
    """The XForm has a path relative to the instance, and JavaRosa reads the repeat from within as the present instance."""
    for formula in facts.formulas:
        here = formula.element
        if here is None:
            continue
        for part in formula.parts:
            read = _gathered(facts, part) if isinstance(part, Call) else None
            repeat = _shared(read, here) if read else None
            if isinstance(part, Call) and read and repeat:
                if read is repeat:
                    yield warning(formula.place, COUNTED.filled(repeat=repeat.name))
                else:
                    yield warning(formula.place, ALONE.filled(function=part.function, repeat=repeat.name, name=read.name))


def _gathered(facts: Facts, call: Call) -> Element | None:
    place = _OVER_NODES.get(call.function)
    if place is None or len(call.arguments) != place + 1:
        return None
    nodes = call.arguments[place]
    if isinstance(nodes, Path):
        sibling = _SIBLING.fullmatch(written(nodes))
        return facts.only.get(sibling[1]) if sibling else None
    return facts.only.get(nodes.name) if isinstance(nodes, Named) and not nodes.last_saved else None


def _shared(read: Element, here: Element) -> Element | None:
    """The repeat that both stand in, where nothing repeats between it and what is read."""
    if read.kind == "repeat":
        return read if read.row in {around.row for around in here.repeats} else None
    innermost = read.repeats[-1] if read.repeats else None
    return innermost if innermost and innermost.row in {around.row for around in here.repeats} else None
