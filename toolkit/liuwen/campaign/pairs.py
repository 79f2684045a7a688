"""Pairs: whether each person's pairs meet the rule, judged as things stood on the day of pairing; proposals; passing on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from liuwen.campaign.days import ALWAYS, EVER, date_of
from liuwen.campaign.registers import Registers
from liuwen.campaign.schema import PairingRule, TakesRule

PAIR_COLUMNS = ("person", "rule", "met", "broken", "shared", "look_again", "pairs", "visits", "help")


@dataclass(frozen=True)
class PairingDay:
    """The register of pairs on a day, with what the rule asks about each subject and person."""

    rule: PairingRule
    registers: Registers
    on: int
    pairs: pd.DataFrame = field(repr=False)
    """The pairs in force: `person, subject, from, kind, village, hardship, hardship_now, known_subject`."""
    ranks: dict[str, set[str]] = field(repr=False)
    places: dict[str, set[str]] = field(repr=False)

    @property
    def people(self) -> list[str]:
        """Everybody whom the rule binds that day, and whoever still holds a pair."""
        bound = {
            person for person, ranks in self.ranks.items() if any(_binds(self.rule, take, ranks) for take in self.rule.takes)
        }
        return sorted(bound | set(self.pairs["person"]))


def pairing_day(rule: PairingRule, registers: Registers, on: int) -> PairingDay:
    """What stands on a day."""
    posts = registers.table("posts")
    held = posts[(posts["from"] <= on) & (posts["to"] >= on)]
    ranks: dict[str, set[str]] = {}
    places: dict[str, set[str]] = {}
    for person, rank, place in zip(held["person"], held["rank"], held["place"], strict=True):
        ranks.setdefault(person, set()).add(rank)
        places.setdefault(person, set()).add(place)
    pairs = registers.table("pairs")
    chosen = pairs[pairs["rule"].isin([rule.id, ""]) & (pairs["from"] <= on) & (pairs["to"] >= on)]
    return PairingDay(rule, registers, on, _with_subjects(chosen, registers, on), ranks, places)


def pairs_table(day: PairingDay, visits: pd.DataFrame, helps: pd.DataFrame) -> pd.DataFrame:
    """One row a person: whether the rule is met, and if not why.

    Args:
        day: The pairing on a day.
        visits: The visits that count, with `by, household, on`.
        helps: The help that counts, alike.

    Returns:
        `person, rule, met, broken` (ids of reasons, a space between), `shared` (subjects that another person has too),
        `look_again` (subjects that have changed since), `pairs, visits, help` (numbers, up to the day).
    """
    counts = [_met(day.pairs, events, day.on) for events in (visits, helps)]
    made = []
    for person in day.people:
        own = day.pairs[day.pairs["person"] == person]
        broken = list(dict.fromkeys(_broken(day, person, own)))
        shared = _shared(day, own) if day.rule.exclusive else []
        changed = sorted(own.loc[own["hardship"] & ~own["hardship_now"], "subject"]) if _asks_hardship(day.rule) else []
        figures = [int(count.get(person, 0)) for count in counts]
        met = not broken and not shared
        made.append((person, day.rule.id, met, " ".join(broken), " ".join(shared), " ".join(changed), len(own), *figures))
    return pd.DataFrame(made, columns=list(PAIR_COLUMNS))


def _broken(day: PairingDay, person: str, own: pd.DataFrame) -> Iterator[str]:
    if day.registers.has("posts") and person not in day.ranks:
        yield "person_left"
        return
    if not own["known_subject"].all():
        yield "no_such_subject"
    for take in day.rule.takes:
        if _binds(day.rule, take, day.ranks.get(person, set())):
            yield from _counts_of(take, own[own["kind"].isin([take.kind, ""]) if take.kind else own["kind"].notna()])
    if day.rule.within and _outside(day, person, own):
        yield f"outside_the_{day.rule.within}"


def _counts_of(take: TakesRule, own: pd.DataFrame) -> Iterator[str]:
    number = len(own)
    least = take.exactly if take.exactly is not None else take.at_least_n or 0
    if number < least:
        yield f"too_few_{take.kind}"
    if take.exactly is not None and number > take.exactly:
        yield f"too_many_{take.kind}"
    if int(own["hardship"].sum()) < take.at_least.get("hardship", 0):
        yield f"too_few_in_hardship_{take.kind}"
    if take.all.get("hardship") and not own["hardship"].all():
        yield f"not_all_in_hardship_{take.kind}"


def _binds(rule: PairingRule, take: TakesRule, ranks: set[str]) -> bool:
    wanted = {take.rank} if take.rank else set(rule.rank)
    return bool(ranks) and ("any" in wanted or bool(wanted & ranks) or not wanted)


def _asks_hardship(rule: PairingRule) -> bool:
    return any(take.all.get("hardship") or take.at_least.get("hardship") for take in rule.takes)


def _shared(day: PairingDay, own: pd.DataFrame) -> list[str]:
    owners = day.pairs.drop_duplicates(["person", "subject"]).groupby("subject").size()
    return sorted(subject for subject in set(own["subject"]) if owners.get(subject, 0) > 1)


def _outside(day: PairingDay, person: str, own: pd.DataFrame) -> bool:
    """Whether a subject lies outside every place of the person, widened to the level that the rule names."""
    mine = {_place_at(day.registers, place, day.rule.within) for place in day.places.get(person, set()) if place}
    theirs = {_place_at(day.registers, village, day.rule.within) for village in own["village"] if village}
    return bool(mine) and bool(theirs - mine)


def _place_at(registers: Registers, place: str, level: str) -> str:
    """The place of this level in which `place` lies; itself where the register has none."""
    places = registers.table("places")
    levels = dict(zip(places["place"], places["level"], strict=True))
    above = dict(zip(places["place"], places["within"], strict=True))
    at, seen = place, set[str]()
    while at and at not in seen:
        if levels.get(at) == level:
            return at
        seen.add(at)
        at = above.get(at, "")
    return place


def _with_subjects(pairs: pd.DataFrame, registers: Registers, on: int) -> pd.DataFrame:
    """Each pair with its subject's kind and village, and whether it was in hardship on the day of pairing, and is now."""
    known = _subjects(registers)
    made = pairs[["person", "subject", "from"]].merge(known, on="subject", how="left", suffixes=("", "_of_subject"))
    made["known_subject"] = made["kind"].notna() & (made["to"].fillna(EVER) >= on)
    stated = (made["hardship_from"].fillna(ALWAYS) != ALWAYS) | (made["hardship_to"].fillna(EVER) != EVER)
    for name, day in (("hardship", made["from"].clip(lower=ALWAYS + 1)), ("hardship_now", pd.Series(on, index=made.index))):
        inside = (made["hardship_from"].fillna(ALWAYS) <= day) & (made["hardship_to"].fillna(EVER) >= day)
        made[name] = (stated & inside).astype(bool)
    made["kind"], made["village"] = made["kind"].fillna(""), made["village"].fillna("")
    if not registers.has("subjects") and not registers.has("enterprises"):
        made["known_subject"] = True
    return made.reset_index(drop=True)


