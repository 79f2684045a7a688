"""The brief of a month: ten figures, each with its numerator, its base and its change, and what they are made of.

Every figure is of what everybody may see: a confidential matter is in none of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from liuwen.campaign.cells import records
from liuwen.campaign.confidential import confidential_matters, public_rates, public_table
from liuwen.campaign.coverage import CoverageSources, coverage_on
from liuwen.campaign.duties.explaining import shown_period
from liuwen.campaign.duties.periods import duty_periods
from liuwen.campaign.duties.table import DutySources
from liuwen.campaign.ledgers.ledger import TownLedger
from liuwen.campaign.public_lines import public_lines
from liuwen.campaign.schema import DutyRule, Period
from liuwen.errors import CampaignError
from liuwen.messages import Sentence

FIGURES = (
    "raised",
    "settled",
    "struck_off",
    "open",
    "overdue",
    "waiting_too_long",
    "answered",
    "visited",
    "behind",
    "late_or_unsettled",
)
"""The ten figures, in order."""
DOES_NOT_ADD_UP = Sentence(
    zh="简报对不上账：{what}。请报告这个问题。", en="The brief does not add up: {what}. Please report this."
)


@dataclass(frozen=True)
class TownBrief:
    """What a month looked like.

    Attributes:
        month: The month, such as "2026-07".
        on: The day of the month's list, as a number; `known` the day up to which what had been received is in.
        figures: A row a figure: `figure, numerator, base, before, change`; where the programme lacks what it counts, all are
            missing. `before` is the numerator of the month before, as it was known then. The page and the text of a brief show
            `answered`, which counts people, in steps.
        parts: Named tables behind the figures: `offices, overdue, nobody, duties, people_behind, coverage, festivals, help,
            states, rates`.
        sections: Which parts the programme asks for.
    """

    month: str
    on: int
    known: int
    figures: pd.DataFrame = field(repr=False)
    parts: Mapping[str, pd.DataFrame] = field(repr=False)
    sections: tuple[str, ...]

    def figure(self, name: str) -> "pd.Series[Any]":
        """One figure.

        Args:
            name: Its id, such as "visited".

        Returns:
            `numerator, base, before, change`.
        """
        return self.figures[self.figures["figure"] == name].iloc[0]


@dataclass(frozen=True)
class BriefSources:
    """What one month's figures are counted from, as known on one day."""

    ledger: TownLedger
    before: TownLedger
    duties: pd.DataFrame
    sources: DutySources
    events: pd.DataFrame
    """Every event but those of confidential matters: `kind, event, on, known, by, household, why, remarks`, days as numbers."""
    helps: pd.DataFrame
    on: int
    known: int
    known_before: int


def town_brief(now: BriefSources, last: BriefSources | None, month: str, sections: tuple[str, ...]) -> TownBrief:
    """The brief of a month beside the month before; a `CampaignError` where a figure does not add up."""
    figures = _figures(now)
    earlier = _figures(last) if last is not None else {}
    rows = []
    for name in FIGURES:
        numerator, base = figures.get(name, (None, None))
        before = earlier.get(name, (None, None))[0]
        change = None if numerator is None or before is None else numerator - before
        rows.append((name, numerator, base, before, change))
    table = pd.DataFrame(rows, columns=["figure", "numerator", "base", "before", "change"])
    made = table.astype(dict.fromkeys(("numerator", "base", "before", "change"), "Int64"))
    brief = TownBrief(month, now.on, now.known, made, _parts(now), sections)
    _must_add_up(brief, now)
    return brief


def _figures(now: BriefSources) -> dict[str, tuple[int, int]]:
    table, before = public_table(now.ledger), public_table(now.before)
    fresh = set(table["matter"]) - set(before["matter"])
    settled = _settled(now.ledger) - _settled(now.before)
    open_now = table[table["state"].isin(now.ledger.rule.open_states)]
    waiting = table[table["waiting_for"] != ""]
    [answered] = records(public_rates(now.ledger).query("rate == 'answered'"))
    found = {
        "raised": (len(fresh), len(table)),
        "settled": (len(settled), len(settled) + len(fresh)),
        "struck_off": _struck_off(now, before, fresh),
        "open": (len(open_now), len(table)),
        "overdue": (int((open_now["overdue_days"] > 0).sum()), len(open_now)),
        "waiting_too_long": (int(waiting["waiting_too_long"].sum()), len(waiting)),
        "answered": (int(answered["numerator"]), int(answered["base"])),
        "late_or_unsettled": _unsettled(now),
    }
    return found | _of_duties(now)


def _struck_off(now: BriefSources, before: pd.DataFrame, fresh: set[str]) -> tuple[int, int]:
    """The lines struck off on the boards of the month, of what stood at the last list, was entered since or came back."""
    lines = public_lines(now.ledger, now.before).rows
    struck = lines.loc[lines["line"] == "struck_off", "matter"]
    gone = ["closed", *now.ledger.rule.ends]
    could = fresh | set(before.loc[~before["state"].isin(gone), "matter"])
    again = int((struck.duplicated() | ~struck.isin(could)).sum())
    return len(struck), len(could) + again


def _of_duties(now: BriefSources) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    visited = _coverage(now)
    if len(visited):
        found["visited"] = (int(visited["visited"].sum()), int(visited["households"].sum()))
    people = _of_people(now)
    if len(people):
        found["behind"] = (people.loc[_is_behind(people), "who"].nunique(), people["who"].nunique())
    return found


