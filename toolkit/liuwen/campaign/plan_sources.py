"""What a month's plan of visits is made from: duties not met by the month's end, answers owed, visits agreed."""

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from liuwen.campaign.days import UNREADABLE, number_of
from liuwen.campaign.duties.periods import duty_periods
from liuwen.campaign.ledgers.ledger import TownLedger
from liuwen.campaign.reasons import REASONS
from liuwen.campaign.registers import Registers
from liuwen.campaign.schema import DutyRule, Programme

DUE_COLUMNS = ["household", "reason", "person", "due_by"]
HALF = 0.5
"""A visit of the year is due when half of it is expected: twice a year means from April, and again from October."""
Due = tuple[str, str, str, int]


def due_by_duties(programme: Programme, table: pd.DataFrame, year: int, begins: int, ends: int) -> Iterator[Due]:
    """Households whose duty, or whose pair's duty, is not met by the end of the month."""
    for duty in programme.duties:
        if duty.each not in ("household", "pair") or duty.at_least is None or not _is_visits(duty, programme):
            continue
        rows = table[(table["duty"] == duty.id) & (table["done"] < table["required"])]
        for period in duty_periods(duty, programme, year):
            if period.ends < begins or period.begins > ends:
                continue
            own = rows[rows["period"] == period.name]
            if period.festival is None and period.ends > ends:
                own = own[own["expected_by_now"] - own["done"] >= HALF]
            for who in own["who"]:
                person, _, subject = who.rpartition("/")
                reason = "festival" if period.festival is not None else "pair" if duty.each == "pair" else "visits_owed"
                yield subject, reason, person, min(period.ends, ends)


def due_by_answers(ledger: TownLedger, ends: int) -> Iterator[Due]:
    """Households that have not been told what became of their matter."""
    table = ledger.table
    owed = table[table["state"].isin(["done", "explained"]) & (table["awaiting_answer"] != "")]
    confidential = [one.id for one in ledger.rule.classes if one.confidential]
    for households, person in zip(
        owed.loc[~owed["class"].isin(confidential), "awaiting_answer"],
        owed.loc[~owed["class"].isin(confidential), "responsible"],
        strict=True,
    ):
        for household in _listed(households):
            yield household, "answer_owed", person, ends


def due_by_promise(tried: pd.DataFrame, visits: pd.DataFrame, ends: int) -> Iterator[Due]:
    """Households to which somebody agreed to come back by a day, and where nobody has been since."""
    if "come_back" not in tried:
        return
    agreed = tried[(tried["come_back"] != "") & ~tried["why"].isin(set(REASONS) - {"refused"})]
    last = visits.groupby("household")["on"].max() if len(visits) else pd.Series(dtype=int)
    for household, person, on, day in zip(agreed["household"], agreed["by"], agreed["on"], agreed["come_back"], strict=True):
        promised = pd.to_datetime(day, errors="coerce")
        if pd.isna(promised) or last.get(household, UNREADABLE) > on:
            continue
        if number_of(promised.date()) <= ends:
            yield household, "come_back", person, number_of(promised.date())


def caps_on_visits(programme: Programme) -> tuple[tuple[int, float], ...]:
    """The upper bounds on visits to a household."""
    found = []
    for duty in programme.duties:
        if duty.each == "household" and duty.at_most is not None and duty.at_most.every is not None and duty.measure == "visits":
            found.append((duty.per.days, float(duty.at_most.every)))
    return tuple(found)


def visiting_people(programme: Programme, registers: Registers, day: int) -> Mapping[str, list[str]]:
    """Village → who is posted there that day in a rank that owes visits; else anybody posted there."""
    ranks: set[str] = set()
    for duty in programme.duties:
        if duty.each == "person" and duty.at_least is not None and duty.measure in ("visits", "households"):
            ranks |= set(duty.at_least.by_rank) or set(duty.rank)
    posts = registers.table("posts")
    held = posts[(posts["from"] <= day) & (posts["to"] >= day)]
    return {
        str(place): sorted(set(rows.loc[rows["rank"].isin(ranks), "person"]) or set(rows["person"]))
        for place, rows in held.groupby("place")
    }


def due_table(*sources: Iterable[Due]) -> pd.DataFrame:
    """Everything that is due, a row a household and reason."""
    rows = [one for source in sources for one in source]
    return pd.DataFrame(rows, columns=DUE_COLUMNS).drop_duplicates()


def _is_visits(duty: DutyRule, programme: Programme) -> bool:
    rule = programme.events.get(duty.event)
    return duty.measure == "visits" and (rule is None or bool(rule.household) or duty.event == "visit")


def _listed(households: str) -> list[str]:
    return [one for one in households.replace(",", " ").replace("、", " ").split() if one]
