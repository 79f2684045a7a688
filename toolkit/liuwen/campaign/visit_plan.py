"""The month's plan of visits: which households are due and why, in walking order, and which are not to be disturbed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from liuwen.campaign.days import as_dates, date_of

PLAN_COLUMNS = ("village", "household", "visitor", "reasons", "due_by", "not_before", "last_visit", "second_visit")
WHY = ("festival", "visits_owed", "pair", "answer_owed", "come_back")
ASKED = ("answer_owed", "come_back")
"""Reasons for which the household itself waits: they go before the cap on visits, and so does a festival."""


@dataclass(frozen=True)
class MonthPlan:
    """Whom to visit in a month.

    Attributes:
        month: The month, such as "2026-09".
        known: The last day of which what had been received is used, as a number.
        table: A row a household that is due: `village, household, visitor, reasons` (ids, a space between), `due_by,
            not_before, last_visit` (dates or NaT), `second_visit` (the short form, filled in from the last one, is enough).
        left_out: A row a household that is due and not to be disturbed: `village, household, reasons, visits, at_most`.
        reminders: The groups to hear on purpose that are never kept of a household.
    """

    month: str
    known: int
    table: pd.DataFrame = field(repr=False)
    left_out: pd.DataFrame = field(repr=False)
    reminders: tuple[str, ...] = ()

    def phone_list(self) -> pd.DataFrame:
        """The plan as a list for phones: codes only. A reason could say who is in hardship, and so could a day: that of a
        festival's end is due from the households of its groups alone. Both stand on the visitors' page.

        Returns:
            `name` (the household's code), `label, village, person`.
        """
        rows = self.table.assign(name=self.table["household"], label=self.table["household"], person=self.table["visitor"])
        return rows[["name", "label", "village", "person"]]


@dataclass(frozen=True)
class PlanSources:
    """What a plan is made from, all as known on a day."""

    month: str
    begins: int
    ends: int
    known: int
    due: pd.DataFrame
    """A row a household and reason: `household, reason, person, due_by`."""
    villages: Mapping[str, str]
    visits: pd.DataFrame
    """The visits that count: `household, on`."""
    caps: tuple[tuple[int, float], ...]
    """The upper bounds on visits to a household: in how many days running (0 for the year) at most how many."""
    people: Mapping[str, list[str]]
    """Village → who goes there."""
    reminders: tuple[str, ...] = ()


def planned_visits(sources: PlanSources) -> MonthPlan:
    """The plan of a month."""
    due = sources.due[sources.due["household"].isin(sources.villages.keys())]
    asked: dict[str, list[tuple[int, str, str]]] = {}
    for household, reason, person, day in due[["household", "reason", "person", "due_by"]].itertuples(index=False, name=None):
        asked.setdefault(household, []).append((day, reason, person))
    visits: dict[str, list[int]] = {}
    for household, day in sorted(set(sources.visits[["household", "on"]].itertuples(index=False, name=None))):
        visits.setdefault(household, []).append(day)
    planned, left = [], []
    for household in sorted(asked, key=lambda one: (sources.villages[one], walking_order(one))):
        own = sorted(asked[household])
        named = {reason for _, reason, _ in own}
        reasons = [one for one in WHY if one in named]
        held = visits.get(household, [])
        first = _first_free(held, sources)
        village = sources.villages[household]
        if first is None and not set(reasons) & {*ASKED, "festival"}:
            left.append((village, household, " ".join(reasons), *_full(held, sources)))
            continue
        person = next((one for _, _, one in own if one), "")
        due_by = min(int(own[0][0]), sources.ends)
        begins = None if first is None or first == sources.begins or set(reasons) & {*ASKED, "festival"} else first
        planned.append((village, household, person, " ".join(reasons), due_by, begins, held[-1] if held else None, bool(held)))
    table = _dated(pd.DataFrame(planned, columns=list(PLAN_COLUMNS)))
    table["visitor"] = _shared_out(table, sources.people)
    return MonthPlan(
        sources.month,
        sources.known,
        table,
        pd.DataFrame(left, columns=["village", "household", "reasons", "visits", "at_most"]),
        sources.reminders,
    )


def walking_order(code: str) -> tuple[tuple[int, str], ...]:
    """A code's place on the way: its numbers by value.

    >>> sorted(["H10", "H2", "H1"], key=walking_order)
    ['H1', 'H2', 'H10']
    """
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.findall(r"\d+|\D+", code))


def _first_free(visits: list[int], sources: PlanSources) -> int | None:
    """The first day of the month on which another visit stays within every bound; None if no day does."""
    for day in range(sources.begins, sources.ends + 1):
        if all(_within(visits, day, days, most) for days, most in sources.caps):
            return day
    return None


def _within(visits: list[int], day: int, days: int, most: float) -> bool:
    begins = day - days + 1 if days else _year_begins(day)
    return sum(begins <= one <= day for one in visits) + 1 <= most


def _full(visits: list[int], sources: PlanSources) -> tuple[int, float]:
    """The bound that is reached, and how many visits reach it."""
    for days, most in sources.caps:
        if not _within(visits, sources.ends, days, most):
            begins = sources.ends - days + 1 if days else _year_begins(sources.ends)
            return sum(begins <= one <= sources.ends for one in visits), float(most)
    return 0, 0.0


def _year_begins(day: int) -> int:
    at = date_of(day)
    return day - at.timetuple().tm_yday + 1


def _dated(table: pd.DataFrame) -> pd.DataFrame:
    made = table.copy()
    for name in ("due_by", "not_before", "last_visit"):
        numbers = [_NO_DATE if pd.isna(day) else int(day) for day in table[name]]
        made[name] = as_dates(numbers)
    return made


_NO_DATE = -(2**63)


def _shared_out(table: pd.DataFrame, people: Mapping[str, list[str]]) -> list[str]:
    """Who goes: the pair's own person; else the people of the village, each a stretch of the way of the same length."""
    found = table["visitor"].tolist()
    for village, rows in table.groupby("village", sort=False):
        there = people.get(str(village), [])
        free = [at for at in rows.index if not found[at]]
        for place, at in enumerate(free):
            found[at] = there[place * len(there) // len(free)] if there else ""
    return found
