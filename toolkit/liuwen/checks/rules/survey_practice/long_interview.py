"""A questionnaire that takes too long."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note
from liuwen.form.elements import Element
from liuwen.messages import Sentence

LONG = Sentence(
    zh="估计要问 {minutes} 分钟，超过 {most} 分钟：请删减，或分两次问。",
    en="this interview takes an estimated {minutes} minutes, more than {most}; shorten it, or split it into two visits.",
)
MOST = 45
"""Minutes after which answers grow careless (household surveys; Galesic and Bosnjak 2009 find it far earlier on the web)."""
_SECONDS = {
    "text": 25,
    "select_multiple": 15,
    "rank": 25,
    "integer": 8,
    "decimal": 10,
    "date": 10,
    "image": 30,
    "audio": 60,
    "video": 90,
    "geopoint": 30,
    "geotrace": 120,
    "geoshape": 120,
    "note": 0,
}


def long_interview(facts: Facts) -> Iterator[Fault]:
    """Reading 15 letters (5 Chinese characters) a second, answering by type; conditions halve it, a repeat counts thrice."""
    seconds = sum(map(_seconds, (element for element in facts.questions if element.is_asked)))
    if seconds > MOST * 60:
        yield note(facts.place("survey"), LONG.filled(minutes=round(seconds / 60), most=MOST))


def _seconds(element: Element) -> float:
    label = element.label()
    aloud = sum(0.2 if letter > "\u2e7f" else 1 / 15 for letter in label)
    conditions = sum(bool(around.cell("relevant")) for around in (element, *element.parents))
    asked_of: float = 0.5 ** min(conditions, 3) * 3 ** len(element.repeats)
    return (aloud + _SECONDS.get(element.type, 6)) * asked_of