def _subjects(registers: Registers) -> pd.DataFrame:
    subjects = registers.table("subjects")[["subject", "kind", "village", "hardship_from", "hardship_to", "to"]]
    firms = registers.table("enterprises")
    more = pd.DataFrame({"subject": firms["enterprise"], "kind": firms["kind"].replace("", "enterprise"), "to": firms["to"]})
    both = pd.concat([subjects, more[~more["subject"].isin(subjects["subject"])]], ignore_index=True) if len(more) else subjects
    return both.drop_duplicates("subject", keep="last")


def _met(pairs: pd.DataFrame, events: pd.DataFrame, on: int) -> "pd.Series[int]":
    """How many events each person had with subjects of their own, within the pairs' days."""
    keyed = events[["by", "household", "on"]].assign(subject=_named_subject(events))
    met = keyed.merge(pairs, left_on=["by", "subject"], right_on=["person", "subject"])
    return met[(met["on"] >= met["from"]) & (met["on"] <= on)].groupby("person").size()


def _named_subject(events: pd.DataFrame) -> "pd.Series[Any]":
    if "subject" not in events:
        return events["household"]
    return events["subject"].where(events["subject"] != "", events["household"])


@dataclass(frozen=True)
class PairProposal:
    """Pairs that a rule allows, for a person to look at before anything is kept.

    Attributes:
        table: A row a pair: `person, subject, rule, village, kind`.
        bottlenecks: A row a village where not everybody can comply: `village, people, can_comply, bottleneck, there, needed`.
    """

    table: pd.DataFrame = field(repr=False)
    bottlenecks: pd.DataFrame = field(repr=False)

    def as_register(self, begins: str) -> pd.DataFrame:
        """The proposal as rows of the register of pairs.

        Args:
            begins: The first day, such as "2026-05-01".

        Returns:
            `person, subject, rule, from`.
        """
        return self.table[["person", "subject", "rule"]].assign(**{"from": begins})


