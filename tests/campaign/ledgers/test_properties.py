"""What must hold of the ledger of any log."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import liuwen as lw
from liuwen.campaign.days import date_of
from liuwen.campaign.ledgers.ledger import TownLedger
from liuwen.campaign.ledgers.numbers import PublishedList, born_by, numbered
from liuwen.campaign.place_lists import of_one_place

from .likely_steps import likely_steps, state_after

POSTS = pd.DataFrame(
    {"person": ["P", "Q", "T", "D"], "rank": ["staff", "staff", "town_office", "desk"], "place": ["V", "V", "", ""]}
).assign(in_charge=["", "yes", "", ""])
BY = {"accept": "T", "refuse": "T", "sort": "D", "void": "D"}
"""Who may take a step that is not for the first visitor."""
MONTH = [date(2026, 6, 1) + timedelta(days=at) for at in range(30)]
AFTERWARDS = date(2026, 7, 31)
"""When every step has taken effect."""


def random_log(seed: int) -> list[dict]:
    """Steps of four matters in June, most of them possible, on few days or many, each received up to seven days late."""
    chance = random.Random(seed)
    days, clocks = MONTH[: chance.choice([2, 5, 30, 30, 30])], chance.random() < 0.7
    states: dict[str, str] = {}
    held: dict[str, list[str]] = {}
    rows = []
    for number, on in enumerate(sorted(chance.choices(days, k=chance.randrange(8, 36)))):
        matter = chance.choice(["M1", "M2", "M3", "M4"])
        step = chance.choice(likely_steps(states.get(matter, ""), 6))
        states[matter] = state_after(step, states.get(matter, ""))
        earlier = held.setdefault(matter, [])
        others = sorted(held.keys() - {matter}) or [matter]
        rows.append(
            {
                "event": f"e{number}",
                "matter": matter,
                "step": step,
                "on": on,
                "known": on + timedelta(days=chance.choice([0, 0, 1, 3, 7, 7])),
                "end": f"{on}T08:{number:02d}" if clocks else "",
                "by": chance.choice([BY.get(step, "P")] * 9 + ["P", "Q", "T", "D"]),
                "village": "V",
                "household": chance.choice(["H1", "H1", "H1", "H1", "H2", ""]),
                "class": chance.choice(["difficulty", "conduct", ""]),
                "title": f"t{number}",
                "note": f"n{number}",
                "reason": chance.choice([f"r{number}"] * 9 + [""]),
                "deadline": on + timedelta(days=9),
                "of": chance.choice(others),
                "after": chance.choice(["", "", "", f"e{chance.randrange(40)}", *earlier[-1:]]),
                "undoes": chance.choice([*earlier[-1:] * 3, f"e{chance.randrange(40)}"]),
            }
        )
        earlier.append(f"e{number}")
    return rows


def logs() -> st.SearchStrategy[list[dict]]:
    """Logs of any seed: drawn at once, they are as far from each other as towns are."""
    return st.integers(0, 10**9).map(random_log)


@cache
def read_once():
    """The campaign without steps."""
    return lw.read_campaign("hubin", 2026, registers={"posts": POSTS})


def ledger(rows: list[dict], on: date, known: date | None = None, posts: pd.DataFrame = POSTS):
    frame = pd.DataFrame(rows).astype(str)
    town = read_once() if posts is POSTS else lw.read_campaign("hubin", 2026, registers={"posts": posts})
    return town.with_events(matters=frame).ledger(on=on, known=known)


def shown(folded) -> list:
    return [
        folded.table.astype(str).to_numpy().tolist(),
        folded.exceptions[["event", "why"]].to_numpy().tolist(),
        folded.reconciliation,
    ]


@settings(max_examples=12, deadline=None)
@given(logs(), st.data())
def test_the_order_of_rows_never_matters(rows: list[dict], data) -> None:
    """Shuffled, the ledger is the same; with rows without an ID, and IDs that two rows share, too; so with the posts."""
    ids = [data.draw(st.sampled_from([row["event"], row["event"], "", "e1", "e2"])) for row in rows]
    rows = [{**row, "event": id} | ({"known": MONTH[-1]} if id == "e1" else {}) for row, id in zip(rows, ids, strict=True)]
    shuffled, posts = data.draw(st.permutations(rows)), POSTS.iloc[data.draw(st.permutations(range(len(POSTS))))]
    assert shown(ledger(rows, MONTH[-1])) == shown(ledger(shuffled, MONTH[-1], posts=posts))


@settings(max_examples=12, deadline=None)
@given(logs())
def test_delays_up_to_the_limit_never_matter(rows: list[dict]) -> None:
    """Received on the day, or up to seven days later: once all is known the ledger is the same."""
    prompt = [{**row, "known": row["on"]} for row in rows]
    assert shown(ledger(rows, MONTH[-1])) == shown(ledger(prompt, MONTH[-1]))


@settings(max_examples=12, deadline=None)
@given(logs(), st.sampled_from(MONTH))
def test_an_earlier_known_never_shows_what_came_later(rows: list[dict], known: date) -> None:
    """The ledger as known on a day is that of a log which ends there."""
    until = [row for row in rows if row["known"] <= known]
    if until:
        assert shown(ledger(rows, MONTH[-1], known)) == shown(ledger(until, MONTH[-1]))


@settings(max_examples=12, deadline=None)
@given(logs(), st.sampled_from([*MONTH[9::10], AFTERWARDS, AFTERWARDS]))
def test_it_reconciles_whatever_the_log(rows: list[dict], on: date) -> None:
    """Raised is the sum of the states, steps given are taken, refused, voided or of a later day; none is lost."""
    folded = ledger(rows, on)
    sums = folded.reconciliation
    states = ("open", "applied", "done", "explained", "closed", "withdrawn", "duplicate")
    assert sums["raised"] == sum(sums[state] for state in states) == len(folded.table)
    assert sums["given"] == len(rows) == sums["taken"] + sums["exceptions"] + sums["voided"] + sums["not_yet"]
    assert len(folded.exceptions) == sums["exceptions"] and not (folded.exceptions["why"] == "voided").any()
    assert sums["not_yet"] == 0 or on < AFTERWARDS
    entered = {row["matter"] for row in folded.steps.to_dict("records") if not row["why"] and row["step"] in ("raise", "settle")}
    assert {one.id for one in folded.matters} == entered and sums["raised"] == sum(one.entered for one in folded.matters)


@settings(max_examples=8, deadline=None)
@given(logs())
def test_an_event_of_another_matter_changes_nobody_elses_row(rows: list[dict]) -> None:
    """Without a duplicate that joins them; the other matter has steps that are taken and steps that are refused."""
    apart = [row for row in rows if row["step"] != "duplicate"]
    if not apart:
        return
    blank = {**apart[0], "matter": "M9", "by": "P", "household": "H1", "reason": "r", "after": "", "undoes": "", "end": ""}
    taken = enumerate(["raise", "accept", "apply", "accept", "done", "answer", "reopen", "withdraw"])
    more = [
        *apart,
        *(
            {**blank, "event": f"x{at}", "step": step, "on": day, "known": day}
            for at, step in taken
            for day in MONTH[at : at + 1]
        ),
    ]
    one, other = ledger(apart, MONTH[-1]).table, ledger(more, MONTH[-1]).table
    assert other[other["matter"] != "M9"].astype(str).to_numpy().tolist() == one.astype(str).to_numpy().tolist()


@settings(max_examples=4, deadline=None)
@given(logs(), st.booleans(), st.data())
def test_numbers_are_those_of_the_whole_ledgers_of_each_list(rows: list[dict], linked: bool, data) -> None:
    """A list's numbers come from few of its steps, prepared once where none is linked to another; they are the same."""
    older = st.sampled_from(["", "", "", *(row["event"] for row in rows)] if linked else [""])
    alone = {} if linked else {"after": "", "undoes": ""}
    rows = [{**row, **alone, "replaces": data.draw(older)} for row in rows if linked or row["step"] != "void"]
    frame = pd.DataFrame(rows, columns=[*(rows or [{}])[0]]).astype(str)
    entered = st.sampled_from(["", "2026-06-11"])
    places = pd.DataFrame({"place": ["V"], "level": ["village"], "known": [data.draw(entered)]})
    posts = POSTS.assign(known=[data.draw(entered) for _ in POSTS["person"]])
    campaign = lw.read_campaign("hubin", 2026, registers={"posts": posts, "places": places}, events={"matters": frame})
    days = [campaign.number(MONTH[at]) for at in (4, 12, 29)]
    lists = [PublishedList(day, day, f"2026-{at:02d}") for at, day in enumerate(days, start=6)]
    numbers: Mapping[str, str] = {}
    for one in lists:
        numbers = _numbered(numbers, one, campaign.ledger(on=date_of(one.on), known=date_of(one.known)))
    assert campaign.with_published(lists).ledger(on=MONTH[-1], known=MONTH[-1]).numbers == numbers


