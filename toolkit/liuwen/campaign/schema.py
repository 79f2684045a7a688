"""What a programme file may hold: one frozen dataclass a table, its fields named as the keys of the TOML.

A field whose key is a word of Python ends in an underscore (`from_` is the key `from`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from liuwen.messages import Sentence

Lists = Mapping[str, tuple[str, ...]]
"""A question and the values of it that count, or that a step asks for."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number for everybody (`every`), or one a rank (`by_rank`)."""

    every: Decimal | None = None
    by_rank: Mapping[str, Decimal] = field(default_factory=dict)

    def of(self, rank: str) -> Decimal | None:
        """The amount this rank owes; None if it owes nothing."""
        return self.by_rank.get(rank, self.every)


@dataclass(frozen=True, slots=True)
class Period:
    """What a bound holds for: a word (`year`, `month`, `programme`, `festival`) or any `days` days running."""

    word: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class NamedRule:
    """Something with an id and a name in both languages."""

    id: str = ""
    zh: str = ""
    en: str = ""

    @property
    def name(self) -> Sentence:
        """Its name in both languages."""
        return Sentence(zh=self.zh or self.id, en=self.en or self.id)


@dataclass(frozen=True, slots=True)
class RankRule:
    """`[ranks]`: one kind of post."""

    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class GroupRule:
    """`[groups]`: households to reach on purpose; `stored = false` is a reminder and never kept."""

    zh: str = ""
    en: str = ""
    stored: bool = True


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """`[calendar] month_end`: the day on which the month's list is made."""

    day: int = 30


LUNAR_DAYS: Mapping[tuple[int, ...], str] = {(1, 1): "spring", (5, 5): "dragon_boat", (8, 15): "mid_autumn"}
"""The lunar days that have a table of dates, each with its column there."""


@dataclass(frozen=True, slots=True)
class FestivalRule:
    """`[calendar.festivals]`: a day of the lunar calendar, and the window round it."""

    zh: str = ""
    en: str = ""
    lunar: tuple[int, ...] = ()
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class VillageDay:
    """`[calendar] village_day`: the day of the month on which the village assembly meets."""

    day: int = 5
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class TownMeeting:
    """`[calendar] town_meeting`: the week of the month and the weekday."""

    week: int = 1
    weekday: str = "monday"
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class CalendarRule:
    """`[calendar]`: which days are working days, when the list is made, where a deadline rolls to."""

    workdays: Literal["CN", "monday_to_friday"] = "monday_to_friday"
    timezone: str = "Asia/Shanghai"
    deadline_rolls: Literal["next_workday", "no"] = "no"
    month_end: MonthEnd = field(default_factory=MonthEnd)
    festivals: Mapping[str, FestivalRule] = field(default_factory=dict)
    village_day: VillageDay | None = None
    town_meeting: TownMeeting | None = None


@dataclass(frozen=True, slots=True)
class EventRule:
    """`[events.KIND]`: which form gives an event, and which question is which part.

    With `open_end` an event without `to` lasts until an end is given; else it is of one day. `other_forms` give the same event,
    with questions of the same names.
    """

    form: str = ""
    other_forms: tuple[str, ...] = ()
    table: str = ""
    where: Lists = field(default_factory=dict)
    counts: Lists = field(default_factory=dict)
    on: str = ""
    from_: str = ""
    to: str = ""
    open_end: bool = False
    by: str = ""
    household: str = ""
    subject: str = ""
    village: str = ""
    unit: str = ""
    kind: str = ""
    channel: str = ""
    callers: str = ""
    companions: str = ""
    card: str = ""
    meals: str = ""
    money: str = ""


@dataclass(frozen=True, slots=True)
class PhaseRule(NamedRule):
    """`[[phases]]`: a stretch of the programme."""

    from_: str = ""
    to: str = ""


Measure = Literal["visits", "households", "events", "occasions", "days", "people", "share", "sum"]
Each = Literal["person", "village", "unit", "household", "pair", "slot", "town", "county", ""]