def _settled(ledger: TownLedger) -> set[str]:
    hidden = confidential_matters(ledger)
    return set(ledger.settled["matter"]) - hidden


def _unsettled(now: BriefSources) -> tuple[int, int]:
    """Of what came in since the last list: reported late, not counted, or a step that was not taken."""
    fresh = now.events[(now.events["known"] > now.known_before) & (now.events["known"] <= now.known)]
    refused = (fresh["kind"] == now.ledger.rule.id) & fresh["event"].isin(now.ledger.exceptions["event"])
    late = fresh["remarks"].str.split().map(lambda ids: "late" in ids).astype(bool)
    marked = (fresh["why"] != "") | late | refused
    return int(marked.sum()), len(fresh)


def _of_people(now: BriefSources) -> pd.DataFrame:
    """Each person's duties in the period in which the day lies."""
    current = {duty.id: shown_period(duty, now.sources).name for duty in now.sources.programme.duties}
    rows = now.duties[now.duties["each"].isin(["person", "slot"]) & (now.duties["who"] != "") & (now.duties["required"] > 0)]
    return rows[rows["period"] == rows["duty"].map(current)]


def _is_behind(rows: pd.DataFrame) -> "pd.Series[bool]":
    return rows["state"].isin(["behind", "missed"])


def _coverage(now: BriefSources) -> pd.DataFrame:
    """Village by village: households that live there on the day, and those of them visited since the year began."""
    visits = now.events[now.events["kind"] == "visit"]
    sources = CoverageSources(now.sources.registers.table("households"), visits, shown_year_begins(now), now.on)
    return coverage_on(sources)[["village", "households", "visited", "twice"]]


def shown_year_begins(now: BriefSources) -> int:
    """The first day of the programme in the year of the day."""
    (year,) = duty_periods(DutyRule(per=Period("year")), now.sources.programme, now.sources.year)
    return year.begins


def _parts(now: BriefSources) -> dict[str, pd.DataFrame]:
    table = public_table(now.ledger)
    open_now = table[table["state"].isin(now.ledger.rule.open_states)]
    late = open_now[open_now["overdue_days"] > 0].sort_values(["overdue_days", "number"], ascending=[False, True])
    offices = table[table["waiting_too_long"]].groupby("waiting_for", sort=True)
    fresh = table[~table["matter"].isin(public_table(now.before)["matter"])]
    people = _of_people(now)
    behind = people[_is_behind(people)].sort_values(["who", "duty"])
    return {
        "offices": offices.agg(matters=("matter", "size"), longest=("waiting_days", "max")).reset_index(),
        "overdue": late[["number", "village", "title", "responsible", "tier", "overdue_days"]].reset_index(drop=True),
        "nobody": open_now.loc[open_now["responsible"] == "", ["number", "village", "title"]].reset_index(drop=True),
        "new": fresh[["number", "village", "class", "title"]].reset_index(drop=True),
        "duties": _by_duty(now),
        "people_behind": behind[["who", "duty", "done", "required", "expected_by_now"]].reset_index(drop=True),
        "coverage": _coverage(now),
        "festivals": _festivals(now),
        "help": now.helps,
        "states": table.groupby("state").size().rename("matters").reset_index(),
        "rates": public_rates(now.ledger),
    }


def _by_duty(now: BriefSources) -> pd.DataFrame:
    """How many owe each duty in its present period, and how it stands with them."""
    current = {duty.id: shown_period(duty, now.sources).name for duty in now.sources.programme.duties}
    rows = now.duties[now.duties["period"] == now.duties["duty"].map(current)]
    owed = rows[~rows["state"].isin(["not owed", "not yet"])]
    groups = owed.groupby("duty", sort=False)["state"]
    return groups.agg(
        owed="size",
        met=lambda states: int((states == "met").sum()),
        behind=lambda states: int(states.isin(["behind", "missed"]).sum()),
        over=lambda states: int((states == "over").sum()),
    ).reset_index()


def _festivals(now: BriefSources) -> pd.DataFrame:
    """Each festival whose window has begun: households it is owed to, and those visited in it."""
    festive = {duty.id for duty in now.sources.programme.duties if duty.per.word == "festival"}
    rows = now.duties[now.duties["duty"].isin(festive) & ~now.duties["state"].isin(["not owed", "not yet"])]
    grouped = rows.groupby("period", sort=False)
    return grouped.agg(owed=("who", "size"), visited=("state", lambda states: int((states == "met").sum()))).reset_index()


def _must_add_up(brief: TownBrief, now: BriefSources) -> None:
    """Entered before and since make all; the states make all; what is overdue, new or behind is in its table."""
    total = int(brief.figure("raised")["base"])
    wrong = {
        "raised": len(public_table(now.before)) + int(brief.figure("raised")["numerator"]) != total,
        "states": int(brief.parts["states"]["matters"].sum()) != total,
        "overdue": len(brief.parts["overdue"]) != int(brief.figure("overdue")["numerator"]),
        "new": len(brief.parts["new"]) != int(brief.figure("raised")["numerator"]),
        "offices": int(brief.parts["offices"]["matters"].sum()) != int(brief.figure("waiting_too_long")["numerator"]),
    }
    if any(wrong.values()):
        raise CampaignError(DOES_NOT_ADD_UP.filled(what=", ".join(name for name, is_wrong in wrong.items() if is_wrong)))
