"""A value inside a repeat that a question outside of it sets."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.expressions import references
from liuwen.messages import Sentence

OUTSIDE = Sentence(
    zh="“{trigger}”在“{repeat}”外面，改动它时手机不知道该改哪个“{name}”，会报错：trigger 请用“{repeat}”里的题。",
    en="“{trigger}” is outside “{repeat}”, so phones do not know which “{name}” to change and stop with an "
    "error; use a question inside “{repeat}” as trigger.",
)


def trigger_outside_repeat(facts: Facts) -> Iterator[Fault]:
    """Neither pyxform nor ODK Validate minds it; JavaRosa stops when there are two of the repeat."""
    for element in facts.questions:
        for named in references(element.cell("trigger")) if element.type != "background-geopoint" else ():
            trigger = facts.only.get(named.name)
            around = {repeat.row for repeat in trigger.repeats} if trigger else set[int]()
            beyond = [repeat for repeat in element.repeats if trigger and repeat.row not in around]
            if beyond:
                said = OUTSIDE.filled(trigger=named.name, repeat=beyond[0].name, name=element.name)
                yield error(facts.at(element, "trigger"), said)
