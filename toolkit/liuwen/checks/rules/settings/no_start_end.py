"""A form that does not note when it was begun and ended."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, note
from liuwen.messages import Sentence

NO_TIMES = Sentence(
    zh="没有 {missing} 题：加上它，才能看出访问用了多久、是不是走过场。",
    en="there is no {missing} question; with start and end you can see how long a visit took and whether it was perfunctory.",
)


def no_start_end(facts: Facts) -> Iterator[Fault]:
    """They cost nobody a second."""
    types = {element.type for element in facts.questions}
    if facts.form.anonymous:  # the time of an answer tells whose it is
        return
    missing = [name for name in ("start", "end") if name not in types]
    if missing and len(facts.asked) >= 5:
        yield note(facts.place("survey"), NO_TIMES.filled(missing=" / ".join(missing)))
