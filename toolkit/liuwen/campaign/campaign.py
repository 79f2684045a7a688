"""A campaign: a programme with its registers and events, asked for its tables on a day, as known on a day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path as File
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd

from liuwen.campaign.boards import Board, board_of, villages_within
from liuwen.campaign.calendars import WorkCalendar, month_of
from liuwen.campaign.collected import collected_events, kept_registers
from liuwen.campaign.days import UNREADABLE, as_day, date_of, number_of
from liuwen.campaign.duties import duties_table
from liuwen.campaign.event_frames import EventFrame, read_events
from liuwen.campaign.events import CountedEvents, count_events, event_table
from liuwen.campaign.faults import CampaignFault, CampaignReport, suggestion
from liuwen.campaign.ledgers.duplicates import proposed_duplicates
from liuwen.campaign.ledgers.ledger import TownLedger, fold_ledger
from liuwen.campaign.ledgers.numbers import PublishedList, numbered
from liuwen.campaign.ledgers.telling import story_of
from liuwen.campaign.programmes import ReadProgramme, read_programme
from liuwen.campaign.register_checks import register_faults
from liuwen.campaign.registers import Registers, read_registers
from liuwen.campaign.schema import BoardRule, LedgerRule, Programme
from liuwen.errors import CampaignError
from liuwen.messages import Language, Sentence, language_in_force

if TYPE_CHECKING:
    from liuwen.campaign.incoming import IncomingLedger
    from liuwen.campaign.months.pages import PageWords
    from liuwen.campaign.months.run import MonthRun
    from liuwen.campaign.months.week_page import WeekSheet
    from liuwen.campaign.published import PublishedSheet
    from liuwen.campaign.screening import ListScreening
    from liuwen.store import Store

Day = str | date | datetime | pd.Timestamp
Frames = Mapping[str, pd.DataFrame | Sequence[pd.DataFrame]]

NO_DAY = Sentence(zh="“{day}”不是日子。请写成 2026-04-30 这样。", en='"{day}" is not a day. Write it as 2026-04-30.')
NO_MONTH = Sentence(zh="“{month}”不是月份。请写成 2026-04 这样。", en='"{month}" is not a month. Write it as 2026-04.')
NO_LEDGER = Sentence(zh="方案里没有台账“{id}”。{suggestion}", en='The programme has no ledger "{id}". {suggestion}')
NO_BOARD = Sentence(zh="方案里没有公开栏“{id}”。{suggestion}", en='The programme has no board "{id}". {suggestion}')
NOT_OF_A_LEDGER = Sentence(
    zh="公开栏“{id}”展示的是 {of}，现在只能生成台账的公开栏。",
    en='The board "{id}" is of {of}; only boards of a ledger can be made so far.',
)
NO_MATTER = Sentence(zh="台账里没有事项“{matter}”。请核对编号。", en='The ledger has no matter "{matter}". Check its number.')
UNKNOWN_KIND = Sentence(
    zh="方案里没有“{kind}”这种事件或台账，{count} 行没有用上。{suggestion}",
    en='The programme has no event or ledger "{kind}"; its rows were not used: {count}. {suggestion}',
)


class Campaign:
    """A programme with its registers and events; every table is a pure function of them and of two days.

    `on` is the day to look at (today where none is given), `known` the day up to which what had been received is used (all
    that has been received where none is given). Make one with `read_campaign`.
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

    def ledger(self, id: "str | Day" = "", on: Day | None = None, known: Day | None = None) -> TownLedger:
        """The ledger on a day, as known on a day.

        Args:
            id: The ledger's id; the programme's first where none is given. A day may stand here instead.
            on: The day to look at: what took effect by its end. Today where none is given.
            known: Only what had been received by the end of this day; all where none is given.

        Returns:
            A `TownLedger`: `.table`, `.settled`, `.exceptions`, `.applicants`, `.rates`, `.reconciliation`, `.history(matter)`.

        Raises:
            CampaignError: The programme has no such ledger, or a day is none.
        """
        if isinstance(id, date) or (isinstance(id, str) and id[:4].isdigit()):
            id, on = "", id
        rule = self._ledger_rule(str(id))
        at = self._day(on) if on is not None else self.today
        return self._folded(rule, at, self._day(known) if known is not None else None, self.published or ())

    def read_spreadsheet(
        self, source: object, *, as_of: Day | None = None, year: int | None = None, received: Day | None = None, id: str = ""
    ) -> "IncomingLedger":
        r"""Read today's spreadsheet, a row a matter or a row a step; see `liuwen.campaign.incoming.read_sheet` for the arguments.

        Returns:
            An `IncomingLedger`: print it, then `campaign.with_events(matters=incoming.events)`.

        >>> sheet = "编号,村,户,事项,登记日期,责任人,办理时限\n1,东村,H03,修水渠,2026年3月5日,王强,15天"
        >>> incoming = read_campaign("our_town").read_spreadsheet(sheet)
        >>> incoming.events[["matter", "step", "on", "village"]].astype(str).values.tolist()
        [['1', 'raise', '2026-03-05', '东村']]
        """
        from liuwen.campaign.incoming import read_sheet

        rule = self._ledger_rule(id)
        return read_sheet(source, self._registers, rule, self.calendar, as_of=as_of, year=year or self.year, received=received)

    def with_events(self, **events: "pd.DataFrame | Sequence[pd.DataFrame]") -> "Campaign":
        """The same campaign with other events of these kinds: `campaign.with_events(matters=incoming.events)`."""
        read = {kind: _read_kind(kind, frames, self.programme, self._zone) for kind, frames in events.items()}
        lists, kinds = self.published, dict(self._events) | read
        return Campaign(self._read, self._registers, kinds, year=self.year, published=lists, store=self.store)

    def rates(self, on: Day | None = None, known: Day | None = None, id: str = "") -> pd.DataFrame:
        """The rates of a ledger.

        Source of the interval: E. B. Wilson (1927), see `liuwen.analysis.wilson_interval`.

        Args:
            on: The day to look at; by default today.
            known: Only what had been received by the end of this day; by default everything.
            id: The ledger; by default the first of the programme.

        Returns:
            One row per rate: `rate, numerator, base, share, low, high` (95 %).
        """
        return self.ledger(id, on, known).rates

    def proposed_duplicates(self, on: Day | None = None, known: Day | None = None, id: str = "") -> pd.DataFrame:
        """Find matters that may be the same, for a person to decide; nothing is merged automatically.

        Args:
            on: The day to look at; by default today.
            known: Only what had been received by the end of this day; by default everything.
            id: The ledger; by default the first of the programme.

        Returns:
            One row per pair of matters.
        """
        return proposed_duplicates(self.ledger(id, on, known))

    def explain(self, matter: str, on: Day | None = None, known: Day | None = None, id: str = "") -> Sentence:
        """Tell the history of a matter in words: every step, its effect, and the state of the matter.

        Args:
            matter: The ID or number of the matter.
            on: The day to look at; by default today.
            known: Only what had been received by the end of this day; by default everything.
            id: The ledger; by default the first of the programme.

        Returns:
            The history in both languages.

        Raises:
            CampaignError: If the ledger has no such matter.
        """
        ledger = self.ledger(id, on, known)
        if ledger.id_of(matter) not in set(ledger.steps["matter"]):
            raise CampaignError(NO_MATTER.filled(matter=matter))
        return story_of(ledger, ledger.id_of(matter), self._labels("people", "person"))

    @cached_property
    def synthetic(self) -> bool:
        """Whether some event says that it was made up; every page then says so."""
        return any("synthetic" in one.frame and bool((one.frame["synthetic"] != "").any()) for one in self._events.values())

    def month(
        self,
        month: str,
        to: str | File,
        *,
        known: Day | None = None,
        language: Language | None = None,
        pdf: bool = True,
        id: str = "",
    ) -> "MonthRun":
        """Write everything that a month gives to people under `to/MONTH`; the same again where nothing changed.

        Args:
            month: The month of the list, as "2026-07".
            to: The folder.
            known: Only what had been received by the end of this day; the day of the list where none is given.
            language: In which language; the one in force where none is given.
            pdf: Whether to print PDFs too.
            id: The ledger's id; the programme's first where none is given.

        Returns:
            A `MonthRun`: `.files`, `.screening` (what a person must look at before publishing), `.summary`.

        Raises:
            CampaignError: There is no such month or ledger, or no font of this machine has Chinese.
        """
        from liuwen.campaign.months.run import run_month

        seen = None if known is None else self._day(known)
        return run_month(self, month, File(to), known=seen, language=language or language_in_force(), id=id, pdf=pdf)

    def screen(self, month: str, known: Day | None = None) -> "ListScreening":
        """What of a month's boards somebody must look at before they hang: `.table`, and the `.code` with which to publish."""
        from liuwen.campaign.months.making import month_pages
        from liuwen.campaign.months.screen import screen_month

        return screen_month(month_pages(self, month, None if known is None else self._day(known)))

    def publish(
        self,
        month: str,
        to: str | File,
        *,
        known: Day | None = None,
        looked_at: str = "",
        correction: str = "",
        published_on: Day | None = None,
        language: Language | None = None,
    ) -> "PublishedSheet":
        """Freeze a month's list: boards and the town's page as PDF, HTML, CSV and text, each with its SHA-256.

        Args:
            month: The month of the list, as "2026-07".
            to: The folder of what was published; `liuwen.campaign.read_published` reads it again.
            known: Only what had been received by the end of this day; the day of the list where none is given.
            looked_at: The code of `screen(month)`: it says that a person looked at what is marked there.
            correction: Why a published list is corrected; it then gets a numbered sheet that says what changed.
            published_on: The day of publication; today where none is given.
            language: In which language; the one in force where none is given.

        Returns:
            The `PublishedSheet`: `.folder`, `.files`, `.sheet` (0 the list, from 1 its corrections).

        Raises:
            CampaignError: Nobody looked at what is marked, the month was published already, or there is nothing to correct.
        """
        from liuwen.campaign.months.publishing import publish_month

        return publish_month(
            self,
            month,
            File(to),
            known=None if known is None else self._day(known),
            looked_at=looked_at,
            correction=correction,
            published_on=date_of(self.today if published_on is None else self._day(published_on)),
            language=language or language_in_force(),
        )

    def with_published(self, lists: Sequence[PublishedList] | None) -> "Campaign":
        """The same campaign with other published lists, which give the matters their numbers."""
        kinds = self._events
        return Campaign(self._read, self._registers, kinds, year=self.year, published=lists, store=self.store)

    def to_excel(self, path: str | File, month: str, *, known: Day | None = None, language: Language | None = None) -> File:
        """Write a month's ledger as a workbook in the layout of today's spreadsheet, and give its path back.

        Its sheet of steps, read again with `read_spreadsheet`, is the same ledger.
        """
        from liuwen.campaign.months.making import month_pages
        from liuwen.campaign.months.workbook import ledger_workbook

        pages = month_pages(self, month, None if known is None else self._day(known))
        target = File(path)
        target.write_bytes(ledger_workbook(pages, language or language_in_force()))
        return target

    def week(self, person: str, day: Day | None = None) -> "WeekSheet":
        """What a person must do in the week of a day: `.overdue`, `.due`, `.waits` (for their office), `.answers`, `.open`."""
        from liuwen.campaign.months.week_page import week_sheet
        from liuwen.campaign.posts import Posts

        at = self._day(day) if day is not None else self.today
        ledger = self.numbered_ledger(date_of(at), date_of(at))
        return week_sheet(person, ledger, Posts(self._registers.known_on(at), ledger.rule.successor_ranks))

    def numbered_ledger(self, on: Day | None = None, known: Day | None = None, id: str = "") -> TownLedger:
        """The ledger on a day with the numbers of all lists up to it, as a person reads them on a board."""
        at = self._day(on) if on is not None else self.today
        last = self._list_before(at + 1, self.published or (), "")
        seen = self._day(known) if known is not None else None
        return self._folded(self._ledger_rule(id), at, seen, self._lists(last.month, last.on, last.known))

    def page_words(self) -> "PageWords":
        """How pages call people, places, classes and tiers."""
        from liuwen.campaign.months.making import page_words

        return page_words(self.programme, self._ledger_rule(""), self._registers)

    def duties(self, on: Day | None = None, known: Day | None = None) -> pd.DataFrame:
        """What is due and what was done. So far only duties of a person that count visits or households are counted.

        Args:
            on: The day to look at; by default today.
            known: Only what had been received by the end of this day; by default everything.

        Returns:
            One row per duty and person: `duty, each, who, period, required, done, short, share, expected_by_now, state`.
        """
        at = self._day(on) if on is not None else self.today
        seen = self._day(known) if known is not None else None
        counted = {kind: self._count(kind, seen) for kind in self._kinds()}
        return duties_table(self.programme, self._registers.known_on(seen), counted, on=at, year=self.year or date_of(at).year)

    def board(
        self, id: str, place: str = "", month: str = "", *, on: Day | None = None, known: Day | None = None, ledger: str = ""
    ) -> Board:
        """What hangs on a board, in one place, for a month or on a day.

        Args:
            id: The board's id.
            place: The village, or the town; all villages where none is given.
            month: The month of the list, as "2026-07"; the board is that of its list day.
            on: A day instead of a month.
            known: Only what had been received by the end of this day; the day of the board where none is given.
            ledger: Another ledger instead of the board's own.

        Returns:
            The `Board`: `.rows`, `.headings`, `.counts`, `.shown("zh")`.

        Raises:
            CampaignError: There is no such board, it is not of a ledger, or the month or day is none.
        """
        board = self._board_rule(id)
        if self.programme.ledger(ledger or board.of) is None:
            raise CampaignError(NOT_OF_A_LEDGER.filled(id=id, of=board.of))
        rule = self._ledger_rule(ledger or board.of)
        at = self.list_day(month) if month else self._day(on) if on is not None else self.today
        seen = self._day(known) if known is not None else at
        lists = self._lists(month, at, seen)
        before = self._list_before(at, lists, month)
        villages = self._villages_of(place) if place else None
        return board_of(
            board,
            self._folded(rule, at, seen, lists),
            self._folded(rule, before.on, before.known, ()),
            villages,
            place=place,
            month=month,
            people=self._labels("people", "person"),
            places=self._labels("places", "place"),
        )

    def month_ledgers(self, month: str, known: Day | None = None, id: str = "") -> tuple[TownLedger, TownLedger]:
        """The ledger of a month's list, its matters numbered, and that of the list before.

        Args:
            month: The month of the list, as "2026-07".
            known: Only what had been received by the end of this day; the day of the list where none is given.
            id: The ledger's id; the programme's first where none is given.
        """
        at = self.list_day(month)
        seen = self._day(known) if known is not None else at
        lists, rule = self._lists(month, at, seen), self._ledger_rule(id)
        before = self._list_before(at, lists, month)
        return self._folded(rule, at, seen, lists), self._folded(rule, before.on, before.known, ())

    def list_day(self, month: str) -> int:
        """The day on which the list of a month is made.

        Args:
            month: The month, such as "2026-07".

        Returns:
            The day, as a number.

        Raises:
            CampaignError: If this is not a month of the calendar.
        """
        try:
            year, number = map(int, month.split("-"))
            return self.calendar.month_end(year, number)
        except (ValueError, IndexError):
            raise CampaignError(NO_MONTH.filled(month=month)) from None

    def _lists(self, month: str, on: int, known: int) -> tuple[PublishedList, ...]:
        """The lists that give numbers: those published, and for a month's board the lists up to it, as they would be."""
        if not month:
            return self.published or ()
        if self.published is not None:
            earlier = tuple(one for one in self.published if one.month != month)
            return (*earlier, next((one for one in self.published if one.month == month), PublishedList(known, on, month)))
        begins = min((self._first_day(), on))
        ends: list[PublishedList] = []
        at = self.calendar.list_day(begins)
        while at < on:
            ends.append(PublishedList(at, at, month_of(at)))
            at = self.calendar.list_day(at + 1)
        return (*ends, PublishedList(known, on, month))

    def _first_day(self) -> int:
        days = [
            int(frame.frame["known"][frame.frame["bad"] == ""].min())
            for frame in self._events.values()
            if (frame.frame["bad"] == "").any()
        ]
        return min((day for day in days if day > UNREADABLE), default=10**9)

    def _list_before(self, on: int, lists: Iterable[PublishedList], month: str) -> PublishedList:
        earlier = [one for one in lists if one.on < on and one.month != month]
        if earlier:
            return max(earlier, key=lambda one: (one.on, one.known))
        day = self.calendar.list_day_before(on)
        return PublishedList(day, day, month_of(day))

    def _folded(self, rule: LedgerRule, on: int, known: int | None, lists: tuple[PublishedList, ...]) -> TownLedger:
        asked = (rule.id, on, known, lists)
        if asked not in self._folds:
            seen = tuple(sorted(one for one in lists if known is None or one.known <= known))
            self._folds[asked] = self._fold(rule, on, known, self._numbers_given(rule, seen), frozenset())
        return self._folds[asked]

    def _numbers_given(self, rule: LedgerRule, lists: tuple[PublishedList, ...]) -> Mapping[str, str]:
        """The numbers that these lists gave, one list after the other; only matters without a number are folded for it."""
        if not lists:
            return {}
        asked = (rule.id, lists)
        if asked not in self._numbers:
            before = self._numbers_given(rule, lists[:-1])
            ledger = self._fold(rule, lists[-1].on, lists[-1].known, {}, frozenset(before))
            self._numbers[asked] = numbered(before, lists[-1], ledger)
        return self._numbers[asked]

    def _fold(
        self, rule: LedgerRule, on: int, known: int | None, numbers: Mapping[str, str], without: frozenset[str]
    ) -> TownLedger:
        """The ledger; `without` leaves out matters, which is all that numbering needs."""
        registers = self._registers.known_on(known)
        if without and rule.id in self._events:
            counted = count_events(self._events[rule.id].without(without), self.programme, registers, known)
        else:
            counted = self._count(rule.id, known)
        return fold_ledger(rule, registers, counted, calendar=self.calendar, on=on, known=known, numbers=numbers)

    def _kinds(self) -> list[str]:
        return [*self.ledgers, *(kind for kind in self.programme.events if kind in self._events)]

    def _count(self, kind: str, known: int | None) -> CountedEvents:
        if (kind, known) not in self._counted:
            frame = self._events.get(kind) or read_events(kind, [], self.programme.events.get(kind), self._zone)
            self._counted[kind, known] = count_events(frame, self.programme, self._registers.known_on(known), known)
        return self._counted[kind, known]

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

    def _board_rule(self, id: str) -> BoardRule:
        rule = next((one for one in self.programme.boards if one.id == id), None)
        if rule is None:
            known = tuple(one.id for one in self.programme.boards)
            raise CampaignError(NO_BOARD.filled(id=id, suggestion=suggestion(id, known)))
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

    @property
    def today(self) -> int:
        """Today in the programme's zone, as the number of the day."""
        return number_of(datetime.now(self._zone).date())

    def _day(self, day: Day) -> int:
        try:
            return as_day(day, self._zone)
        except ValueError:
            raise CampaignError(NO_DAY.filled(day=day)) from None


