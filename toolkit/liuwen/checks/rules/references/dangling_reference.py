"""A ${name} that the form does not have."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.checks.nearest import nearest
from liuwen.messages import Sentence

DANGLING = Sentence(
    zh="问卷里没有 ${{{name}}}：请核对名称，或补上这道题。",
    en="the form has no ${{{name}}}; check the name, or add the question.",
)
MISSPELT = Sentence(
    zh="问卷里没有 ${{{name}}}，是不是想写 ${{{meant}}}？",
    en="the form has no ${{{name}}}; did you mean ${{{meant}}}?",
)
_GENERATED = frozenset({"instanceID"})


def dangling_reference(facts: Facts) -> Iterator[Fault]:
    """Expressions, labels, triggers and parameters alike; case matters."""
    for place, name in facts.references:
        if name not in facts.named and name not in _GENERATED:
            meant = nearest(name, facts.named)
            yield error(place, MISSPELT.filled(name=name, meant=meant) if meant else DANGLING.filled(name=name))
