"""Who owes a duty, and on which days: people by rank, villages, units, households and pairs, each with its own dates."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from liuwen.campaign.registers import Registers
from liuwen.campaign.schema import DutyRule
from liuwen.campaign.stretches import Stretches, less, shared, united

ALL_DAYS: Stretches = ((-(10**7), 10**7),)


@dataclass(frozen=True, slots=True)
class DutyOwner:
    """Somebody or something that owes: the days by rank, "" where ranks do not matter."""

    who: str
    held: Mapping[str, Stretches]

    @property
    def days(self) -> Stretches:
        """All days on which it owes, whatever the rank."""
        return united(stretch for stretches in self.held.values() for stretch in stretches)


def duty_owners(duty: DutyRule, registers: Registers) -> list[DutyOwner]:
    """Everybody who may owe this duty at some time, in the order of their codes."""
    if duty.each == "person":
        return _people(duty, registers)
    days = {"village": _villages, "unit": _units, "household": _households, "pair": _pairs}[duty.each](duty, registers)
    return [DutyOwner(who, {"": days[who]}) for who in sorted(days)]


def days_at_post(registers: Registers) -> dict[str, dict[str, Stretches]]:
    """Person → rank → the days in a post of that rank, less leave."""
    away = _by(registers.table("leave"), "person")
    posts = registers.table("posts")
    held: dict[str, dict[str, Stretches]] = defaultdict(dict)
    for (person, rank), rows in posts.groupby(["person", "rank"], sort=True):
        held[str(person)][str(rank)] = less(united(_stretches(rows)), away.get(str(person), ()))
    return held


def owes(duty: DutyRule, rank: str) -> bool:
    """Whether this rank owes the duty."""
    bounds = [bound for bound in (duty.at_least, duty.at_most) if bound is not None]
    return (not duty.rank or rank in duty.rank) and any(bound.of(rank) is not None for bound in bounds)


def pair_name(person: str, subject: str) -> str:
    """How a pair is called: `person/subject`."""
    return f"{person}/{subject}"


def _people(duty: DutyRule, registers: Registers) -> list[DutyOwner]:
    found = (
        DutyOwner(person, {rank: days for rank, days in held.items() if owes(duty, rank)})
        for person, held in sorted(days_at_post(registers).items())
    )
    return [owner for owner in found if owner.held]


def _villages(duty: DutyRule, registers: Registers) -> dict[str, Stretches]:
    """The villages of the register of places; without one, those of the households and posts."""
    places = registers.table("places")
    if len(places):
        return _by(places[places["level"].isin(["village", ""])], "place")
    named = {*registers.table("households")["village"], *registers.table("posts")["place"]} - {""}
    return dict.fromkeys(sorted(map(str, named)), ALL_DAYS)


def _units(duty: DutyRule, registers: Registers) -> dict[str, Stretches]:
    return _by(registers.table("units"), "unit")


def _households(duty: DutyRule, registers: Registers) -> dict[str, Stretches]:
    """Where a duty is for groups, the days on which the household was in one of them and lived there."""
    lives = _by(registers.table("households"), "household")
    if not duty.group:
        return lives
    membership = registers.table("membership")
    grouped = _by(membership[membership["group"].isin(duty.group)], "household")
    return {household: shared(days, lives.get(household, ())) for household, days in grouped.items() if household in lives}


def _pairs(duty: DutyRule, registers: Registers) -> dict[str, Stretches]:
    """The days on which the pair stood, its person held a post and its subject was there."""
    pairs = registers.table("pairs")
    chosen = pairs[pairs["rule"].isin([duty.pairing, ""])]
    posted = {person: united(day for days in held.values() for day in days) for person, held in days_at_post(registers).items()}
    there = _subjects(registers)
    found: dict[str, Stretches] = {}
    for (person, subject), rows in chosen.groupby(["person", "subject"], sort=True):
        days = united(_stretches(rows))
        if registers.has("posts"):
            days = shared(days, posted.get(str(person), ()))
        found[pair_name(str(person), str(subject))] = shared(days, there.get(str(subject), ALL_DAYS))
    return found


def _subjects(registers: Registers) -> dict[str, Stretches]:
    """Each subject, enterprise and household with the days on which it was there."""
    found = _by(registers.table("enterprises"), "enterprise") | _by(registers.table("households"), "household")
    return found | {
        who: shared(days, found.get(who, ALL_DAYS)) for who, days in _by(registers.table("subjects"), "subject").items()
    }


def _by(rows: pd.DataFrame, key: str) -> dict[str, Stretches]:
    found: dict[str, list[tuple[int, int]]] = {}
    for who, begins, ends in zip(rows[key].tolist(), rows["from"].tolist(), rows["to"].tolist(), strict=True):
        found.setdefault(str(who), []).append((begins, ends))
    return {who: united(stretches) for who, stretches in found.items() if who}


def _stretches(rows: pd.DataFrame) -> Iterable[tuple[int, int]]:
    return zip(rows["from"].tolist(), rows["to"].tolist(), strict=True)
