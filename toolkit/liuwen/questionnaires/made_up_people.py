"""Made-up households of about 2026, for `simulate`: who is at home, who lives together, how old they are and what they do.

Kinds of households and their shares are set so that the whole comes near the country's rural figures, which stand in
`national_figures.py` beside what is made up here. How often somebody is at home, and which kinds there are, is assumed.
"""

import random
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from liuwen.questionnaires.made_up_living import living

if TYPE_CHECKING:
    import pandas as pd

Said = Mapping[str, str]
Rule = Callable[[Said, random.Random], object]
FORMS = ("household_interview", "household_interview_separate", "second_visit")
"""The forms that are answered by these people unless told otherwise."""
DOORS = {"ready": 0.70, "nobody": 0.15, "away": 0.08, "vacant": 0.04, "no_adult": 0.03}
"""What a visit finds."""


class Person(NamedTuple):
    """One member of a kind of household: call name, relation, sex, youngest and oldest age, months at home."""

    called: str
    relation: str
    sex: str
    youngest: int
    oldest: int
    months: int = 12


class Member(NamedTuple):
    """One member of a household that was drawn."""

    called: str
    relation: str
    sex: str
    age: int
    months: int


_SON_AWAY = Person("儿子", "child", "male", 20, 30, 1)
KINDS: tuple[tuple[float, tuple[Person, ...]], ...] = (
    (0.06, (Person("您", "head", "female", 66, 88),)),
    (0.09, (Person("您", "head", "male", 35, 58),)),
    (0.09, (Person("您", "spouse", "female", 42, 58), Person("当家的", "head", "male", 44, 59, 3))),
    (0.10, (Person("您", "head", "male", 62, 82), Person("老伴", "spouse", "female", 60, 80))),
    (
        0.15,
        (
            Person("您", "head", "male", 38, 52),
            Person("爱人", "spouse", "female", 36, 50),
            Person("孩子", "child", "male", 6, 17),
        ),
    ),
    (0.14, (Person("您", "head", "male", 43, 58), Person("爱人", "spouse", "female", 42, 56), _SON_AWAY)),
    (
        0.05,
        (
            Person("您", "parent", "female", 58, 70),
            Person("儿子", "head", "male", 34, 44, 1),
            Person("儿媳", "spouse", "female", 32, 42, 1),
            Person("孙子", "child", "male", 4, 14),
        ),
    ),
    (
        0.06,
        (
            Person("您", "head", "male", 54, 66),
            Person("老伴", "spouse", "female", 52, 64),
            Person("儿子", "child", "male", 24, 34, 1),
        ),
    ),
    (
        0.07,
        (
            Person("您", "spouse", "female", 33, 45),
            Person("当家的", "head", "male", 35, 47, 2),
            Person("大的", "child", "female", 9, 15),
            Person("小的", "child", "male", 2, 8),
            Person("奶奶", "parent", "female", 62, 80),
        ),
    ),
    (
        0.08,
        (
            Person("您", "head", "male", 36, 46),
            Person("爱人", "spouse", "female", 34, 44),
            Person("孩子", "child", "female", 5, 15),
            Person("父亲", "parent", "male", 62, 74),
            Person("母亲", "parent", "female", 60, 72),
        ),
    ),
    (
        0.06,
        (
            Person("您", "spouse", "female", 30, 44),
            Person("当家的", "head", "male", 32, 46, 2),
            Person("大的", "child", "male", 7, 15),
            Person("小的", "child", "female", 1, 6),
        ),
    ),
    (
        0.05,
        (
            Person("您", "head", "male", 46, 57),
            Person("爱人", "spouse", "female", 44, 55),
            Person("女儿", "child", "female", 19, 27),
        ),
    ),
)
"""Share of households → their members, whoever answers first."""


def made_up_people(villages: "pd.DataFrame | None" = None) -> dict[str, object]:
    """Answers for `simulate(..., answers=...)` on the household interview: doors, households, their members and their living.

    `simulate` takes them by itself for the interview and the second visit.

    Args:
        villages: The town as `made_up_town` gives it, whose `income` says what a head has in each village; without it every
            village is the country's average.

    Returns:
        Question → a distribution, or a function of what was said so far.

    >>> from random import Random
    >>> made_up_people()["member_count"]({"household": "h1"}, Random(1)) in range(1, 6)
    True
    """
    return {
        "visit_result": DOORS,
        "consent": {"yes": 0.93, "no": 0.07},
        "member_count": lambda said, _: len(household_of(said)),
        "member_called": lambda said, _: _next(said).called,
        "member_relation": lambda said, _: _current(said).relation,
        "member_sex": lambda said, _: _current(said).sex,
        "member_born": lambda said, _: _year(said) - _current(said).age,
        "member_months": lambda said, _: _current(said).months,
        "member_lives": {"beyond": 0.8, "county": 0.2},
        "member_work": lambda said, chance: _work(_current(said), chance),
        "member_school": lambda said, _: _school(_current(said).age),
        "member_parents": lambda said, _: _parents(household_of(said)),
        "registered_elsewhere": {0: 0.9, 1: 0.1},
        **living(household_of, villages),
    }


def household_of(said: Said) -> tuple[Member, ...]:
    """The household behind a door on a day: all answers of one visit draw on the same people."""
    return _drawn(f"{said.get('village', '')}|{said.get('household', '')}|{said.get('visit_date', '')}")


@lru_cache(maxsize=4096)
def _drawn(key: str) -> tuple[Member, ...]:
    own = random.Random(key)
    kind = own.choices([people for _, people in KINDS], [share for share, _ in KINDS])[0]
    return tuple(
        Member(each.called, each.relation, each.sex, own.randint(each.youngest, each.oldest), each.months) for each in kind
    )


def _next(said: Said) -> Member:
    people = household_of(said)
    names = [person.called for person in people]
    before = names.index(said["member_called"]) if said.get("member_called") in names else -1
    return people[min(before + 1, len(people) - 1)]


def _current(said: Said) -> Member:
    people = household_of(said)
    return next((person for person in people if person.called == said.get("member_called")), people[0])


def _year(said: Said) -> int:
    return int(str(said.get("visit_date", "2026-11-26"))[:4])


def _parents(people: tuple[Member, ...]) -> str:
    at_home = {person.sex for person in people if person.relation in {"head", "spouse"} and person.months >= 6}
    return "both" if len(at_home) == 2 else "neither" if not at_home else "mother" if "female" in at_home else "father"


def _school(age: int) -> str:
    stages = ((6, "kindergarten"), (12, "primary"), (15, "junior"))
    return next((stage for below, stage in stages if age < below), "senior")


def _work(person: Member, chance: random.Random) -> str:
    if person.age < 18:
        return "studying"
    if person.months < 7:
        return "migrant_work"
    if person.age >= 75:
        return "too_old"
    options = {"farming": 5, "farm_and_jobs": 3, "local_work": 2, "home": 1, "business": 1}
    return chance.choices(list(options), list(options.values()))[0]
