"""Two hundred random towns: the tables say what a slow count of days and events says."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Any

import pandas as pd
import pytest

import liuwen as lw

Row = dict[str, Any]
BEGINS, ENDS = date(2028, 1, 20), date(2028, 4, 10)
FESTIVAL, BEFORE, AFTER = date(2028, 1, 26), 10, 4
AMOUNTS = {"staff": 7, "leader": 3}
FAR = date(2100, 1, 1)
CHANGE = f"""
begins = "{BEGINS}"
ends = "{ENDS}"
[calendar.festivals]
spring = {{ zh = "春节", en = "Spring Festival", lunar = [1, 1], before = {BEFORE}, after = {AFTER} }}
[ranks]
leader = {{ zh = "领导", en = "leader" }}
[groups]
alone = {{ zh = "空巢", en = "alone" }}
[events.stay]
form = "stay"
from = "from"
to = "to"
by = "by"
village = "village"
[events.meeting]
form = "meeting"
on = "on"
village = "village"
[[duties]]
id = "household_visits"
at_least = {{ staff = 7, leader = 3 }}
per = "programme"
[[duties]]
id = "visits"
zh = "visits"
en = "visits"
event = "visit"
measure = "visits"
at_least = {{ staff = 7, leader = 3 }}
per = "programme"
[[duties]]
id = "twice"
zh = "twice"
en = "twice"
each = "household"
event = "visit"
measure = "visits"
at_least = 2
per = "programme"
round = "nearest"
at_least_one_from_days = 30
[[duties]]
id = "festivals"
zh = "festivals"
en = "festivals"
each = "household"
group = ["alone"]
event = "visit"
measure = "visits"
at_least = 1
per = "festival"
[[duties]]
id = "together"
zh = "together"
en = "together"
event = "stay"
measure = "days"
at_least = {{ staff = 7, leader = 3 }}
per = "programme"
[[duties]]
id = "not_disturbed"
zh = "not_disturbed"
en = "not_disturbed"
each = "household"
event = "visit"
measure = "visits"
at_most = 1
per = {{ days = 20 }}
[[duties]]
id = "meetings"
zh = "meetings"
en = "meetings"
each = "village"
event = "meeting"
measure = "occasions"
at_least = 1
per = "month"
"""
PEOPLE, HOUSEHOLDS, VILLAGES = ["An", "Bo", "Ce", "Du"], ["H1", "H2", "H3", "H4", "H5"], ["V1", "V2"]


def days(begins: date, ends: date) -> Iterator[date]:
    while begins <= ends:
        yield begins
        begins += timedelta(days=1)


def holds(row: Row, day: date) -> bool:
    return (row["from"] or date(1900, 1, 1)) <= day <= (row["to"] or FAR)


class SlowTown:
    """Raw registers and events; every figure is found by looking at each day and each event."""

    def __init__(self, registers: dict[str, list[Row]], events: dict[str, list[Row]], on: date) -> None:
        self.registers, self.events, self.on = registers, events, on
        self.visits = list(self.counting_visits())

    def rank_that_day(self, person: str, day: date) -> set[str]:
        if any(row["person"] == person and holds(row, day) for row in self.registers["leave"]):
            return set()
        return {row["rank"] for row in self.registers["posts"] if row["person"] == person and holds(row, day)}

    def posted(self, person: str, day: date) -> bool:
        return any(row["person"] == person and holds(row, day) for row in self.registers["posts"])

    def lives(self, household: str, day: date) -> bool:
        return any(row["household"] == household and holds(row, day) for row in self.registers["households"])

    def owed_by_person(self, person: str, until: date) -> Fraction:
        total = sum(
            max([AMOUNTS.get(rank, 0) for rank in self.rank_that_day(person, day)], default=0)
            for day in days(BEGINS, min(until, ENDS))
        )
        return Fraction(total, (ENDS - BEGINS).days + 1)

    def counting_visits(self) -> Iterator[Row]:
        """Those that count: at home, interviewed, by somebody in post, to a household that was there, the first of its day."""
        seen = set()
        for row in sorted(self.events["visit"], key=lambda one: one["event"]):
            there = self.posted(row["by"], row["on"]) and self.lives(row["household"], row["on"])
            key = (row["by"], row["household"], row["on"])
            if row["mode"] == "home" and row["outcome"] == "interviewed" and there and key not in seen:
                seen.add(key)
                yield row

    def in_days(self, rows: list[Row], begins: date, ends: date) -> list[Row]:
        return [row for row in rows if begins <= row["on"] <= min(ends, self.on)]

    def person(self, person: str, *, different: bool) -> tuple[int, int, Fraction]:
        rows = [row for row in self.in_days(self.visits, BEGINS, ENDS) if row["by"] == person]
        done = len({row["household"] for row in rows}) if different else len(rows)
        return ceil(self.owed_by_person(person, ENDS)), done, self.owed_by_person(person, self.on)

    def household(self, household: str) -> tuple[int, int]:
        """Two visits in the programme, to the nearest, at least one from thirty days."""
        lived = sum(self.lives(household, day) for day in days(BEGINS, ENDS))
        required = int(Fraction(2 * lived, (ENDS - BEGINS).days + 1) + Fraction(1, 2))
        required = max(required, 1) if lived >= 30 else required
        done = {row["on"] for row in self.in_days(self.visits, BEGINS, ENDS) if row["household"] == household}
        return required, len(done)

    def festival(self, household: str) -> tuple[int, int]:
        grouped = any(row["household"] == household and holds(row, FESTIVAL) for row in self.registers["membership"])
        begins, ends = FESTIVAL - timedelta(days=BEFORE), FESTIVAL + timedelta(days=AFTER)
        done = {row["on"] for row in self.in_days(self.visits, begins, ends) if row["household"] == household}
        return int(grouped and self.lives(household, FESTIVAL)), len(done)

    def stayed(self, person: str) -> tuple[int, int]:
        """Different days in a post, and different nights, inside the programme up to the day."""
        ends = min(ENDS, self.on)
        stays = [row for row in self.events["stay"] if row["by"] == person and row["from"] <= self.on]
        stays = [row for row in stays if any(self.posted(person, day) for day in days(row["from"], row["to"]))]
        there = {
            day for row in stays for day in days(row["from"], row["to"]) if BEGINS <= day <= ends and self.posted(person, day)
        }
        nights = {day for row in stays for day in days(row["from"], row["to"] - timedelta(days=1)) if BEGINS <= day <= ends}
        return len(there), len(nights)

    def most_in(self, household: str, running: int) -> int:
        visits = {row["on"] for row in self.visits if row["household"] == household}
        most = 0
        for last in days(BEGINS, min(ENDS, self.on)):
            most = max(most, sum(last - timedelta(days=running) < day <= last for day in visits))
        return most

    def occasions(self, village: str, month: int) -> int:
        begins, ends = date(2028, month, 1), date(2028, month + 1, 1) - timedelta(days=1)
        rows = self.in_days(self.events["meeting"], max(begins, BEGINS), min(ends, ENDS))
        return len({row["on"] for row in rows if row["village"] == village})


def random_town(seed: int) -> tuple[dict[str, list[Row]], dict[str, list[Row]]]:
    chance = random.Random(seed)

    def some_day(before: int = 20, after: int = 20) -> date:
        span = (ENDS - BEGINS).days
        return BEGINS + timedelta(days=chance.randint(-before, span + after))

    def stretch() -> Row:
        begins = some_day()
        ends = begins + timedelta(days=chance.randint(0, 60))
        return {"from": chance.choice([None, begins, begins]), "to": chance.choice([None, ends, ends, ends])}

    posts = [
        {"person": chance.choice(PEOPLE), "rank": chance.choice(["staff", "leader", "desk"]), "place": chance.choice(VILLAGES)}
        | stretch()
        for _ in range(6)
    ]
    leave = [{"person": chance.choice(PEOPLE)} | {**stretch(), "from": some_day()} for _ in range(2)]
    leave = [row | {"to": None if row["to"] is None else max(row["to"], row["from"])} for row in leave]
    households = [{"household": one, "village": chance.choice(VILLAGES)} | stretch() for one in HOUSEHOLDS]
    membership = [{"household": one, "group": "alone"} | stretch() for one in HOUSEHOLDS if chance.random() < 0.7]
    visit = [
        {
            "event": f"v{at:03d}",
            "on": some_day(),
            "by": chance.choice(PEOPLE),
            "household": chance.choice(HOUSEHOLDS),
            "mode": chance.choice(["home", "home", "home", "phone"]),
            "outcome": chance.choice(["interviewed", "interviewed", "refused"]),
        }
        for at in range(60)
    ]
    stay = [{"by": chance.choice(PEOPLE), "village": chance.choice(VILLAGES), "from": some_day()} for _ in range(6)]
    stay = [row | {"event": f"s{at}", "to": row["from"] + timedelta(days=chance.randint(0, 9))} for at, row in enumerate(stay)]
    meeting = [{"event": f"m{at}", "on": some_day(), "village": chance.choice(VILLAGES)} for at in range(8)]
    registers = {"posts": posts, "leave": leave, "households": households, "membership": membership}
    return registers, {"visit": visit, "stay": stay, "meeting": meeting}


def told_apart(seed: int, tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The same rows with codes of their own: many towns stand in one campaign."""
    own = ("person", "by", "household", "village", "place", "event")
    return {
        name: [{key: f"T{seed}-{cell}" if key in own else cell for key, cell in row.items()} for row in rows]
        for name, rows in tables.items()
    }


