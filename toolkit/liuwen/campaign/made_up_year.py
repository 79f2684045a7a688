"""A made-up year of a campaign: visits, receptions, stays and whatever else the programme asks for. Nothing in it is real.

Careful people spread their visits over the year and over their villages, keep their duty days and report within two days.
Careless ones come in the last days of a month and to the same few houses, telephone, enter a household twice a day, bring
others along, report late, stay away from duty days, and do about half of what is asked.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from math import ceil
from typing import Any

import numpy as np
import pandas as pd

from liuwen.campaign.calendars import month_days, month_of
from liuwen.campaign.days import date_of, number_of
from liuwen.campaign.made_up import MadeUpTown, made_up_town
from liuwen.campaign.made_up_cast import HOUSEHOLDS, MadeUpCast, Stretch, YearOrder, made_up_cast
from liuwen.campaign.programmes.rules.days import day_of
from liuwen.campaign.schema import DutyRule, EventRule

Row = dict[str, Any]
Registers = Mapping[str, pd.DataFrame]
Turns = Callable[[Registers], pd.DataFrame]
Pairs = Callable[[Registers, str], pd.DataFrame]
VISITS_A_VILLAGE, VISITS_A_MATTER, NEAR, RUSH = 300, 6, 10, 3


def made_up_year(order: YearOrder, turns: Turns, pairs: Pairs) -> MadeUpTown:
    """The registers and events of a year.

    Args:
        order: What is asked.
        turns: Registers → the turns of every roster in the year.
        pairs: Registers and the first day → the pairs that the programme's rules propose.

    Returns:
        The registers and events; every event says `synthetic = yes`.
    """
    first, last = order.days
    villages = max(3, order.visits // VISITS_A_VILLAGE)
    town = made_up_town(
        villages,
        order.visits // VISITS_A_MATTER,
        begins=str(first),
        months=max(1, ((last - first).days + 1) // 30),
        seed=order.seed,
        language=order.language,
        leavers=max(1, villages // 4),
        households=HOUSEHOLDS,
    )
    chance = np.random.default_rng(order.seed)
    cast = made_up_cast(order, town.registers, chance)
    registers = {**cast.registers, "pairs": pairs(cast.registers, str(first))}
    writer = _YearWriter(order, cast, chance, registers)
    kinds = {"visit": writer.visits(), "reception": writer.receptions(turns(registers)), **writer.of_duties()}
    events = {kind: pd.DataFrame(rows).astype(object).fillna("").assign(synthetic="yes") for kind, rows in kinds.items() if rows}
    return MadeUpTown(registers, {"matters": town.events["matters"], **events})


class _YearWriter:
    """Writes the events of everybody in the cast."""

    def __init__(self, order: YearOrder, cast: MadeUpCast, chance: np.random.Generator, registers: Registers) -> None:
        self._order, self._cast, self._chance, self._registers = order, cast, chance, registers

    def visits(self) -> list[Row]:
        """So many forms, by everybody posted in a village as many as the days there allow, and those of pairs."""
        there = [(person, place, self._cast.days_there(person, days)) for person, _, place, days in self._cast.posted]
        every = sum(len(days) for _, _, days in there) or 1
        rows = [
            row
            for at, (person, place, days) in enumerate(there)
            for row in self._visits_of(person, place, days, at, round(self._order.visits * len(days) / every))
        ]
        rows += self._visits_of_pairs()
        return _numbered("v", rows)

    def receptions(self, turns: pd.DataFrame) -> list[Row]:
        """Duty days kept, some of them by somebody else of the village."""
        rows = []
        others = self._registers["posts"].groupby("place")["person"].agg(list)
        for person, place, on in zip(turns["person"], turns["place"], turns["day"], strict=True):
            if not person or self._chance.random() > (0.45 if person in self._cast.careless else 0.94):
                continue
            by = str(self._chance.choice(others[place])) if self._chance.random() < 0.06 else person
            rows.append(
                {
                    "on": on,
                    "received": self._received(by, on),
                    "by": by,
                    "village": place,
                    "callers": int(self._chance.poisson(2)),
                }
            )
        return _numbered("r", rows)

    def of_duties(self) -> dict[str, list[Row]]:
        """The events of the other duties, and the help given to pairs."""
        found: dict[str, list[Row]] = {}
        for duty in self._order.programme.duties:
            rule = self._order.programme.events.get(duty.event)
            if rule is None or duty.event in ("visit", "reception") or duty.at_least is None:
                continue
            rows = found.setdefault(duty.event, [])
            if duty.each == "person":
                rows += self._of_people(duty, rule)
            elif duty.each == "village":
                rows += self._of_villages(duty, rule)
            elif duty.of == "people_of_unit":
                rows += self._posted(self._cast.posted[::4])
        if "help" in self._order.programme.events:
            found["help"] = list(self._help())
        return {kind: _numbered(kind, rows) for kind, rows in found.items()}

    def _visits_of(self, person: str, place: str, days: list[date], begins: int, count: int) -> Iterator[Row]:
        if not days:
            return
        careless = person in self._cast.careless
        for at in range(count):
            day = self._a_day(days, at / count, careless)
            number = int(self._chance.integers(NEAR)) if careless else (begins * 17 + at) % HOUSEHOLDS
            one = self._form(person, day, f"{place}-H{number + 1:03d}", place)
            yield one
            if careless and self._chance.random() < 0.1:
                yield one | {"received": one["received"] + timedelta(days=1)}

    def _visits_of_pairs(self) -> Iterator[Row]:
        """Two visits a year to each pair; careless people make one."""
        villages = dict(zip(self._registers["households"]["household"], self._registers["households"]["village"], strict=True))
        for person, subject, days in self._pairs():
            careless = person in self._cast.careless
            for part in (0.9,) if careless else (0.25, 0.75):
                yield self._form(person, self._a_day(days, part, careless), subject, villages[subject])

    def _pairs(self) -> Iterator[tuple[str, str, list[date]]]:
        """Each pair, with the working days on which it stood and its person was there."""
        rows = self._registers["pairs"].astype(object).fillna("")
        for person, subject, begins, ends in rows[["person", "subject", "from", "to"]].itertuples(index=False, name=None):
            last = date.fromisoformat(ends) if ends else self._cast.last
            posts = [days for one, _, _, days in self._cast.posted if one == person]
            days = [
                day
                for stretch in posts
                for day in self._cast.days_there(person, (max(stretch[0], date.fromisoformat(begins)), min(stretch[1], last)))
            ]
            if days:
                yield person, subject, days

    def _form(self, person: str, day: date, household: str, place: str) -> Row:
        careless = person in self._cast.careless
        chance = self._chance.random()
        return {
            "on": day,
            "received": self._received(person, day),
            "by": person,
            "village": place,
            "household": household,
            "mode": "phone" if chance < (0.15 if careless else 0.02) else "home",
            "outcome": "refused" if chance > (0.99 if careless else 0.97) else "interviewed",
            "card": "no" if careless and self._chance.random() < 0.4 else "given",
            "companions": int(self._chance.integers(2, 6)) if careless and self._chance.random() < 0.3 else 0,
            "minutes": int(self._chance.integers(3, 9) if careless else self._chance.integers(18, 46)),
        }

    def _a_day(self, days: list[date], part: float, careless: bool) -> date:
        """A day about so far into the year; of the careless one of the last days of its month."""
        near = min(len(days) - 1, int((part + self._chance.random() / 50) * len(days)))
        if not careless:
            return days[near]
        month = [day for day in days if (day.year, day.month) == (days[near].year, days[near].month)]
        return month[-1 - int(self._chance.integers(min(RUSH, len(month))))]

    def _of_people(self, duty: DutyRule, rule: EventRule) -> Iterator[Row]:
        """What each person owes: careful people do it, careless ones about half of it."""
        assert duty.at_least is not None
        for person, rank, place, stretch in self._cast.posted:
            amount, days = duty.at_least.of(rank), self._cast.days_there(person, stretch)
            if not amount or not days or (duty.rank and rank not in duty.rank):
                continue
            part = len(days) / (5 / 7 * ((self._cast.last - self._cast.first).days + 1)) if duty.prorate == "days" else 1
            owed = ceil(float(amount) * min(1, part) * (0.5 if person in self._cast.careless else 1))
            if duty.measure == "days":
                yield from self._stays(person, place, days, owed, rule)
            else:
                for at in range(owed):
                    day = days[min(len(days) - 1, int((at + self._chance.random()) / owed * len(days)))]
                    received = self._received(person, day)
                    yield {"on": day, "received": received, "by": person, "village": place, **_asked(rule), "money": 200}

    def _stays(self, person: str, place: str, days: list[date], owed: int, rule: EventRule) -> Iterator[Row]:
        """So many days, in stays of at most five; one in four meals is not paid for."""
        parts = ceil(owed / 5)
        for at in range(parts):
            begins = days[int(at / parts * len(days))]
            ends = begins + timedelta(days=min(5, owed - 5 * at) - 1)
            meals = "no" if self._chance.random() < 0.25 else "yes"
            yield {
                "on": begins, "to": ends, "received": self._received(person, ends), "by": person, "village": place,
                "meals": meals, **_asked(rule),
            }  # fmt: skip

    def _of_villages(self, duty: DutyRule, rule: EventRule) -> Iterator[Row]:
        posted = self._cast.posted
        if rule.from_:
            firsts = {place: one for one in posted[::-1] if (place := one[2])}
            yield from self._posted(list(firsts.values()))
            return
        until = day_of(duty.until, self._order.year) or self._cast.last
        for village in sorted({place for _, _, place, _ in posted}):
            by = [person for person, _, place, _ in posted if place == village][-1]
            for begins, ends in self._months(until) if duty.per.word == "month" else [(self._cast.first, until)]:
                if self._chance.random() < 0.92:
                    day = begins + timedelta(days=int(self._chance.integers((ends - begins).days + 1)))
                    yield {"on": day, "received": self._received(by, day), "by": by, "village": village, **_asked(rule)}

    def _posted(self, people: list[tuple[str, str, str, Stretch]]) -> Iterator[Row]:
        """Postings that last as long as the post does in the year."""
        for person, _, place, (begins, ends) in people:
            yield {"on": begins, "to": ends, "received": begins, "by": person, "village": place}

    def _help(self) -> Iterator[Row]:
        """Help given to one pair in three."""
        for person, subject, days in list(self._pairs())[::3]:
            day = days[int(self._chance.integers(len(days)))]
            kind = str(self._chance.choice(["money", "goods", "job", "schooling"]))
            money = int(self._chance.integers(1, 20)) * 50 if kind in ("money", "goods") else ""
            row = {"on": day, "received": self._received(person, day), "by": person, "subject": subject, "household": subject}
            yield row | {"kind": kind, "money": money}

    def _months(self, until: date) -> Iterator[Stretch]:
        day = number_of(self._cast.first)
        while day <= number_of(until):
            begins, ends = month_days(month_of(day))
            yield date_of(max(day, begins)), min(until, date_of(ends))
            day = ends + 1

    def _received(self, person: str, day: date) -> date:
        """When the phone was synchronised: within two days; of one form in four of the careless, weeks later."""
        late = person in self._cast.careless and self._chance.random() < 0.25
        return day + timedelta(days=int(self._chance.integers(8, 31) if late else self._chance.integers(0, 3)))


def _asked(rule: EventRule) -> Row:
    """The answers that make an event one of its kind, or let it count."""
    return {question: values[0] for question, values in {**rule.where, **rule.counts}.items()}


def _numbered(kind: str, rows: "Iterator[Row] | list[Row]") -> list[Row]:
    return [{"event": f"{kind}{at:05d}", **row} for at, row in enumerate(rows)]