class CampaignEvents:
    """The events of a campaign as known on a day; `given = counted + not counted`, always."""

    def __init__(self, kinds: list[CountedEvents]) -> None:
        self._kinds = {one.kind: one for one in kinds}

    @cached_property
    def table(self) -> pd.DataFrame:
        """All events: `kind, event, on, to, known, by, sent_by, entered_by, village, household, why, remarks`."""
        return event_table(self._kinds.values())

    @property
    def counted(self) -> pd.DataFrame:
        """The events that count."""
        return self.table[self.table["why"] == ""].reset_index(drop=True)

    @property
    def not_counted(self) -> pd.DataFrame:
        """The events left out, each with the id of its one reason in `why`; `reason_sentence` says it in words."""
        return self.table[self.table["why"] != ""].reset_index(drop=True)

    @property
    def remarks(self) -> pd.DataFrame:
        """The events that count, at which somebody should look."""
        return self.table[self.table["remarks"] != ""].reset_index(drop=True)

    def kind(self, kind: str) -> pd.DataFrame:
        """The events of one kind, with all their columns.

        Args:
            kind: The kind, such as "visit".

        Returns:
            One row per event; days are numbers.
        """
        return self._kinds[kind].frame if kind in self._kinds else pd.DataFrame(columns=["event", "why", "remarks"])

    def reasons(self) -> pd.DataFrame:
        """Count the events that count, and those left out by reason.

        Returns:
            One row per kind and reason: `kind, why, events`; `why` is "" for events that count.
        """
        counts = self.table.groupby(["kind", "why"], sort=True).size()
        return counts.rename("events").reset_index()

    def __len__(self) -> int:
        return len(self.table)


