"""Who visits when, and with how much care: the plan that the synthetic interviews follow."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache

from liuwen.engine.phone import Device
from liuwen.simulation.profiles import Profile
from liuwen.simulation.wording import NAMES

SYNTHETIC = "liuwen:synthetic"
"""What a synthetic submission's device and user begin with."""
CHINA = timezone(timedelta(hours=8))

CAREFUL, HURRIED, STRAIGHT, COPYING = "careful", "hurried", "straight-lining", "copying"


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """What a whole simulation follows."""

    seed: int
    count: int
    first_day: date
    last_day: date
    visitors: int
    perfunctory: float
    """The share of visitors who only go through the motions."""
    blanks: float
    """The share of questions that need no answer and get none."""
    profiles: Mapping[str, Profile] = field(default_factory=dict, compare=False)
    """Village code → what is known of the village."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One interview to be: who goes, with what care, when, and where its chance comes from."""

    number: int
    visitor: int
    care: str
    begins: datetime
    source: int
    """The visit whose answers it gives: its own number, or an earlier one's that it copies."""

    @property
    def visitor_name(self) -> str:
        """The visitor's made-up name."""
        return f"{NAMES[self.visitor % len(NAMES)]}{self.visitor // len(NAMES) or ''}"

    @property
    def device(self) -> Device:
        """The visitor's phone; it says in every place that nobody real holds it."""
        return Device(f"{SYNTHETIC}-{self.visitor:02d}", f"{SYNTHETIC}-{self.visitor:02d}")


@lru_cache(maxsize=256)
def visit_of(plan: VisitPlan, number: int) -> Visit:
    """The visit with this number, counted from 0; it depends on no other's."""
    visitor = number % plan.visitors
    chance = random.Random(f"visit|{plan.seed}|{number}")
    care = _care(plan, visitor)
    copied = care == COPYING and number >= plan.visitors and chance.random() < 0.6
    days = (plan.last_day - plan.first_day).days + 1
    day = plan.first_day + timedelta(days=min(days - 1, int(days * (number + chance.random()) / max(plan.count, 1))))
    minutes = 8.5 * 60 + 540 * chance.betavariate(2, 2)
    begins = datetime.combine(day, time(), CHINA) + timedelta(minutes=round(minutes), seconds=chance.randrange(60))
    return Visit(number, visitor, care, begins, number - plan.visitors if copied else number)


@lru_cache(maxsize=4096)
def _care(plan: VisitPlan, visitor: int) -> str:
    chance = random.Random(f"care|{plan.seed}|{visitor}")
    if chance.random() >= plan.perfunctory:
        return CAREFUL
    return chance.choice((HURRIED, STRAIGHT, COPYING))