@dataclass(frozen=True, slots=True)
class DutyRule(NamedRule):
    """`[[duties]]`: a quota, or with `at_most` an upper bound."""

    each: Each = "person"
    rank: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    pairing: str = ""
    roster: str = ""
    event: str = ""
    where: Lists = field(default_factory=dict)
    counts: Lists | None = None
    at: Literal["", "paired_village"] = ""
    measure: Measure = "events"
    of: str = ""
    at_least: Amount | None = None
    at_most: Amount | None = None
    per: Period = field(default_factory=lambda: Period("programme"))
    until: str = ""
    prorate: Literal["days", "none"] = "days"
    round: Literal["up", "nearest"] = "up"
    from_days: int = 0
    at_least_one_from_days: int = 0


@dataclass(frozen=True, slots=True)
class ClassRule(NamedRule):
    """`classes` of a ledger: what a matter is about; a confidential one never leaves its receiver's desk."""

    confidential: bool = False
    receiver: str = ""
    number: Literal["", "own_series"] = ""


@dataclass(frozen=True, slots=True)
class TierRule(NamedRule):
    """`tiers` of a ledger: who answers there, and how many days it has."""

    days: int = 0
    workdays: bool = False
    office: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Delay:
    """A number of days, or of working days."""

    days: int = 0
    workdays: bool = False


@dataclass(frozen=True, slots=True)
class StepRule(NamedRule):
    """`[[ledgers.steps]]`: from any of these states to that one, by one of these people, with these things said."""

    from_: tuple[str, ...] = ()
    to: str = ""
    by: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    where: Lists = field(default_factory=dict)
    enters: bool = True
    tier: Literal["", "+1"] = ""
    refuses: bool = False
    ends: bool = False
    restarts: bool = False
    moves_deadline: bool = False
    times: int = 0
    before_deadline: bool = False
    closes: tuple[str, ...] = ()
    refers: bool = False
    undoes: bool = False

    @property
    def bears(self) -> bool:
        """Whether a matter begins with this step: it comes from no state."""
        return not self.from_


@dataclass(frozen=True, slots=True)
class CaseMeeting:
    """`case_meeting` of a ledger: which classes wait for it, and the event that it is."""

    decides: tuple[str, ...] = ()
    event: str = ""


@dataclass(frozen=True, slots=True)
class Backlog:
    """`backlog` of a ledger: a cohort of old matters, and how soon it is to be cleared."""

    raised_before: str = ""
    cleared_within: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LedgerRule(NamedRule):
    """`[[ledgers]]`: the steps by which a matter lives."""

    sorted: Literal["", "month_end"] = ""
    open_states: tuple[str, ...] = ()
    waiting_state: str = ""
    ends: tuple[str, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)
    answer_application: Delay | None = None
    late_after_days: int = 7
    never_moved: tuple[str, ...] = ()
    desk: tuple[str, ...] = ()
    successor_ranks: tuple[str, ...] = ()
    classes: tuple[ClassRule, ...] = ()
    tiers: tuple[TierRule, ...] = ()
    steps: tuple[StepRule, ...] = ()
    case_meeting: CaseMeeting | None = None
    backlog: Backlog | None = None


@dataclass(frozen=True, slots=True)
class TakesRule:
    """`takes` of a pairing: how many of which kind."""

    rank: str = ""
    kind: Literal["party_member", "resident", "household", "enterprise", "project", ""] = ""
    zh: str = ""
    one: str = ""
    exactly: int | None = None
    at_least_n: int | None = None
    at_least: Mapping[str, int] = field(default_factory=dict)
    all: Mapping[str, bool] = field(default_factory=dict)
    how: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PairingRule(NamedRule):
    """`[[pairings]]`: who takes whom."""

    rank: tuple[str, ...] = ()
    takes: tuple[TakesRule, ...] = ()
    within: str = ""
    exclusive: bool = False
    keep_until: str = ""


Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


