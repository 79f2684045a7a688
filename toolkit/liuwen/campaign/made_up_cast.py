"""Who is there in the made-up year of a programme: posts of its ranks, leavers, leave, groups, pairs. None is real."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import pandas as pd

from liuwen.campaign.days import date_of, number_of
from liuwen.campaign.duties.periods import programme_days
from liuwen.campaign.made_up import made_up_name
from liuwen.campaign.schema import Programme
from liuwen.messages import Language

Stretch = tuple[date, date]
HOUSEHOLDS, ALONE_EVERY, IN_HARDSHIP_EVERY, FAR = 200, 3, 12, date(2200, 1, 1)
"""Households of a village; a rank that need not be in every village is in every third; of twelve households one is in a group."""


@dataclass(frozen=True)
class YearOrder:
    """What is asked of a made-up year: how many forms of visits, and what is drawn from."""

    programme: Programme
    year: int
    visits: int
    seed: int
    perfunctory: float
    language: Language

    @property
    def days(self) -> Stretch:
        """The first and the last day of the programme in the year."""
        bounds = programme_days(self.programme, self.year)
        first, last = max(bounds.begins, number_of(date(self.year, 1, 1))), min(bounds.ends, number_of(date(self.year, 12, 31)))
        return date_of(first), date_of(last)


@dataclass(frozen=True)
class MadeUpCast:
    """The registers of a made-up year, with who of the people is careless."""

    registers: Mapping[str, pd.DataFrame] = field(repr=False)
    careless: frozenset[str]
    first: date
    last: date

    @cached_property
    def posted(self) -> list[tuple[str, str, str, Stretch]]:
        """Everybody posted in a village: person, rank, village, and the days in the year."""
        rows = self.registers["posts"].query("place.str.startswith('V')")
        held = zip(rows["person"], rows["rank"], rows["place"], rows["from"], rows["to"], strict=True)
        return [(person, rank, place, self._within(begins, ends)) for person, rank, place, begins, ends in held]

    def days_there(self, person: str, stretch: Stretch) -> list[date]:
        """The working days of a stretch on which the person is not on leave."""
        rows = self.registers["leave"].query("person == @person")
        away = [self._within(begins, ends) for begins, ends in zip(rows["from"], rows["to"], strict=True)]
        days = (stretch[0] + timedelta(days=at) for at in range((stretch[1] - stretch[0]).days + 1))
        return [day for day in days if day.weekday() < 5 and not any(begins <= day <= ends for begins, ends in away)]

    def _within(self, begins: str, ends: str) -> Stretch:
        return max(self.first, date.fromisoformat(begins)), min(self.last, date.fromisoformat(ends) if ends else FAR)


@dataclass(frozen=True)
class MadeUpRanks:
    """The programme's ranks by what they do in the made-up town."""

    visitor: str
    village: str
    offices: tuple[str, ...]
    desk: str
    receiver: str
    rostered: tuple[str, ...]
    others: tuple[str, ...]

    def of(self, rank: str) -> str:
        """The programme's rank in the place of one of the made-up town."""
        offices = self.offices or (self.desk,)
        return {
            "staff": self.visitor,
            "village_leader": self.village,
            "town_office": offices[0],
            "county_office": offices[-1],
            "desk": self.desk,
            "discipline_desk": self.receiver,
        }[rank]


def made_up_ranks(programme: Programme) -> MadeUpRanks:
    """Which of the programme's ranks visits, which one is the village's own, and which ones are offices."""
    (ledger,) = programme.ledgers[:1] or (None,)
    offices = tuple(tier.office[0] for tier in ledger.tiers if tier.office) if ledger else ()
    desks = [*(ledger.desk if ledger else ()), *(one.receiver for one in (ledger.classes if ledger else ()) if one.receiver)]
    answering = {*desks, *(rank for tier in (ledger.tiers if ledger else ()) for rank in tier.office)}
    there = [rank for rank in programme.ranks if rank not in answering] or list(programme.ranks)
    rostered = [slot.rank for roster in programme.rosters for slot in roster.slots]
    owing = [rank for duty in programme.duties if duty.each == "person" and duty.at_least for rank in duty.at_least.by_rank]
    successors = ledger.successor_ranks if ledger else ()
    visitor = next(rank for rank in (*successors, *rostered[::-1], *owing[::-1], *there) if rank in there)
    village = next((rank for rank in there[::-1] if rank != visitor), visitor)
    others = tuple(rank for rank in there if rank not in (visitor, village))
    return MadeUpRanks(
        visitor,
        village,
        offices,
        desks[0] if desks else visitor,
        desks[-1] if desks else visitor,
        tuple(rank for rank in others if rank in rostered),
        tuple(rank for rank in others if rank not in rostered),
    )


