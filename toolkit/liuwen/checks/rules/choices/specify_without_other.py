"""A "please specify" that nothing leads to."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.checks.vocabulary import SPECIFY, SPECIFY_LABEL
from liuwen.messages import Sentence

ALWAYS_ASKED = Sentence(
    zh="“{name}”请人说明“其他”，却没有 relevant，会问到每一个人：请写上条件。",
    en="“{name}” asks for details of “other” but has no relevant, so everybody is asked; write the condition.",
)


def specify_without_other(facts: Facts) -> Iterator[Fault]:
    """Its name ends in _other or _specify, or it says so."""
    for element in facts.asked:
        of = facts.only.get(SPECIFY.sub("", element.name))
        named = SPECIFY.search(element.name) and of is not None and of.is_select
        if element.type != "text" or not (named or SPECIFY_LABEL.search(element.label())):
            continue
        if not element.cell("relevant") and not (element.parents and element.parents[-1].cell("relevant")):
            yield warning(facts.at(element, "relevant"), ALWAYS_ASKED.filled(name=element.name))