def proposed_pairs(day: PairingDay, seed: int) -> PairProposal:
    """Propose pairs for everybody without one, village by village, by a seeded draw, so that nobody chooses the easy ones.

    Source: each person takes a given number of each kind, some of them in hardship, each subject once. This is
    possible for `n` people exactly if a village has `n` times the number in hardship and `n` times the number of each kind.

    Args:
        day: The pairing on a day.
        seed: The seed of the draw.

    Returns:
        A `PairProposal`.
    """
    chance = np.random.default_rng(seed)
    free = _free_subjects(day)
    rows: list[tuple[str, str, str, str, str]] = []
    short: list[tuple[str, int, int, str, int, int]] = []
    for (village, takes), people in sorted(_without_pairs(day).items()):
        there = free[free["village"].isin([village, ""]) if village else free["village"].notna()]
        wanted = [day.rule.takes[at] for at in takes]
        able, *why = _able(wanted, there, len(people))
        if able < len(people):
            short.append((village, len(people), able, *why))  # type: ignore[arg-type]
        for take in wanted:
            drawn = _drawn(take, there, able, chance)
            for at, person in enumerate(people[:able]):
                rows += [(person, subject, day.rule.id, village, take.kind) for subject in drawn[at]]
        free = free[~free["subject"].isin([row[1] for row in rows])]
    bottlenecks = pd.DataFrame(short, columns=["village", "people", "can_comply", "bottleneck", "there", "needed"])
    return PairProposal(pd.DataFrame(rows, columns=["person", "subject", "rule", "village", "kind"]), bottlenecks)


def passed_on(pairs: pd.DataFrame, person: str, successor: str, day: int) -> pd.DataFrame:
    """The register of pairs after a post has passed on: the old pairs end the day before, the successor's begin that day.

    Args:
        pairs: The register as it is kept: `person, subject`, and where it has them `rule, from, to, why_ended`.
        person: Who leaves.
        successor: Who takes over.
        day: The first day of the successor.

    Returns:
        The register with the same columns.
    """
    made = pairs.copy()
    for column in ("to", "why_ended"):
        made[column] = made.get(column, "")
    open_ones = (made["person"] == person) & made["to"].isin(["", None])
    new = made[open_ones].assign(**{"person": successor, "from": str(date_of(day)), "to": "", "why_ended": ""})
    made.loc[open_ones, ["to", "why_ended"]] = [str(date_of(day - 1)), "passed_on"]
    return pd.concat([made, new], ignore_index=True)


def _without_pairs(day: PairingDay) -> dict[tuple[str, tuple[int, ...]], list[str]]:
    """Village and takes that bind them → the people there whom the rule binds and who have no pair."""
    paired = set(day.pairs["person"])
    found: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for person in day.people:
        if person not in paired:
            village = min(day.places.get(person, {""})) if day.rule.within == "village" else ""
            found.setdefault((village, _takes_of(day.rule, day.ranks.get(person, set()))), []).append(person)
    return found


def _takes_of(rule: PairingRule, ranks: set[str]) -> tuple[int, ...]:
    """Which of the rule's takes bind somebody of these ranks."""
    asked = [at for at, take in enumerate(rule.takes) if take.exactly or take.at_least_n]
    return tuple(at for at in asked if _binds(rule, rule.takes[at], ranks))


def _free_subjects(day: PairingDay) -> pd.DataFrame:
    subjects = _subjects(day.registers)
    there = subjects[subjects["to"].fillna(EVER) >= day.on]
    stated = (there["hardship_from"] != ALWAYS) | (there["hardship_to"] != EVER)
    hardship = stated & (there["hardship_from"] <= day.on) & (there["hardship_to"] >= day.on)
    free = there.assign(hardship=hardship.astype(bool))
    return free[~free["subject"].isin(day.pairs["subject"])] if day.rule.exclusive else free


def _needs(take: TakesRule) -> tuple[int, int]:
    """How many of the kind one person takes, and how many of them in hardship."""
    number = take.exactly if take.exactly is not None else take.at_least_n or 0
    return number, number if take.all.get("hardship") else take.at_least.get("hardship", 0)


def _able(takes: Iterable[TakesRule], there: pd.DataFrame, people: int) -> tuple[int, str, int, int]:
    """How many people can comply, and the first thing that is too few: what, how many there are, how many are needed."""
    able, what, has, needed = people, "", 0, 0
    for take in takes:
        own = there[there["kind"] == take.kind]
        number, hard = _needs(take)
        for name, each, count in ((f"in_hardship_{take.kind}", hard, int(own["hardship"].sum())), (take.kind, number, len(own))):
            if each and count // each < able:
                able, what, has, needed = count // each, name, count, each * people
    return able, what, has, needed


def _drawn(take: TakesRule, there: pd.DataFrame, people: int, chance: np.random.Generator) -> list[list[str]]:
    """For each person the subjects drawn: those in hardship first, one round after the other, then the rest."""
    number, hard = _needs(take)
    own = there[there["kind"] == take.kind].sort_values("subject")
    poor = [str(one) for one in chance.permutation(np.array(own.loc[own["hardship"], "subject"].tolist(), dtype=object))]
    given = [poor[at * hard : (at + 1) * hard] for at in range(people)]
    used = {subject for some in given for subject in some}
    rest = chance.permutation(np.array([one for one in own["subject"] if one not in used], dtype=object)).tolist()
    more = number - hard
    return [[*given[at], *map(str, rest[at * more : (at + 1) * more])] for at in range(people)]