@dataclass(frozen=True, slots=True)
class SlotRule:
    """`slots` of a roster: on these weekdays, in these weeks, somebody of this rank."""

    weekdays: tuple[Weekday, ...] = ()
    weeks: Literal["", "odd_of_month", "even_of_month", "odd_iso", "even_iso"] = ""
    rank: str = ""


@dataclass(frozen=True, slots=True)
class RosterRule(NamedRule):
    """`[[rosters]]`: the days of reception."""

    place: str = ""
    slots: tuple[SlotRule, ...] = ()
    published_days_before: int = 0
    on_holiday: Literal["skip", "next_workday"] = "skip"


@dataclass(frozen=True, slots=True)
class BoardRule(NamedRule):
    """`[[boards]]`: a table made safe to publish."""

    of: str = ""
    each: Each = "village"
    per: Literal["month", ""] = "month"
    rows: Literal["", "open_and_struck_off"] = ""
    columns: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    counts_only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemRule(NamedRule):
    """An item of an appraisal's part, or what is shown beside it, or a gate: its one source is `from`."""

    from_: str = ""
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PartRule(NamedRule):
    """A part of an appraisal, with its weight."""

    weight: Decimal | None = None
    from_: str = ""
    items: tuple[ItemRule, ...] = ()


@dataclass(frozen=True, slots=True)
class AppraisalRule(NamedRule):
    """`[[appraisals]]`: parts with weights that sum to 1."""

    each: Each = "person"
    parts: tuple[PartRule, ...] = ()
    missing: Literal["no_score"] = "no_score"
    gates: tuple[ItemRule, ...] = ()
    beside: tuple[ItemRule, ...] = ()
    ranked: bool = False
    sample: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class SignalRule:
    """`[[signals]]`: a question to ask, with its bounds."""

    id: str = ""
    more_than: Decimal | None = None
    below_share_of_expected: Decimal | None = None
    same_answers_at_least: Decimal | None = None
    last_days: int | None = None
    share_at_least: Decimal | None = None
    sample_share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PrintRule(NamedRule):
    """`[[prints]]`: a page to print."""

    of: str = ""
    each: Each = ""
    columns: tuple[str, ...] = ()
    qr: str = ""


@dataclass(frozen=True, slots=True)
class BriefRule:
    """`[[brief]]`: a section of the monthly brief."""

    section: str = ""


@dataclass(frozen=True, slots=True)
class BurdenRule:
    """`[burden]`: how soon the same question may be asked again."""

    same_question_again_after_days: int | None = None


@dataclass(frozen=True, slots=True)
class SixNoesRule:
    """`[six_noes]`: what a visit must not do, and where it is seen."""

    zh: str = ""
    en: str = ""
    from_: str = ""


@dataclass(frozen=True, slots=True)
class Programme(NamedRule):
    """A programme: registers, events and rules, joined from its file and those that it extends."""

    format: int = 2
    extends: tuple[str, ...] = ()
    begins: str = "01-01"
    ends: str = "12-31"
    assumed: tuple[str, ...] = ()
    calendar: CalendarRule = field(default_factory=CalendarRule)
    ranks: Mapping[str, RankRule] = field(default_factory=dict)
    groups: Mapping[str, GroupRule] = field(default_factory=dict)
    events: Mapping[str, EventRule] = field(default_factory=dict)
    burden: BurdenRule | None = None
    six_noes: Mapping[str, SixNoesRule] = field(default_factory=dict)
    phases: tuple[PhaseRule, ...] = ()
    duties: tuple[DutyRule, ...] = ()
    ledgers: tuple[LedgerRule, ...] = ()
    pairings: tuple[PairingRule, ...] = ()
    rosters: tuple[RosterRule, ...] = ()
    boards: tuple[BoardRule, ...] = ()
    appraisals: tuple[AppraisalRule, ...] = ()
    signals: tuple[SignalRule, ...] = ()
    prints: tuple[PrintRule, ...] = ()
    brief: tuple[BriefRule, ...] = ()

    def ledger(self, id: str) -> LedgerRule | None:
        """The ledger of that id."""
        return next((ledger for ledger in self.ledgers if ledger.id == id), None)
