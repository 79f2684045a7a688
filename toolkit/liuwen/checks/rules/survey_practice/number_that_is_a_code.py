"""A telephone or card number asked as a number."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.checks.vocabulary import COUNTED, NUMBERED, spoken
from liuwen.messages import Sentence

CODE = Sentence(
    zh="“{name}”是号码，不是数量：integer 会丢掉开头的 0，且最多 9 位；请改成 text，外观写 numbers。",
    en="“{name}” is a code, not a quantity: integer drops leading zeros and holds at most 9 digits; use "
    "text with the appearance numbers.",
)


def number_that_is_a_code(facts: Facts) -> Iterator[Fault]:
    """A Chinese mobile number has 11 digits, an identity card 18."""
    for element in facts.asked:
        said = (spoken(element.name), element.label().strip(" ?:：？*"))
        if element.type in {"integer", "decimal"} and any(map(NUMBERED.search, said)) and not any(map(COUNTED.search, said)):
            yield warning(facts.at(element, "type"), CODE.filled(name=element.name))