def _numbered(before: Mapping[str, str], one: PublishedList, folded: TownLedger) -> Mapping[str, str]:
    return numbered(before, one, folded.rule, folded.matters, born_by(folded))


def test_a_list_numbers_what_was_known_on_its_day_and_only_where_places_were() -> None:
    """Steps that are prepared once for all lists: one that came late, one of a place entered late, two raised on one day."""
    steps = [
        ("e9", "M1", "raise", "2026-06-04", "2026-06-04", "V"),
        ("e1", "M1", "sort", "2026-06-05", "2026-06-05", "V"),
        ("e2", "M2", "raise", "2026-06-04", "2026-06-04", "V"),
        ("e3", "M3", "raise", "2026-06-03", "2026-06-10", "V"),
        ("e4", "M4", "raise", "2026-06-02", "2026-06-02", "W"),
    ]
    columns = ["event", "matter", "step", "on", "known", "village"]
    frame = pd.DataFrame(steps, columns=columns).assign(by="P", title="t", **{"class": "difficulty"})
    frame.loc[frame["step"] == "sort", "by"] = "D"
    for known, prepared in (("", True), ("2026-06-20", False)):
        places = pd.DataFrame({"place": ["V", "W"], "level": ["village", "village"], "known": ["", known]})
        registers = {"posts": POSTS, "places": places}
        campaign = lw.read_campaign("hubin", 2026, registers=registers, events={"matters": frame})
        days = [campaign.number(MONTH[at]) for at in (6, 14, 29)]
        lists = [PublishedList(day, day, f"2026-{at:02d}") for at, day in enumerate(days, start=6)]
        numbers = campaign.with_published(lists).ledger(on=MONTH[-1], known=MONTH[-1]).numbers
        first = "2026-06-W-001" if prepared else "2026-08-W-001"
        assert numbers == {"M1": "2026-06-V-002", "M2": "2026-06-V-001", "M3": "2026-07-V-001", "M4": first}
        assert (campaign._prepared_numbering(campaign.programme.ledgers[0]) is not None) == prepared


