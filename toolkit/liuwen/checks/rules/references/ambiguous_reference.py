"""A ${name} that several elements bear."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.messages import Sentence

AMBIGUOUS = Sentence(
    zh="${{{name}}} 不知指哪一个，第 {rows} 行都叫这个名称：请改名。",
    en="${{{name}}} is ambiguous: rows {rows} have this name; rename them.",
)


def ambiguous_reference(facts: Facts) -> Iterator[Fault]:
    """Names may repeat in different groups, as long as nobody refers to them."""
    for place, name in facts.references:
        bearers = facts.named.get(name, ())
        if len(bearers) > 1:
            rows = ", ".join(str(element.row) for element in bearers[:5])
            yield error(place, AMBIGUOUS.filled(name=name, rows=rows))
