"""What a campaign knows: its programme, registers and events, as known on a day, and what is wrong with them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

import pandas as pd

from liuwen.campaign.boards import villages_within
from liuwen.campaign.calendars import WorkCalendar
from liuwen.campaign.campaign_events import CampaignEvents
from liuwen.campaign.days import as_day, number_of
from liuwen.campaign.event_frames import EventFrame, read_events
from liuwen.campaign.events import CountedEvents, count_events
from liuwen.campaign.faults import CampaignFault, CampaignReport, suggestion
from liuwen.campaign.ledgers.ledger import TownLedger
from liuwen.campaign.ledgers.numbering import PreparedNumbering
from liuwen.campaign.ledgers.numbers import PublishedList
from liuwen.campaign.programmes import ReadProgramme
from liuwen.campaign.register_checks import register_faults
from liuwen.campaign.registers import Registers
from liuwen.campaign.schema import LedgerRule, Programme
from liuwen.errors import CampaignError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.store import Store

Day = str | date | datetime | pd.Timestamp

NO_DAY = Sentence(zh="“{day}”不是日子。请写成 2026-04-30 这样。", en='"{day}" is not a day. Write it as 2026-04-30.')
NO_LEDGER = Sentence(zh="方案里没有台账“{id}”。{suggestion}", en='The programme has no ledger "{id}". {suggestion}')
UNKNOWN_KIND = Sentence(
    zh="方案里没有“{kind}”这种事件或台账，{count} 行没有用上。{suggestion}",
    en='The programme has no event or ledger "{kind}"; its rows were not used: {count}. {suggestion}',
)


class CampaignRecords:
    """The programme, registers and events of a campaign; its other tables are computed from them.

    `on` is the day to look at (today where none is given), `known` the day up to which what had been received was used (all
    that has been received where none is given).
    """

    def __init__(
        self,
        read: ReadProgramme,
        registers: Registers,
        events: Mapping[str, EventFrame],
        *,
        year: int | None = None,
        published: Sequence[PublishedList] | None = None,
        store: "Store | None" = None,
    ) -> None:
        self._read = read
        self._registers = registers
        self._events = events
        self._folds: dict[tuple[str, int, int | None, tuple[PublishedList, ...]], TownLedger] = {}
        self._numbers: dict[tuple[str, tuple[PublishedList, ...]], Mapping[str, str]] = {}
        self._numbering: dict[str, EventFrame] = {}
        self._prepared: dict[str, PreparedNumbering | None] = {}
        self._counted: dict[tuple[str, int | None], CountedEvents] = {}
        self.year = year
        self.published = None if published is None else tuple(published)
        self.store = store

    @property
    def programme(self) -> Programme:
        """The programme's rules."""
        return self._read.programme

    @property
    def ledgers(self) -> tuple[str, ...]:
        """The ids of the programme's ledgers."""
        return tuple(ledger.id for ledger in self.programme.ledgers)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """Working days, month ends and rolls of the programme."""
        return WorkCalendar(self.programme.calendar)

    @cached_property
    def synthetic(self) -> bool:
        """Whether some event says that it was made up; every page then says so."""
        return any("synthetic" in one.frame and bool((one.frame["synthetic"] != "").any()) for one in self._events.values())

    def check(self) -> CampaignReport:
        """Everything wrong with the programme and the registers, at once, each fault with its place.

        Returns:
            A report: `.ok`, `.findings` (a row a fault: severity, path, file, line, message), `.all`, and text in both languages.
        """
        faults = [*self._read.faults, *register_faults(self._registers, self.programme), *self._unknown_kinds()]
        return CampaignReport(self._read.name, tuple(faults))

    def registers(self, known: Day | None = None) -> Registers:
        """The registers as they were known on a day.

        Args:
            known: The day; by default everything is used.

        Returns:
            The registers.
        """
        return self._registers.known_on(self._day(known) if known is not None else None)

    def events(self, known: Day | None = None) -> "CampaignEvents":
        """All events as known on a day.

        Args:
            known: The day; by default everything is used.

        Returns:
            An object whose `.table` has one row per event (`kind, event, on, to, known, by, sent_by, entered_by, village,
            household, why, remarks`); `.not_counted` are the rows with a reason in `why`, `.remarks` those that count but
            should be looked at, `.kind("visit")` one kind with all its columns.
        """
        at = self._day(known) if known is not None else None
        return CampaignEvents([self._count(kind, at) for kind in self._kinds()])

    def with_events(self, **events: "pd.DataFrame | Sequence[pd.DataFrame]") -> Self:
        """The same campaign with other events.

        Args:
            **events: Kind → events, such as `matters=incoming.events`.

        Returns:
            A new campaign.
        """
        read = {kind: read_kind(kind, frames, self.programme, self._zone) for kind, frames in events.items()}
        lists, kinds = self.published, dict(self._events) | read
        return type(self)(self._read, self._registers, kinds, year=self.year, published=lists, store=self.store)

    def with_more(self, kind: str, events: pd.DataFrame) -> Self:
        """The same campaign with more events of a kind.

        Args:
            kind: The kind, such as "matters".
            events: The events.

        Returns:
            A new campaign.
        """
        more = read_kind(kind, events, self.programme, self._zone)
        held = self._events.get(kind)
        kinds = {**self._events, kind: more if held is None else held.joined(more)}
        made = type(self)(self._read, self._registers, kinds, year=self.year, published=self.published, store=self.store)
        made._keep_of(self, more)
        return made

    def _keep_of(self, earlier: Self, more: EventFrame) -> None:
        """Keep what was computed as known before any of these events was received: they cannot change it."""
        if (more.frame["bad"] != "").any() or more.frame.empty:
            return
        first = int(more.frame["known"].min())
        self._counted = {key: one for key, one in earlier._counted.items() if key[1] is not None and key[1] < first}
        self._folds = {key: one for key, one in earlier._folds.items() if key[2] is not None and key[2] < first}
        self._numbers = {key: one for key, one in earlier._numbers.items() if key[1][-1].known < first}

    def rows(self, kind: str) -> pd.DataFrame:
        """Every event of a kind as it was given, whenever it was received.

        Args:
            kind: The kind, such as "matters".

        Returns:
            One row per event; days are numbers.
        """
        held = self._events.get(kind)
        return pd.DataFrame() if held is None else held.frame

    def with_rows(self, kind: str, kept: "pd.Series[bool]") -> Self:
        """The same campaign with some events of a kind.

        Args:
            kind: The kind, such as "matters".
            kept: Which of its `rows` to keep.

        Returns:
            A new campaign.
        """
        kinds = {**self._events, kind: replace(self._events[kind], frame=self._events[kind].frame[kept])}
        return type(self)(self._read, self._registers, kinds, year=self.year, published=self.published, store=self.store)

    def with_published(self, lists: Sequence[PublishedList] | None) -> Self:
        """The same campaign with other published lists, which number the matters.

        Args:
            lists: The lists; None if nothing was published.

        Returns:
            A new campaign.
        """
        kinds = self._events
        return type(self)(self._read, self._registers, kinds, year=self.year, published=lists, store=self.store)

    @property
    def today(self) -> int:
        """Today in the programme's zone, as the number of the day."""
        return number_of(datetime.now(self._zone).date())

    def number(self, day: Day | None = None) -> int:
        """The number of a day in the programme's zone.

        Args:
            day: The day; by default today.

        Returns:
            Days since 1 January 1970.

        Raises:
            CampaignError: If it is not a day.
        """
        return self.today if day is None else self._day(day)

    def _kinds(self) -> list[str]:
        return [*self.ledgers, *(kind for kind in self.programme.events if kind in self._events)]

    def _count(self, kind: str, known: int | None) -> CountedEvents:
        if (kind, known) not in self._counted:
            frame = self._events.get(kind) or self._none_of(kind)
            counted = count_events(frame, self.programme, self._registers.known_on(known), known)
            self._counted[kind, known] = self._looked_at(counted, known)
        return self._counted[kind, known]

    def _none_of(self, kind: str) -> EventFrame:
        return read_events(kind, [], self.programme.events.get(kind), self._zone)

    def _looked_at(self, counted: CountedEvents, known: int | None) -> CountedEvents:
        """The events with the remarks that other rules of the programme add."""
        return counted

    def _unknown_kinds(self) -> list[CampaignFault]:
        known = (*self.ledgers, *self.programme.events)
        return [
            CampaignFault(
                UNKNOWN_KIND.filled(kind=kind, count=len(frame.frame), suggestion=suggestion(kind, known)), ("events", kind)
            )
            for kind, frame in self._events.items()
            if kind not in known
        ]

    def _ledger_rule(self, id: str) -> LedgerRule:
        rule = self.programme.ledger(id or (self.ledgers[0] if self.ledgers else ""))
        if rule is None:
            raise CampaignError(NO_LEDGER.filled(id=id, suggestion=suggestion(id, self.ledgers)))
        return rule

    def _villages_of(self, place: str) -> frozenset[str]:
        rows = self._registers.table("places")
        return villages_within(place, zip(rows["place"], rows["within"], strict=True))

    def _labels(self, register: str, key: str) -> dict[str, str]:
        rows = self._registers.table(register)
        return {code: label for code, label in zip(rows[key], rows["label"], strict=True) if label}

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.programme.calendar.timezone)

    def _day(self, day: Day) -> int:
        try:
            return as_day(day, self._zone)
        except ValueError:
            raise CampaignError(NO_DAY.filled(day=day)) from None


def read_kind(kind: str, given: "pd.DataFrame | Sequence[pd.DataFrame]", programme: Programme, zone: ZoneInfo) -> EventFrame:
    """The events of one kind, from one frame or several."""
    frames = [given] if isinstance(given, pd.DataFrame) else list(given)
    return read_events(kind, frames, programme.events.get(kind), zone)
