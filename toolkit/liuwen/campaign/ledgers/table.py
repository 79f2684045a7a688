"""The tables of a ledger: its matters, what was settled on the spot, the steps not taken, the applicants."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from liuwen.campaign.calendars import WorkCalendar
from liuwen.campaign.columns import LEDGER_COLUMNS
from liuwen.campaign.days import NO_DAY, as_dates
from liuwen.campaign.ledgers.matter import Matter, promise_kept
from liuwen.campaign.posts import Posts
from liuwen.campaign.schema import LedgerRule

_DAYS = ("raised", "deadline", "first_deadline", "ended", "closed")
_WHOLE = ("applicants", "round", "overdue_days", "waiting_days", "refusals", "exceptions", "late")


def matters_table(matters: list[Matter], view: "TableView") -> pd.DataFrame:
    """A row a matter that entered the ledger, with the columns of `LEDGER_COLUMNS` and `days_TIER`, by number."""
    entered = [matter for matter in matters if matter.entered]
    columns: dict[str, Any] = {name: list(map(view.column(name), entered)) for name in LEDGER_COLUMNS}
    for at, tier in enumerate(view.rule.tiers):
        columns[f"days_{tier.id}"] = [matter.days_at[at] + _running(matter, at, view.on) for matter in entered]
    table = pd.DataFrame(columns)
    for name in _DAYS:
        table[name] = as_dates([NO_DAY if day is None else day for day in columns[name]])
    for name in (*_WHOLE, *(f"days_{tier.id}" for tier in view.rule.tiers)):
        table[name] = table[name].astype(np.int64)
    for name in ("waiting_too_long", "provisional"):
        table[name] = table[name].astype(bool)
    for name in set(LEDGER_COLUMNS) - {*_DAYS, *_WHOLE, "waiting_too_long", "provisional"}:
        table[name] = table[name].astype(object)
    return table.sort_values(["raised", "number", "matter"], kind="stable").reset_index(drop=True)


def settled_table(matters: list[Matter]) -> pd.DataFrame:
    """A row a matter settled on the spot, which is recorded and no row of the ledger."""
    columns = ["matter", "village", "class", "title", "on", "by", "note"]
    rows = [
        (one.id, one.village, one.topic, one.title, one.raised, one.first_visitor, one.last_note)
        for one in matters
        if not one.entered
    ]
    table = pd.DataFrame(rows, columns=columns).sort_values(["on", "matter"]).reset_index(drop=True)
    table["on"] = as_dates(table["on"].to_numpy(dtype=np.int64))
    return table


def applicants_table(matters: list[Matter], numbers: Mapping[str, str]) -> pd.DataFrame:
    """`matter, number, village, applicant, answered, satisfied`, a row an applicant; for those who handle it alone."""
    columns = ["matter", "number", "village", "applicant", "answered", "satisfied"]
    rows = [
        (one.id, numbers.get(one.id, one.id[:6]), one.village, who, who in one.answered, one.answered.get(who, ""))
        for one in matters
        for who in one.applicants
        if one.entered and not one.joined_to
    ]
    return pd.DataFrame(rows, columns=columns).sort_values(["matter", "applicant"]).reset_index(drop=True)


@dataclass(frozen=True)
class TableView:
    """What each column says of a matter, on a day."""

    rule: LedgerRule
    posts: Posts
    calendar: WorkCalendar
    on: int
    numbers: Mapping[str, str]

    def column(self, name: str) -> Callable[[Matter], Any]:
        """The function that gives this column's cell: one of this class, or the matter's own value."""
        found: Callable[[Matter], Any] | None = getattr(self, f"_{name}", None)
        return found or (lambda matter: getattr(matter, name))

    def _matter(self, matter: Matter) -> str:
        return matter.id

    def _number(self, matter: Matter) -> str:
        return self.numbers.get(matter.id, matter.id[:6])

    def _class(self, matter: Matter) -> str:
        return matter.topic

    def _applicants(self, matter: Matter) -> int:
        return len(matter.applicants) + matter.anonymous

    def _awaiting_answer(self, matter: Matter) -> str:
        return "" if matter.joined_to or matter.state == "withdrawn" else ", ".join(sorted(matter.awaiting))

    def _responsible(self, matter: Matter) -> str:
        return self.posts.responsible(matter.village, matter.first_visitor, self.on)

    def _tier(self, matter: Matter) -> str:
        return self.rule.tiers[matter.tier].id

    def _promise_kept(self, matter: Matter) -> str:
        return promise_kept(matter, self.on, self.rule)

    def _overdue_days(self, matter: Matter) -> int:
        late = self.on - matter.deadline if matter.deadline is not None else 0
        return max(late, 0) if matter.state in self.rule.open_states else 0

    def _waiting_for(self, matter: Matter) -> str:
        return self.rule.tiers[matter.tier + 1].id if matter.waiting_since is not None else ""

    def _waiting_days(self, matter: Matter) -> int:
        return self.on - matter.waiting_since if matter.waiting_since is not None else 0

    def _waiting_too_long(self, matter: Matter) -> bool:
        allowed = self.rule.answer_application
        if matter.waiting_since is None or allowed is None:
            return False
        return self.on > self.calendar.after(matter.waiting_since, allowed.days, workdays=allowed.workdays)

    def _provisional(self, matter: Matter) -> bool:
        return matter.deadline is not None and not self.calendar.announced(matter.deadline)


def _running(matter: Matter, tier: int, on: int) -> int:
    return on - matter.tier_since if matter.tier_since is not None and matter.tier == tier else 0