def table_of(towns: list[tuple[dict[str, list[Row]], dict[str, list[Row]]]], on: date) -> pd.DataFrame:
    registers = {name: [row for town, _ in towns for row in town[name]] for name in towns[0][0]}
    events = {kind: [row for _, town in towns for row in town[kind]] for kind in towns[0][1]}
    given = {name: pd.DataFrame(rows).astype(str).replace("None", "") for name, rows in registers.items()}
    names = {row["place"].split("-")[0] for row in registers["posts"]}
    given["places"] = pd.DataFrame({"place": [f"{name}-{one}" for name in names for one in VILLAGES], "level": "village"})
    frames = {kind: pd.DataFrame(rows).assign(known="2028-12-31") for kind, rows in events.items()}
    town = lw.read_campaign("our_town", registers=given, events=frames, change=CHANGE)
    return pd.DataFrame(town.duties(on=on))


@pytest.mark.parametrize("on", [date(2028, 1, 18), date(2028, 2, 29), date(2028, 3, 20), date(2028, 4, 10), date(2028, 5, 1)])
def test_tables_say_what_a_slow_count_says(on: date) -> None:
    """Ranks, leave, leap day, groups, windows that begin in the old year, nights, running days, months; forty towns a day."""
    seeds = range(on.toordinal() % 1000, on.toordinal() % 1000 + 40)
    towns = {f"T{seed}": tuple(told_apart(seed, part) for part in random_town(seed)) for seed in seeds}
    slow = {name: SlowTown(*town, on) for name, town in towns.items()}
    table = table_of(list(towns.values()), on)
    assert table["who"].str.split("-").str[0].nunique() == len(towns)
    for row in table.to_dict("records"):
        town = slow[row["who"].split("-")[0]]
        assert _figures(row) == _slow(town, row["duty"], row["who"], row["period"]), (row["duty"], row["who"], row["period"])


def _figures(row: dict[str, Any]) -> tuple[Any, ...]:
    duty = row["duty"]
    if duty in ("household_visits", "visits"):
        return row["required"], row["done"], row["expected_by_now"]
    if duty == "together":
        return row["done"], row["nights"]
    return (row["done"],) if duty in ("not_disturbed", "meetings") else (row["required"], row["done"])


def _slow(slow: SlowTown, duty: str, who: str, period: str) -> tuple[Any, ...]:
    if duty in ("household_visits", "visits"):
        required, done, now = slow.person(who, different=duty == "household_visits")
        return required, done, round(float(now), 2)
    if duty == "meetings":
        return (slow.occasions(who, int(period[-1])),)
    if duty == "not_disturbed":
        return (slow.most_in(who, 20),)
    return {"twice": slow.household, "festivals": slow.festival, "together": slow.stayed}[duty](who)
