"""Inside the worker: one made-up respondent, who answers whatever a form asks."""

import math
import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from liuwen.engine.formwalk import AskedItem, FormWalk
from liuwen.expressions.dates import EPOCH
from liuwen.form.vocabulary import AGE, BIRTH, PEOPLE, place_in_name
from liuwen.logic.days import day_of
from liuwen.logic.drawing_texts import TooManyError, draw
from liuwen.logic.limits import AnswerLimits
from liuwen.logic.patterns import UnsolvedError
from liuwen.logic.text_sets import NOT_BLANK, TextSet, both, is_among
from liuwen.simulation import wording
from liuwen.simulation.leanings import (
    CONTENTMENT,
    HARDSHIP,
    attraction,
    attractions,
    household_leanings,
    is_scale,
    person_leanings,
    scale_position,
    village_leanings,
)
from liuwen.simulation.open_range import Range, allowed, counts, lengths
from liuwen.simulation.short_ways import GOOD, TICKS_NONE, fewer, nones, without_other
from liuwen.simulation.visits import COPYING, HURRIED, STRAIGHT, Visit, VisitPlan
from liuwen.simulation.wanted_texts import DECIMALS, WHOLE_NUMBERS, tests_a_text, wanted_texts

_MANY = 60
FILES = {
    "image": (
        "photo.gif",
        b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;",
    ),
    "audio": ("audio.m4a", b""),
    "video": ("video.mp4", b""),
    "file": ("file.txt", b"synthetic"),
}
"""Type of question → how its synthetic file is called, and what is in it: a white dot, silence, nothing of anyone's."""