def test_a_step_before_its_matter_was_raised_decides_no_number() -> None:
    """Two matters of one day stand in the order of the steps that raised them, whatever was refused before."""
    steps = [
        ("e1", "M1", "note", "2026-06-01"),
        ("e9", "M1", "raise", "2026-06-04"),
        ("e2", "M2", "raise", "2026-06-04"),
    ]
    frame = pd.DataFrame(steps, columns=["event", "matter", "step", "on"]).assign(by="P", village="V", title="t", note="n")
    campaign = lw.read_campaign("hubin", 2026, registers={"posts": POSTS}, events={"matters": frame})
    one = PublishedList(campaign.number(MONTH[-1]), campaign.number(MONTH[-1]), "2026-06")
    numbers = {"M2": "2026-06-V-001", "M1": "2026-06-V-002"}
    assert _numbered({}, one, campaign.ledger(on=MONTH[-1], known=MONTH[-1])) == numbers
    assert campaign.with_published([one]).ledger(on=MONTH[-1]).numbers == numbers


def test_a_complaint_sorted_before_its_first_list_leaves_no_gap_in_a_village_s_numbers() -> None:
    """It is numbered in the series of its class; the next matter of the village is the village's first."""
    steps = [
        ("M1", "raise", "P", "2026-06-02", ""),
        ("M1", "sort", "D", "2026-06-03", "conduct"),
        ("M2", "raise", "P", "2026-06-04", ""),
    ]
    frame = pd.DataFrame(steps, columns=["matter", "step", "by", "on", "class"]).assign(village="V", title="t")
    campaign = lw.read_campaign("hubin", 2026, registers={"posts": POSTS}, events={"matters": frame})
    assert campaign.numbered_ledger("2026-07-20").numbers == {"M1": "2026-06-conduct-001", "M2": "2026-06-V-001"}


@settings(max_examples=8, deadline=None)
@given(logs(), st.data())
def test_a_matter_in_the_fold_of_its_place_is_the_matter_in_the_whole_one(rows: list[dict], data) -> None:
    """Matters of two villages that are merged, and steps sent again for a matter of another village."""
    villages = {f"M{number}": data.draw(st.sampled_from("VW")) for number in range(1, 5)}
    older = st.sampled_from(["", "", "", *(row["event"] for row in rows)])
    frame = pd.DataFrame([{**row, "village": villages[row["matter"]], "replaces": data.draw(older)} for row in rows]).astype(str)
    whole = lw.read_campaign("hubin", 2026, registers={"posts": POSTS}, events={"matters": frame})
    matter = data.draw(st.sampled_from(sorted(villages)))
    place = of_one_place(whole, "matters", matter)
    kept = [campaign.ledger(on=MONTH[-1]) for campaign in (whole, place)]
    rows_of = [one.table[one.table["matter"] == matter].drop(columns="number").astype(str).to_numpy().tolist() for one in kept]
    assert rows_of[0] == rows_of[1]
    outcomes = [one.steps.loc[one.steps["matter"] == matter, ["event", "why"]].to_numpy().tolist() for one in kept]
    assert sorted(outcomes[0]) == sorted(outcomes[1])
