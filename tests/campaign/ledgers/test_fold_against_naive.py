"""The fold equals an independent, slow computation that is written straight from the rules, on random towns."""

import os
import random
from datetime import date, timedelta

import pandas as pd
import pytest

import liuwen as lw

from ..slow_town import STEPS, TIERS, Town
from .likely_steps import LIKELY, state_after


def random_posts(chance: random.Random) -> list[dict]:
    """Four people in two villages, of whom some come late or leave; a town, a county and a desk."""
    begins, forever = date(2026, 1, 1), date(2027, 12, 31)
    posts = []
    for person, place in (("P1", "V1"), ("P2", "V1"), ("P3", "V2"), ("P4", chance.choice(["V1", "V2"]))):
        start = begins + timedelta(days=chance.choice([0, 0, 0, 0, 0, 20]))
        end = start + timedelta(days=chance.randrange(60, 130)) if chance.random() < 0.3 else forever
        rank = chance.choice(["staff", "leader", "village_leader"])
        posts.append(
            {"person": person, "rank": rank, "place": place, "from": start, "to": end, "in_charge": person in ("P1", "P3")}
        )
    for person, rank in (("T1", "town_office"), ("C1", "county_office"), ("D1", "desk")):
        posts.append({"person": person, "rank": rank, "place": "", "from": begins, "to": forever, "in_charge": False})
    return posts


def random_step(chance: random.Random, number: int, matter: str, held: list[dict], states: dict[str, str]) -> dict:
    """A step that is likely to be possible, or now and then is not."""
    name = chance.choice(LIKELY[states.get(matter, "")].split()) if chance.random() < 0.9 else chance.choice(STEPS)
    bears = name in ("raise", "settle")
    states[matter] = state_after(name, states.get(matter, ""))
    on = (
        held[-1]["on"] + timedelta(days=chance.choice([0, 1, 1, 2, 3, 5, 9, 14]))
        if held
        else date(2026, 1, 5) + timedelta(days=chance.randrange(60))
    )
    if held and chance.random() < 0.05:
        on -= timedelta(days=9)
    due = next((step["deadline"] for step in reversed(held) if step["deadline"]), None)
    if due and chance.random() < 0.15:  # on the last day, or the day after
        on = max(on, due + timedelta(days=chance.choice([0, 0, 0, 1])))
    village, visitor = chance.choice([("V1", "P1"), ("V1", "P2"), ("V2", "P3")])
    first = held[0] if held else {"by": visitor, "village": village, "household": ""}
    office = "T1" if sum(step["step"] == "accept" for step in held) == 0 else "C1"
    by = {"accept": office, "refuse": office, "sort": "D1", "void": "D1"}.get(
        name, chance.choice([first["by"]] * 9 + [office, "P1", "D1"])
    )
    return {
        "event": f"e{chance.randrange(10**6):06d}-{number}",
        "matter": matter,
        "step": name,
        "on": on,
        "known": on
        + timedelta(
            days=chance.choice([0, 0, 0, 0, 0, 0, 0, 1, 3, 7] if bears else [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 7, 8, 20, -1])
        ),
        "by": by if chance.random() < 0.92 else chance.choice(["P1", "P2", "P3", "T1", "C1", "C1", ""]),
        "village": first["village"] if chance.random() < 0.95 else "",
        "household": chance.choice(["H1", "H2", "H3", "", "H1 H2"])
        if bears
        else chance.choice([*first["household"].split() * 3, "H1"]),
        "class": chance.choice(["", "difficulty", "conduct", "difficulty", "nonsense"]) if bears or name == "sort" else "",
        "title": "t" if chance.random() < 0.97 else "",
        "note": "n" if chance.random() < 0.97 else "",
        "reason": "r" if chance.random() < 0.97 else "",
        "deadline": on + timedelta(days=chance.choice([chance.randrange(5, 40), chance.randrange(2, 9)]))
        if name in ("accept", "extend") or chance.random() < 0.3
        else None,
        "of": chance.choice(["M1", "M2", "M3", "M4", "M5", "M99", ""]) if name == "duplicate" else "",
        "after": chance.choice([*(step["event"] for step in held[-3:]), ""]) if chance.random() < 0.4 else "",
        "end": f"{on}T{chance.randrange(7, 19):02d}:{chance.randrange(60):02d}",
        "undoes": chance.choice([*(step["event"] for step in held[-2:]), "none"]) if name == "void" else "",
        "replaces": chance.choice(held)["event"] if len(held) > 1 and chance.random() < 0.03 else "",
    }