def read_campaign(
    name_or_path: str | File,
    year: int | None = None,
    *,
    registers: Mapping[str, Any] | None = None,
    events: Frames | None = None,
    published: pd.DataFrame | None = None,
    store: "Store | None" = None,
    change: str = "",
) -> Campaign:
    """A campaign: a programme by its name or path, with its registers and events.

    Args:
        name_or_path: `"hubin"`, `"chongqing"`, `"yunnan"`, `"our_town"`, or the path of a TOML file.
        year: The year of the programme; that of the day asked about where none is given.
        registers: A frame a register: `posts`, `places`, `households`, `people`, `leave`, ...
        events: A frame (or several) a kind of event: `matters` (a row a step), `visit`, `reception`, ...; columns are the
            form's questions, or the words of the rules (`on`, `by`, `household`, ...); `received` or `known` is when it came.
        published: The lists that were published: `month` ("2026-07"), `on`, `known`; they give the matters their numbers.
        store: The store that holds its registers (desk tables) and events (submissions); what is given here goes before
            them. Every table works without one.
        change: TOML in the programme's own words that is joined to it.

    Returns:
        The campaign; `.check()` tells what is wrong with its registers.

    Raises:
        CampaignError: The programme cannot be read or has faults; `.faults` holds every one, with path and line.

    >>> import pandas as pd
    >>> steps = pd.DataFrame({"matter": ["M1"], "step": ["raise"], "on": ["2026-04-20"], "by": ["Wang"], "village": ["V7"]})
    >>> campaign = read_campaign("our_town", events={"matters": steps})
    >>> campaign.ledger(on="2026-05-01").table[["state", "deadline", "overdue_days"]].astype(str).values.tolist()
    [['open', '2026-04-30', '1']]
    """
    read = read_programme(name_or_path, change)
    programme = read.required()
    if store is not None:
        registers = {**kept_registers(store), **(registers or {})}
        events = {**collected_events(programme, store), **(events or {})}
    zone = ZoneInfo(programme.calendar.timezone)
    kinds = dict(events or {})
    for kind, rule in programme.events.items():
        if rule.table and kind not in kinds and rule.table in kinds:
            kinds[kind] = kinds[rule.table]
    frames = {kind: _read_kind(kind, given, programme, zone) for kind, given in kinds.items()}
    lists = None if published is None else _published(published, zone)
    return Campaign(read, read_registers(registers or {}, zone), frames, year=year, published=lists, store=store)


def _read_kind(kind: str, given: "pd.DataFrame | Sequence[pd.DataFrame]", programme: Programme, zone: ZoneInfo) -> EventFrame:
    frames = [given] if isinstance(given, pd.DataFrame) else list(given)
    return read_events(kind, frames, programme.events.get(kind), zone)


def _published(frame: pd.DataFrame, zone: ZoneInfo) -> list[PublishedList]:
    return [
        PublishedList(as_day(known, zone), as_day(on, zone), str(month))
        for month, on, known in zip(frame["month"], frame["on"], frame["known"], strict=True)
    ]