def made_up_cast(order: YearOrder, town: Mapping[str, pd.DataFrame], chance: np.random.Generator) -> MadeUpCast:
    """Everybody whom the programme asks for, in the villages of a made-up town.

    Args:
        order: What is asked; at least one person is careless where the share of the careless is above zero.
        town: The registers of the made-up town.
        chance: What is drawn from.

    Returns:
        The registers: places, people, posts, leave, households, membership, subjects, units.
    """
    programme, days, language = order.programme, order.days, order.language
    ranks = made_up_ranks(programme)
    posts = town["posts"].assign(rank=town["posts"]["rank"].map(ranks.of))
    begins = str(posts["from"].min())
    villages = [
        place for place, level in zip(town["places"]["place"], town["places"]["level"], strict=True) if level == "village"
    ]
    more = [(rank, village) for rank in ranks.rostered for village in villages]
    more += [(rank, village) for at, rank in enumerate(ranks.others) for village in villages[at % ALONE_EVERY :: ALONE_EVERY]]
    added = [(f"X{at + 1:02d}", rank, village, begins, "", "") for at, (rank, village) in enumerate(more)]
    every = pd.concat([posts, pd.DataFrame(added, columns=posts.columns)], ignore_index=True)
    every["unit"] = [f"U{at % len(villages) + 1}" for at in range(len(every))]
    names = [(one[0], made_up_name(at + len(town["people"]), language)) for at, one in enumerate(added)]
    there = sorted(set(every.loc[every["place"] != "", "person"]))
    count = min(len(there), max(1, round(order.perfunctory * len(there)))) if order.perfunctory > 0 else 0
    registers = {
        **town,
        "people": pd.concat([town["people"], pd.DataFrame(names, columns=["person", "label"])], ignore_index=True),
        "posts": every,
        "leave": _leave(there, days, chance),
        "membership": _membership(programme, town["households"]),
        "subjects": _subjects(programme, town["households"]),
        "units": pd.DataFrame([(f"U{at + 1}", "town", village) for at, village in enumerate(villages)]).set_axis(
            ["unit", "level", "paired_village"], axis=1
        ),
    }
    drawn = frozenset(map(str, chance.permutation(np.array(there, dtype=object))[:count]))
    return MadeUpCast(registers, drawn, *days)


def _leave(people: list[str], days: Stretch, chance: np.random.Generator) -> pd.DataFrame:
    """One person in four is away once, for two to eight weeks."""
    span = (days[1] - days[0]).days
    rows = []
    for person in people[1::4]:
        begins = days[0] + timedelta(days=int(chance.integers(max(1, span - 60))))
        rows.append((person, str(begins), str(begins + timedelta(days=int(chance.integers(13, 56)))), "leave"))
    return pd.DataFrame(rows, columns=["person", "from", "to", "why"])


def _membership(programme: Programme, households: pd.DataFrame) -> pd.DataFrame:
    stored = [group for group, rule in programme.groups.items() if rule.stored]
    codes = households["household"].tolist()
    rows = [(code, group) for at, group in enumerate(stored) for code in codes[at::IN_HARDSHIP_EVERY]]
    return pd.DataFrame(rows, columns=["household", "group"])


def _subjects(programme: Programme, households: pd.DataFrame) -> pd.DataFrame:
    """Every second household may be paired, as one of the kinds that the programme pairs; half of them are in hardship."""
    kinds = list(dict.fromkeys(take.kind for rule in programme.pairings for take in rule.takes if take.kind))
    chosen = households.iloc[1::2]
    rows = []
    for at, (code, village) in enumerate(zip(chosen["household"], chosen["village"], strict=True) if kinds else ()):
        number = at % (HOUSEHOLDS // 2)
        hardship = "2020-01-01" if number // len(kinds) % 2 == 0 else ""
        rows.append((code, kinds[number % len(kinds)], village, hardship))
    return pd.DataFrame(rows, columns=["subject", "kind", "village", "hardship_from"])