class Respondent:
    """Draws answers for one visit: from the village's and the household's leanings, and from chance."""

    def __init__(self, plan: VisitPlan, visit: Visit, attempt: int = 0) -> None:
        self.plan = plan
        self.visit = visit
        self.chance = random.Random(f"answers|{plan.seed}|{visit.source}|{attempt}")
        self.slips = random.Random(f"slips|{plan.seed}|{visit.number}")
        self._place = ""
        self._village: tuple[float, ...] = village_leanings(plan.seed, "")
        self.household = household_leanings(self._village, self._home())
        self.leanings = self.household
        self._repeat = ""
        self._last_step: float | None = None

        self._writers: Mapping[str, Callable[[FormWalk, AskedItem, AnswerLimits], str | None]] = {
            "integer": self._integer,
            "decimal": self._decimal,
            "range": self._notch,
            "date": self._date,
            "dateTime": self._date_time,
            "time": self._time,
            "acknowledge": lambda walk, item, limits: "OK",
            "geopoint": self._position,
            "geotrace": self._position,
            "geoshape": self._position,
            "image": self._file,
            "audio": self._file,
            "video": self._file,
            "file": self._file,
        }

    # -- how it answers ---------------------------------------------------------------------------------------------

    def leaves_blank(self, item: AskedItem, *, required: bool) -> bool:
        """Whether a question that needs no answer gets none."""
        if required or item.type == "note":
            return False
        if item.type in FILES:
            return True
        share = self.plan.blanks * (3 if self.visit.care in {HURRIED, COPYING} and item.type == "text" else 1)
        return self.chance.random() < share

    def keeps(self, item: AskedItem) -> bool:
        """Whether an answer that the form itself proposes is left as it stands."""
        return not item.is_select

    def turns_to(self, walk: FormWalk, item: AskedItem, instance: str) -> None:
        """Take note of where the question stands: each member of a repeat is a person of its own."""
        repeat = instance if item.repeated else ""
        if repeat != self._repeat:
            self._repeat = repeat
            who = f"person|{self.plan.seed}|{self.visit.source}|{repeat}"
            self.leanings = person_leanings(self.household, who) if repeat else self.household

    def seconds(self, item: AskedItem) -> float:
        """How long the question takes, in seconds: log-normal about its kind's usual time, a quarter of it for who hurries."""
        usual = 18 if item.type == "text" else 6 if item.is_select else 8
        pace = 0.25 if self.visit.care in {HURRIED, COPYING} else 1.0
        return max(0.4, pace * usual * math.exp(self.slips.gauss(0, 0.4)))

    def repeats(self, name: str, most: int | None = None) -> int:
        """How many times a repeat is filled in."""
        count = 0 if self.chance.random() < 0.06 else 1
        while count and count < 8 and self.chance.random() < 0.45:
            count += 1
        if self.visit.care in {HURRIED, COPYING}:
            count = min(count, 1)
        return count if most is None else min(count, most)

    def counted(self, text: str) -> str:
        """A number of people as it is written down: who hurries leaves some of them out."""
        return str(fewer(int(text))) if self.visit.care == HURRIED and text.isdecimal() else text

    def draw(self, walk: FormWalk, item: AskedItem, limits: AnswerLimits, offered: tuple[str, ...]) -> str | None:
        """An answer as the XML holds it; None if there is nothing to answer. Each call draws a new answer."""
        if self.visit.care == HURRIED:
            offered = without_other(offered)
        if not item.is_select:
            writer = self._writers.get(item.type)
            return writer(walk, item, limits) if writer else self._words(walk, item, limits)
        if not offered:
            return None
        if item.type == "select_one":
            return self._one(item, offered)
        if item.type == "rank":
            return " ".join(self.chance.sample(offered, len(offered)))
        return self._several(walk, limits, item, offered)

    def heard(self, item: AskedItem, text: str | None) -> None:
        """Take note of an answer: a place makes the household one of that place."""
        if text and item.type in {"select_one", "text"} and place_in_name(item.name) is not None:
            self._place += f"|{text}"
            self._village = (
                self.plan.profiles[text].leanings(self.plan.seed)
                if text in self.plan.profiles
                else village_leanings(self.plan.seed, self._place)
            )
            self.leanings = self.household = household_leanings(self._village, self._home())

    def _home(self) -> random.Random:
        return random.Random(f"home|{self.plan.seed}|{self.visit.source}")

    # -- choices ----------------------------------------------------------------------------------------------------

    def _one(self, item: AskedItem, offered: tuple[str, ...]) -> str:
        if len(offered) == 1:
            return offered[0]
        if place_in_name(item.name) is not None or len(offered) > _MANY:
            return self._place_of(offered)
        if is_scale(offered):
            return self._step(offered)
        return self.chance.choices(offered, self._weights(item.name, offered))[0]

    def _place_of(self, offered: tuple[str, ...]) -> str:
        """One of many places: as many households as its profile says, or else more in the first ones than in the last."""
        if offered[0] in self.plan.profiles:
            sizes = [self.plan.profiles[value].households if value in self.plan.profiles else 1.0 for value in offered]
            return self.chance.choices(offered, sizes)[0]
        return offered[int(len(offered) * self.chance.random() ** 1.25)]

    def _step(self, offered: tuple[str, ...]) -> str:
        """A step of a scale, by contentment; who goes through the motions gives the same one again and again."""
        if self.visit.care == HURRIED:
            return min(offered, key=lambda value: (attraction("", value).rare, abs(scale_position(offered, value) - GOOD)))
        straight = self.visit.care == STRAIGHT and self._last_step is not None
        aim = self._last_step if straight else 0.5 + 0.9 * self.leanings[CONTENTMENT] - 0.3 * self.leanings[HARDSHIP]
        if not straight:
            aim = (aim or 0.0) + self.chance.gauss(0, 0.7)
        if self.visit.care != STRAIGHT and self.chance.random() < 0.05:
            rare = [value for value in offered if attraction("", value).rare]
            if rare:
                return self.chance.choice(rare)
        steps = [value for value in offered if not attraction("", value).rare] or list(offered)
        taken = min(steps, key=lambda value: abs(scale_position(offered, value) - (aim or 0.0)))
        self._last_step = scale_position(offered, taken)
        return taken

    def _several(self, walk: FormWalk, limits: AnswerLimits, item: AskedItem, offered: tuple[str, ...]) -> str:
        alone, together = _parted(item.name, offered, limits.alone)
        if self.visit.care == HURRIED and (none := nones(item.name, offered)) and self.chance.random() < TICKS_NONE:
            return none[0]
        if not together or (alone and self.chance.random() < 0.1):
            return self.chance.choices(alone or offered, self._weights(item.name, alone or offered))[0]
        weights = self._weights(item.name, together)
        taken = [value for value, weight in zip(together, weights, strict=True) if self.chance.random() * (1 + weight) < weight]
        low, high = counts(walk, limits, len(together))
        if self.visit.care in {HURRIED, COPYING}:
            taken = taken[:1]
        while len(taken) < min(max(low, 1), len(together)):
            rest = tuple(value for value in together if value not in taken)
            taken.append(self.chance.choices(rest, self._weights(item.name, rest))[0])
        while len(taken) > high:
            taken.remove(self.chance.choice(taken))
        return " ".join(value for value in offered if value in taken)

    def _weights(self, name: str, values: tuple[str, ...]) -> list[float]:
        """The odds of each choice, as the respondent leans (multinomial logit)."""
        one, two, three, four, five = self.leanings
        return [
            math.exp(min(pull + (a * one + b * two + c * three + d * four + e * five), 6.0))
            for pull, (a, b, c, d, e), *_ in attractions(name, values)
        ]

    # -- what is written --------------------------------------------------------------------------------------------

    def _integer(self, walk: FormWalk, item: AskedItem, limits: AnswerLimits) -> str:
        if limits.source and tests_a_text(limits.source):
            spelt = self._spelt(walk, limits, WHOLE_NUMBERS)
            if spelt is not None:
                return spelt
        return str(round(self._number(item, allowed(walk, item, limits))))

    def _decimal(self, walk: FormWalk, item: AskedItem, limits: AnswerLimits) -> str:
        if limits.source and tests_a_text(limits.source):
            spelt = self._spelt(walk, limits, DECIMALS)
            if spelt is not None:
                return spelt
        return _plain(self._number(item, allowed(walk, item, limits)))

    def _spelt(self, walk: FormWalk, limits: AnswerLimits, numbers: TextSet) -> str | None:
        """A number whose digits a constraint looks at."""
        try:
            return draw(both(wanted_texts(walk, limits.source).texts, numbers), self.chance)
        except (UnsolvedError, TooManyError):
            return None

    def _date(self, walk: FormWalk, item: AskedItem, limits: AnswerLimits) -> str:
        return self._day(item, allowed(walk, item, limits)).isoformat()

    def _date_time(self, walk: FormWalk, item: AskedItem, limits: AnswerLimits) -> str:
        return f"{self._date(walk, item, limits)}T{self._time(walk, item, limits)}"

    def _time(self, walk: FormWalk, item: AskedItem, limits: AnswerLimits) -> str:
        return f"{self.chance.randrange(6, 21):02d}:{self.chance.randrange(60):02d}:00.000+08:00"

    def _file(self, walk: FormWalk, item: AskedItem, limits: AnswerLimits) -> str:
        return f"synthetic-{self.visit.number}-{item.name}-{FILES[item.type][0]}"

    def _number(self, item: AskedItem, within: Range) -> float:
        low, high = within.low, within.high
        whole = item.type == "integer"
        if low is None and high is None:
            low, high = 0.0, 10.0
        low = (high - 10 if high <= 0 else min(0.0, high)) if low is None and high is not None else low
        assert low is not None
        if high is None:
            high = low + (10 if low < 100 else low)
        if AGE.search(item.name) and high - low > 60:
            return min(high, max(low, self._years()))
        if PEOPLE.search(item.name) and whole:
            return min(math.floor(high), math.ceil(low) + sum(self.chance.random() < 0.3 for _ in range(8)))
        if high - low > 500:  # amounts of money and the like: orders of magnitude are what differs, and people round
            bottom = max(low, 1.0)
            drawn: float = bottom * (high / bottom) ** min(1.0, self.chance.betavariate(2.5, 2))
            unit = float(10 ** max(0, math.floor(math.log10(drawn)) - 1))
            return min(high, max(low, round(drawn / unit) * unit))
        drawn = low + (high - low) * self.chance.betavariate(1.6, 2.6)
        return min(math.floor(high), max(math.ceil(low), round(drawn))) if whole else drawn

    def _notch(self, walk: FormWalk, item: AskedItem, limits: AnswerLimits) -> str:
        low, high, step = item.bounds or (0.0, 10.0, 1.0)
        steps = round((high - low) / (step or 1.0))
        aim = 0.62 + 0.16 * self.leanings[CONTENTMENT] + self.chance.gauss(0, 0.12)
        return _plain(low + (step or 1.0) * min(steps, max(0, round(aim * steps))))

    def _day(self, item: AskedItem, within: Range) -> date:
        today = self.visit.begins.date()
        if BIRTH.search(item.name):
            born = (today - EPOCH).days - 365.25 * self._years()
            earliest, latest = (born if bound is None else bound for bound in within)
            return day_of(min(max(born, earliest), latest))
        low = day_of(within.low) if within.low is not None else None
        high = day_of(within.high) if within.high is not None else None
        if low is None and high is None:
            return today - timedelta(days=self.chance.randrange(0, 30))
        if high is None:
            return (low or today) + timedelta(days=self.chance.randrange(0, 21))
        if low is None:
            low = high - timedelta(days=60)
        return low + timedelta(days=self.chance.randint(0, max(0, (high - low).days)))

    def _years(self) -> float:
        """How old somebody is: the young and their grandparents, since those between are often away."""
        return self.chance.choice((self.chance.triangular(0, 30, 12), self.chance.triangular(25, 95, 55)))

    def _position(self, walk: FormWalk, item: AskedItem, limits: AnswerLimits) -> str:
        """Somewhere in the East China Sea, where nobody lives: around 29° N, 126° E, a village's households close together."""
        north = 29 + 0.05 * self._village[2] + self.chance.gauss(0, 0.004)
        east = 126 + 0.05 * self._village[3] + self.chance.gauss(0, 0.004)
        corners = [(0.0, 0.0)] if item.type == "geopoint" else [(0.0, 0.0), (0.001, 0.0), (0.001, 0.001)]
        points = [f"{north + up:.6f} {east + right:.6f} 0.0 {self.chance.randint(3, 12)}.0" for up, right in corners]
        if item.type == "geoshape":  # it ends where it began, and a trace must not
            points.append(points[0])
        return "; ".join(points)

    def _words(self, walk: FormWalk, item: AskedItem, limits: AnswerLimits) -> str | None:
        kind = wording.kind_of(item.name)
        if limits.source and (tests_a_text(limits.source) or limits.bounds):
            found = self._fitting(walk, limits, kind)
            if found is not None:
                return found
        if "numbers" in item.appearance and kind != "phone":
            return str(self.chance.randrange(1, 1000))
        made = wording.text(kind, self.chance, visitor=self.visit.visitor_name, household=self.visit.source + 1)
        low, high = lengths(walk, limits)
        while len(made) < low:
            made += "。" + wording.text("remark", self.chance)
        return made[:high] if high is not None else made

    def _fitting(self, walk: FormWalk, limits: AnswerLimits, kind: str) -> str | None:
        """A likely text where the constraint accepts one, else any text that it accepts."""
        try:
            wanted = wanted_texts(walk, limits.source)
            likely = wording.text(kind, self.chance, visitor=self.visit.visitor_name, household=self.visit.source + 1)
            return likely if is_among(wanted.texts, likely) else draw(both(wanted.texts, NOT_BLANK), self.chance)
        except (UnsolvedError, TooManyError):
            return None


@lru_cache(maxsize=4096)
def _parted(name: str, offered: tuple[str, ...], exclusive: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The choices that are only chosen alone, and those that are likely to be chosen together."""
    drawn = list(zip(offered, attractions(name, offered), strict=True))
    alone = tuple(value for value, each in drawn if value in exclusive or each.none)
    return alone, tuple(value for value, each in drawn if not (value in alone or each.rare))


def _plain(number: float) -> str:
    rounded = round(number, 2)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)
