"""A made-up town: half a year of visits, matters and steps, with leavers and late phones. Nothing in it is real."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from liuwen.messages import Language

KINDS = (0.55, 0.27, 0.15, 0.03)
"""Shares of difficulties, shortfalls, suggestions and conduct."""
Step = dict[str, Any]


@dataclass(frozen=True)
class MadeUpTown:
    """A made-up town for `read_campaign`. Every event says `synthetic = yes`, and so does every page made of them.

    Attributes:
        registers: The registers, by name.
        events: The events, by kind.
    """

    registers: Mapping[str, pd.DataFrame] = field(repr=False)
    events: Mapping[str, pd.DataFrame] = field(repr=False)


def made_up_town(
    villages: int = 12,
    matters: int = 360,
    *,
    begins: str = "2026-04-01",
    months: int = 6,
    seed: int = 7,
    language: Language = "zh",
    leavers: int = 1,
    households: int = 60,
) -> MadeUpTown:
    """Half a year of a town that does not exist; `liuwen.simulate(campaign, 800)` makes up the year of a whole programme.

    Args:
        villages: How many villages.
        matters: How many matters are entered, those settled on the spot included.
        begins: The first day.
        months: How many months of thirty days.
        seed: The same seed gives the same town.
        language: In which language names, titles and notes are.
        leavers: How many members of staff leave and are replaced: one in the third month, one more every other month, and
            as many again from the third month on where the months are over.
        households: How many households each village has.

    Returns:
        `registers` (places, people, posts, households) and `events` (matters, a row a step; visit). About one step in fifteen
        is reported late.

    >>> town = made_up_town(villages=3, matters=20)
    >>> len(town.registers["places"]), sorted(town.events)
    (4, ['matters', 'visit'])
    """
    words = _Words(language)
    first = date.fromisoformat(begins)
    chance = np.random.default_rng(seed)
    gone = _days_of_leaving(min(leavers, villages), first, months * 30)
    registers = _registers(villages, households, first, gone, words)
    writer = _Writer(chance, words, first, registers, days=months * 30, gone=gone)
    steps = [step for number in range(matters) for step in writer.matter(number)]
    visits = list(writer.visits(matters * 2))
    return MadeUpTown(registers, {"matters": _marked(steps), "visit": _marked(visits)})


@dataclass(frozen=True)
class _Words:
    language: Language

    def of(self, entry: Mapping[str, Any], name: str = "") -> Any:
        return entry[f"{name}_{self.language}" if name else self.language]


def _marked(rows: list[Step]) -> pd.DataFrame:
    return pd.DataFrame(rows).astype(object).fillna("").assign(synthetic="yes")


def _registers(villages: int, households: int, first: date, gone: list[date], words: _Words) -> dict[str, pd.DataFrame]:
    data = _data()
    known = [words.of(one) for one in data["villages"]]
    labels = [known[at % len(known)] + (str(at // len(known) + 1) if at >= len(known) else "") for at in range(villages)]
    codes = [f"V{at + 1:02d}" for at in range(villages)]
    places = [
        ("T", "town", "", words.of(data["town"])),
        *((code, "village", "T", label) for code, label in zip(codes, labels, strict=True)),
    ]
    begins = str(first - timedelta(days=90))
    posts: list[tuple[str, str, str, str, str, str]] = []
    for at, code in enumerate(codes):
        leaver = str(gone[at]) if at < len(gone) else ""
        posts += [
            (f"S{at + 1:02d}", "staff", code, begins, leaver, ""),
            (f"L{at + 1:02d}", "village_leader", code, begins, "", "yes"),
        ]
    posts += [(_successor(at, villages), "staff", codes[at], str(day), "", "") for at, day in enumerate(gone)]
    offices = (("O1", "town_office"), ("O2", "county_office"), ("D1", "desk"), ("D2", "discipline_desk"))
    posts += [(person, rank, "", begins, "", "") for person, rank in offices]
    people = [(person, made_up_name(at, words.language)) for at, person in enumerate(dict.fromkeys(post[0] for post in posts))]
    homes = [(f"{code}-H{number + 1:03d}", code) for code in codes for number in range(households)]
    return {
        "places": pd.DataFrame(places, columns=["place", "level", "within", "label"]),
        "people": pd.DataFrame(people, columns=["person", "label"]),
        "posts": pd.DataFrame(posts, columns=["person", "rank", "place", "from", "to", "in_charge"]),
        "households": pd.DataFrame(homes, columns=["household", "village"]),
    }


def _days_of_leaving(count: int, first: date, days: int) -> list[date]:
    """All of them within the days of the town, where these are more than seventy."""
    return [first + timedelta(days=70 + 60 * at % max(1, days - 70)) for at in range(count)]


def _successor(village: int, villages: int) -> str:
    """The code of who follows the first one of a village: none of those that the villages have already."""
    return f"S{max(90, villages + 1) + village}"


def made_up_name(at: int, language: Language) -> str:
    """The name of the so-manieth official of a made-up town."""
    surnames, given = _data()["surnames"][language], _data()["given"][language]
    surname, own = surnames[at % len(surnames)], given[(at * 5 + at // len(surnames)) % len(given)]
    return f"{surname}{own}" if language == "zh" else f"{own} {surname}"


class _Writer:
    """Writes the life of one matter after the other."""

    def __init__(
        self,
        chance: np.random.Generator,
        words: _Words,
        first: date,
        registers: Mapping[str, pd.DataFrame],
        *,
        days: int,
        gone: list[date],
    ) -> None:
        self._chance, self._words, self._first, self._days = chance, words, first, days
        self._last = first + timedelta(days=days)
        self._villages = list(registers["places"]["place"][1:])
        self._gone, self._households = gone, len(registers["households"]) // len(self._villages)

    def matter(self, number: int) -> Iterator[Step]:
        """The steps of one matter, as far as the half-year goes."""
        village = self._villages[int(self._chance.integers(len(self._villages)))]
        kind = _data()["matters"][int(self._chance.choice(4, p=KINDS))]
        title = int(self._chance.integers(len(self._words.of(kind))))
        day = self._first + timedelta(days=int(self._chance.integers(self._days)))
        households = sorted(
            {f"{village}-H{1 + int(at):03d}" for at in self._chance.integers(self._households, size=self._some(1, 4))}
        )
        anonymous = self._chance.random() < 0.08
        born = {
            "matter": f"m{number:05d}",
            "village": village,
            "household": "" if anonymous else " ".join(households),
            "class": "" if self._chance.random() < 0.1 and kind["class"] != "conduct" else kind["class"],
            "title": self._words.of(kind)[title].format(group=1 + int(self._chance.integers(8))),
        }
        done = self._words.of(kind, "done")
        steps = self._life(born, kind["class"], day, done[title % len(done)], [] if anonymous else households)
        for at, step in enumerate(step for step in steps if step["on"] <= self._last):
            yield step | {"event": f"{born['matter']}-{at:02d}", "matter": born["matter"], "received": self._received(step["on"])}

    def visits(self, count: int) -> Iterator[Step]:
        """Household visits; some are refused, some are telephone calls."""
        for at in range(count):
            village = self._villages[int(self._chance.integers(len(self._villages)))]
            day = self._first + timedelta(days=int(self._chance.integers(self._days)))
            yield {
                "event": f"v{at:05d}",
                "on": day,
                "received": self._received(day),
                "by": self._staff(village, day),
                "village": village,
                "household": f"{village}-H{1 + int(self._chance.integers(self._households)):03d}",
                "mode": "phone" if self._chance.random() < 0.04 else "home",
                "outcome": "refused" if self._chance.random() < 0.03 else "interviewed",
            }

    def _life(self, born: Step, topic: str, day: date, done: str, households: list[str]) -> Iterator[Step]:
        staff, village = self._staff(born["village"], day), born["village"]
        if self._chance.random() < 0.12:
            yield {"step": "settle", "on": day, "by": staff, "note": done, **born}
            return
        yield {"step": "raise", "on": day, "by": staff, **born}
        if born["class"] == "":
            yield {"step": "sort", "on": day + timedelta(days=6), "by": "D1", "class": topic}
        day = self._later(day, 2, 9)
        yield {"step": "note", "on": day, "by": self._staff(village, day), "note": self._pick("progress")}
        office = ""
        if self._chance.random() < 0.3:
            day = self._later(day, 1, 6)
            yield {"step": "apply", "on": day, "by": self._staff(village, day), "reason": self._pick("reason")}
            if self._chance.random() < 0.3:
                return
            day = self._later(day, 1, 12)
            if self._chance.random() < 0.2:
                yield {"step": "refuse", "on": day, "by": "O1", "reason": self._pick("refused")}
            else:
                office = "O1"
                yield {"step": "accept", "on": day, "by": "O1", "deadline": day + timedelta(days=30)}
        if self._chance.random() < 0.18:
            return
        day = self._later(day, 3, 30)
        by = office or self._staff(village, day)
        if self._chance.random() < 0.1:
            yield {"step": "explain", "on": day, "by": by, "reason": self._pick("explained")}
        else:
            yield {"step": "done", "on": day, "by": by, "note": done}
        yield from self._answers(day, village, households)

    def _answers(self, day: date, village: str, households: list[str]) -> Iterator[Step]:
        for household in households:
            if self._chance.random() < 0.85:
                at = self._later(day, 0, 8)
                satisfied = (
                    str(int(self._chance.choice([5, 4, 3, 2], p=(0.4, 0.4, 0.15, 0.05)))) if self._chance.random() < 0.7 else ""
                )
                yield {"step": "answer", "on": at, "by": self._staff(village, at), "household": household, "satisfied": satisfied}

    def _staff(self, village: str, day: date) -> str:
        at = self._villages.index(village)
        left = at < len(self._gone) and day > self._gone[at]
        return _successor(at, len(self._villages)) if left else f"S{at + 1:02d}"

    def _received(self, day: date) -> date:
        """When the phone was synchronised: mostly within two days, sometimes weeks later."""
        late = int(self._chance.integers(9, 40)) if self._chance.random() < 0.065 else int(self._chance.integers(0, 3))
        return day + timedelta(days=late)

    def _some(self, least: int, most: int) -> int:
        return min(most, least + int(self._chance.geometric(0.7)) - 1)

    def _later(self, day: date, least: int, most: int) -> date:
        return day + timedelta(days=int(self._chance.integers(least, most + 1)))

    def _pick(self, name: str) -> str:
        said = self._words.of(_data()["words"], name)
        return str(said[int(self._chance.integers(len(said)))])


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(files("liuwen.campaign").joinpath("made_up.toml").read_text(encoding="utf-8"))
