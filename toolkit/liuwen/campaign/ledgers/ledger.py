"""The ledger on a day, as it was known on a day: a pure function of programme, registers and events."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from liuwen.campaign.calendars import WorkCalendar
from liuwen.campaign.days import as_dates
from liuwen.campaign.events import CountedEvents
from liuwen.campaign.ledgers.households import Households
from liuwen.campaign.ledgers.matter import Matter
from liuwen.campaign.ledgers.order import in_order
from liuwen.campaign.ledgers.preparation import given_steps, prepare_steps
from liuwen.campaign.ledgers.rates import rates_table
from liuwen.campaign.ledgers.steps import Fold, Folded
from liuwen.campaign.ledgers.table import TableView, applicants_table, matters_table, settled_table
from liuwen.campaign.posts import Posts
from liuwen.campaign.programmes.rules.states import reached_states
from liuwen.campaign.registers import Registers
from liuwen.campaign.schema import LedgerRule
from liuwen.errors import CampaignError
from liuwen.messages import Sentence

DOES_NOT_ADD_UP = Sentence(
    zh="台账对不上：{sum}。这是程序的错误，请把数据和方案一起报给我们。",
    en="The ledger does not add up: {sum}. This is an error of liuwen's; report it with the programme and the data.",
)
STEP_COLUMNS = ("matter", "event", "step", "on", "known", "day", "by", "entered_by", "why", "state", "late", "note")


@dataclass(frozen=True)
class TownLedger:
    """A ledger on one day, as known on another. Its tables are computed when they are first used and never change.

    Attributes:
        rule: The rule of the ledger.
        on: The day, as a number.
        known: Only what had been received by this day was used; None for everything.
        folded: The matters after all steps.
        numbers: Matter → its number on published lists.
    """

    rule: LedgerRule
    on: int
    known: int | None
    steps: pd.DataFrame = field(repr=False)
    """Every counted step that takes effect by `on`, in order: `STEP_COLUMNS`, `voided`; `why` is "" where it was taken."""
    folded: Folded = field(repr=False)
    numbers: Mapping[str, str] = field(repr=False)
    reconciliation: Mapping[str, int] = field(repr=False)
    """`raised` and one figure a state; `given`, `taken`, `exceptions`, `voided` and `not_yet` of the steps."""
    _posts: Posts = field(repr=False)
    _calendar: WorkCalendar = field(repr=False)

    @property
    def matters(self) -> list[Matter]:
        """Every matter, settled ones too."""
        return list(self.folded.matters.values())

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row a matter, with the columns of `liuwen.campaign.columns.LEDGER_COLUMNS` and `days_TIER`, by day of raising."""
        return matters_table(self.matters, TableView(self.rule, self._posts, self._calendar, self.on, self.numbers))

    @cached_property
    def settled(self) -> pd.DataFrame:
        """What was settled on the spot: `matter, village, class, title, on, by, note`."""
        return settled_table(self.matters)

    @cached_property
    def applicants(self) -> pd.DataFrame:
        """The applicants, for those who handle their matters alone: `matter, number, village, applicant, answered, satisfied`."""
        return applicants_table(self.matters, self.numbers)

    @cached_property
    def exceptions(self) -> pd.DataFrame:
        """The steps that changed nothing, each with the id of its reason: `STEP_COLUMNS`."""
        return _shown(self.steps[(self.steps["why"] != "") & ~self.steps["voided"]])

    @cached_property
    def rates(self) -> pd.DataFrame:
        """`rate, numerator, base, share, low, high` for answered, solved, explained and satisfied."""
        return rates_table(self.matters, self.rule)

    def history(self, matter: str) -> pd.DataFrame:
        """Every step of a matter with its effect; a voided step has the reason `voided`.

        Args:
            matter: The ID or number of the matter.

        Returns:
            One row per step.
        """
        return _shown(self.steps[self.steps["matter"] == self.id_of(matter)])

    def id_of(self, matter: str) -> str:
        """Find the ID of a matter.

        Args:
            matter: The ID or number of the matter.

        Returns:
            The ID; the argument itself if there is no such matter.
        """
        return find_matter(matter, self.folded.matters, self.numbers)

    def __len__(self) -> int:
        return len(self.table)

    def _repr_html_(self) -> str:
        return str(self.table.to_html())


def fold_ledger(
    rule: LedgerRule,
    registers: Registers,
    events: CountedEvents,
    *,
    calendar: WorkCalendar,
    on: int,
    known: int | None,
    numbers: Mapping[str, str] | None = None,
) -> TownLedger:
    """Fold the steps of one ledger; `registers` and `events` are those known on `known`."""
    posts = Posts(registers, rule.successor_ranks)
    prepared = prepare_steps(events, rule, posts).frame
    due = prepared[prepared["day"] <= on]
    ordered = in_order(due, rule)
    live = ordered[~ordered["voided"]]
    fold = Fold(rule, posts, calendar, Households(registers, on))
    folded = fold.run(given_steps(live, rule), on)
    steps = _with_outcomes(ordered, folded)
    sums = _reconciled(steps, folded, rule, not_yet=len(prepared) - len(due))
    return TownLedger(rule, on, known, steps, folded, numbers or {}, sums, posts, calendar)


def find_matter(said: str, ids: Collection[str], numbers: Mapping[str, str]) -> str:
    """The ID of a matter from its ID, number or first six characters of its ID; `said` itself if there is no such matter."""
    if said in ids:
        return said
    found = [id for id, number in numbers.items() if number == said]
    found += [id for id in ids if id[:6] == said]
    return found[0] if len(found) == 1 or (found and numbers.get(found[0]) == said) else said


def _with_outcomes(ordered: pd.DataFrame, folded: Folded) -> pd.DataFrame:
    steps = ordered.assign(note=ordered["note"].where(ordered["note"] != "", ordered["reason"]))
    live = ~steps["voided"].to_numpy(dtype=bool)
    why = np.full(len(steps), "voided", dtype=object)
    states = np.full(len(steps), "", dtype=object)
    why[live], states[live] = folded.why, folded.states
    return steps.assign(why=why, state=states)


def _shown(steps: pd.DataFrame) -> pd.DataFrame:
    table = steps[list(STEP_COLUMNS)].reset_index(drop=True)
    return table.assign(**{name: as_dates(table[name].to_numpy(dtype=np.int64)) for name in ("on", "known", "day")})


def _reconciled(steps: pd.DataFrame, folded: Folded, rule: LedgerRule, *, not_yet: int) -> dict[str, int]:
    """The sums of the ledger; a `CampaignError` where they do not add up, which is never the data's fault."""
    states = Counter(matter.state for matter in folded.matters.values() if matter.entered)
    sums = {"raised": folded.raised}
    possible = [state for state in sorted(reached_states(rule)) if state != "settled"]
    sums |= {state: states.get(state, 0) for state in possible}
    taken = int((steps["why"] == "").sum())
    voided = int(steps["voided"].sum())
    exceptions = int((steps["why"] != "").sum()) - voided
    sums |= {"given": len(steps) + not_yet, "taken": taken, "exceptions": exceptions, "voided": voided, "not_yet": not_yet}
    in_states = sum(sums[state] for state in possible)
    if sums["raised"] != in_states or sums["given"] != taken + exceptions + voided + not_yet:
        raise CampaignError(DOES_NOT_ADD_UP.filled(sum=sums))
    return sums
