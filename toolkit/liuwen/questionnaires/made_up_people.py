"""Made-up households of about 2026, for `simulate`: who is at home, who lives together, how old they are and what they do.

Kinds of households and their shares are set so that the whole comes near the country's rural figures: 2.6 people a household, a
quarter of them aged 60 or over (National Bureau of Statistics, seventh census, 2020), many workers away (its survey of migrant
workers, 2024). How often somebody is at home is assumed, and so are the kinds.
"""

import random
from collections.abc import Callable, Mapping
from typing import NamedTuple

Said = Mapping[str, str]
Rule = Callable[[Said, random.Random], object]


class Person(NamedTuple):
    """One member of a kind of household: call name, relation, sex, youngest and oldest age, months at home."""

    called: str
    relation: str
    sex: str
    youngest: int
    oldest: int
    months: int = 12


KINDS: tuple[tuple[float, tuple[Person, ...]], ...] = (
    (0.10, (Person("您", "head", "female", 66, 88),)),
    (0.07, (Person("您", "head", "male", 40, 65),)),
    (0.22, (Person("您", "head", "male", 62, 82), Person("老伴", "spouse", "female", 60, 80))),
    (0.14, (Person("您", "spouse", "female", 42, 58), Person("当家的", "head", "male", 44, 60, 3))),
    (
        0.16,
        (
            Person("您", "head", "male", 38, 52),
            Person("爱人", "spouse", "female", 36, 50),
            Person("孩子", "child", "male", 6, 17),
        ),
    ),
    (
        0.15,
        (
            Person("您", "parent", "female", 60, 74),
            Person("儿子", "head", "male", 34, 46, 1),
            Person("儿媳", "spouse", "female", 32, 44, 1),
            Person("孙子", "child", "male", 4, 15),
        ),
    ),
    (
        0.10,
        (
            Person("您", "head", "male", 58, 70),
            Person("老伴", "spouse", "female", 56, 68),
            Person("儿子", "child", "male", 24, 34, 1),
        ),
    ),
    (
        0.06,
        (
            Person("您", "spouse", "female", 33, 45),
            Person("当家的", "head", "male", 35, 47, 2),
            Person("大的", "child", "female", 9, 15),
            Person("小的", "child", "male", 2, 8),
            Person("奶奶", "parent", "female", 62, 80),
        ),
    ),
)
"""Share of households → their members, whoever answers first."""


def made_up_people() -> dict[str, object]:
    """Answers for `simulate(..., answers=...)` on the household interview: doors, households and their members.

    Returns:
        Question → a distribution, or a function of what was said so far.

    >>> from random import Random
    >>> made_up_people()["member_count"]({"household": "h1"}, Random(1)) in range(1, 6)
    True
    """
    return {
        "visit_result": {"ready": 0.72, "nobody": 0.15, "away": 0.06, "vacant": 0.04, "no_adult": 0.03},
        "consent": {"yes": 0.93, "no": 0.07},
        "member_count": lambda said, _: len(_household(said)),
        "member_called": lambda said, _: _next(said).called,
        "member_relation": lambda said, _: _current(said).relation,
        "member_sex": lambda said, _: _current(said).sex,
        "member_born": _born,
        "member_months": lambda said, _: _current(said).months,
        "member_lives": {"beyond": 0.8, "county": 0.2},
        "member_work": _work,
        "member_parents": lambda said, _: "both" if all(person.months > 6 for person in _household(said)) else "neither",
        "registered_elsewhere": {0: 0.9, 1: 0.1},
    }


def _household(said: Said) -> tuple[Person, ...]:
    # The household's own code decides, so that each of its answers draws on the same kind.
    own = random.Random(f"{said.get('village', '')}|{said.get('household', '')}|{said.get('visit_date', '')}")
    return own.choices([people for _, people in KINDS], [share for share, _ in KINDS])[0]


def _next(said: Said) -> Person:
    people = _household(said)
    names = [person.called for person in people]
    before = names.index(said["member_called"]) if said.get("member_called") in names else -1
    return people[min(before + 1, len(people) - 1)]


def _current(said: Said) -> Person:
    people = _household(said)
    return next((person for person in people if person.called == said.get("member_called")), people[0])


def _born(said: Said, chance: random.Random) -> int:
    person = _current(said)
    year = int(str(said.get("visit_date", "2026-11-26"))[:4])
    return year - chance.randint(person.youngest, person.oldest)


def _work(said: Said, chance: random.Random) -> str:
    person = _current(said)
    if person.months < 7:
        return "migrant_work"
    if person.youngest >= 75:
        return "too_old"
    options = {"farming": 5, "farm_and_jobs": 3, "local_work": 2, "home": 1, "business": 1}
    return chance.choices(list(options), list(options.values()))[0]