def random_town(seed: int) -> tuple[list[dict], list[dict]]:
    """A town of two villages and a log in which most things go as they should, and some as they should not."""
    chance = random.Random(seed)
    posts = random_posts(chance)
    states: dict[str, str] = {}
    log: list[dict] = []
    for number in range(chance.randrange(30, 90)):
        matter = f"M{chance.randrange(1, 7)}"
        log.append(random_step(chance, number, matter, [step for step in log if step["matter"] == matter], states))
    for step in log:  # a correction is received after what it corrects, on the day it names
        if step["replaces"]:
            old = next(one for one in log if one["event"] == step["replaces"])
            step["step"] = old["step"]
            step["known"] = step["on"] = max(step["on"], step["known"], old["known"])
    return log, posts


def text(day: date | None) -> str:
    return "" if day is None else day.isoformat()


NAMES = ("event", "matter", "by", "village", "after", "undoes", "replaces", "of", "person", "place")


def named(rows: list[dict], seed: int) -> list[dict]:
    """The rows of one town among many: every name begins with the town's number."""
    return [{key: f"{seed}-{value}" if key in NAMES and value else value for key, value in row.items()} for row in rows]


def compared(seeds: range) -> None:
    """Both folds of random towns, all in one ledger, on three days and as known on others."""
    towns = {seed: tuple(named(rows, seed) for rows in random_town(seed)) for seed in seeds}
    log = [step for steps, _ in towns.values() for step in steps]
    rows = [{**step, "on": text(step["on"]), "known": text(step["known"]), "deadline": text(step["deadline"])} for step in log]
    frame = pd.DataFrame(rows).sample(frac=1, random_state=seeds[0])
    posts = [{**post, "from": text(post["from"]), "to": text(post["to"])} for _, held in towns.values() for post in held]
    campaign = lw.read_campaign("hubin", 2026, registers={"posts": pd.DataFrame(posts)}, events={"matters": frame})
    for on, known in (
        (date(2026, 2, 20), date(2026, 2, 25)),
        (date(2026, 4, 5), date(2026, 4, 5)),
        (date(2026, 7, 1), date(2026, 8, 1)),
    ):
        ledger = campaign.ledger(on=on, known=known)
        found, refused = seen(ledger), dict(zip(ledger.exceptions["event"], ledger.exceptions["why"], strict=True))
        for seed, (steps, held) in towns.items():
            town = Town([dict(step) for step in steps], held, on, known).run()
            assert of_town(found, seed) == expected(town, on), (seed, on)
            assert of_town(refused, seed) == {event: why for event, why in town.why.items() if why}, (seed, on)


def of_town(found: dict[str, object], seed: int) -> dict[str, object]:
    return {name: value for name, value in found.items() if name.startswith(f"{seed}-")}


def expected(town: Town, on: date) -> dict[str, tuple]:
    return {
        name: (
            matter["state"],
            TIERS[matter["tier"]][0],
            matter["deadline"].isoformat(),
            town.responsible(matter, on),
            matter["handler"],
            matter["class"],
            len(matter["applicants"]) + matter["unnamed"],
            matter["round"],
            matter["refusals"],
            matter["exceptions"],
            town.promise(matter),
        )
        for name, matter in town.matters.items()
        if matter["entered"]
    }


def seen(ledger) -> dict[str, tuple]:
    columns = "state tier deadline responsible handler class applicants round refusals exceptions promise_kept".split()
    table = ledger.table.assign(deadline=ledger.table["deadline"].dt.strftime("%Y-%m-%d"))
    return {row["matter"]: tuple(row[name] for name in columns) for row in table.to_dict("records")}


@pytest.mark.parametrize("first", [0, 10, 20, 30])
def test_fold_equals_the_slow_computation(first: int) -> None:
    """State, tier, deadline, people, counts and promise of every matter, and every reason, in ten towns."""
    compared(range(first, first + 10))


@pytest.mark.slow
def test_fold_equals_the_slow_computation_on_many_towns() -> None:
    """The same on 160 more; `LIUWEN_LEDGERS` says on how many."""
    for first in range(1000, 1000 + int(os.environ.get("LIUWEN_LEDGERS", "160")), 20):
        compared(range(first, first + 20))
