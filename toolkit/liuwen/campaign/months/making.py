"""All the pages of a month, from the ledger of its list and the one before."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from liuwen.campaign.boards import Board, board_of, villages_within
from liuwen.campaign.confidential import are_steps, confidential_events, public_numbers, visible_table
from liuwen.campaign.days import as_dates, date_of
from liuwen.campaign.ledgers.ledger import TownLedger
from liuwen.campaign.months.agenda_page import agenda_page
from liuwen.campaign.months.board_pages import board_page
from liuwen.campaign.months.pages import PageWords, TownPage
from liuwen.campaign.months.receiver_page import receiver_page, receivers_of
from liuwen.campaign.months.settle_page import settle_page, settle_tables
from liuwen.campaign.months.town_page import town_page
from liuwen.campaign.months.week_page import people_of, week_page, week_sheet
from liuwen.campaign.posts import Posts
from liuwen.campaign.public_lines import PublicLines, public_lines
from liuwen.campaign.registers import Registers
from liuwen.campaign.schema import BoardRule, LedgerRule, Programme
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.campaign.month_runs import MonthRuns

TOWN_ITSELF = BoardRule(
    id="town",
    zh="事项公开栏",
    en="matters",
    each="town",
    rows="open_and_struck_off",
    columns=("number", "village", "class", "title", "responsible", "deadline", "last_note"),
)
"""What the town's page is made of where the programme has no board for the town."""


@dataclass(frozen=True)
class MonthPages:
    """The pages of one month's list; made when they are asked for."""

    programme: Programme
    month: str
    ledger: TownLedger = field(repr=False)
    before: TownLedger = field(repr=False)
    registers: Registers = field(repr=False)
    events: pd.DataFrame = field(repr=False)
    steps: pd.DataFrame = field(repr=False)
    """Every step of the ledger that had been received, with all its columns."""
    synthetic: bool

    @cached_property
    def words(self) -> PageWords:
        """How people and places are called."""
        return page_words(self.programme, self.ledger.rule, self.registers, date_of(self.ledger.on).year)

    @cached_property
    def posts(self) -> Posts:
        """Who holds which post."""
        return Posts(self.registers, self.ledger.rule.successor_ranks)

    @cached_property
    def desk_events(self) -> pd.DataFrame:
        """The events without those of confidential matters."""
        return self.events[~self._are(confidential_events(self.ledger, self.steps))]

    @cached_property
    def desk_steps(self) -> pd.DataFrame:
        """The steps without those of confidential matters."""
        return self.steps[~self.steps["event"].isin(confidential_events(self.ledger, self.steps))]

    @property
    def known(self) -> int:
        """The day up to which what had been received is in."""
        return self.ledger.known if self.ledger.known is not None else self.ledger.on

    @cached_property
    def issuer(self) -> Sentence:
        """Who issues the pages: the town, or the programme where there is no register of places."""
        towns = self.towns
        if len(towns) == 1 and towns[0]:
            name = self.words.place(towns[0])
            return Sentence(zh=name, en=name)
        return self.programme.name

    @cached_property
    def villages(self) -> list[str]:
        """The places with a village's board: those of the register, and any other that a matter names."""
        places = self.registers.table("places")
        named = places[places["level"].isin(["village", ""]) & ~places["place"].isin(set(places["within"]))]
        return list(dict.fromkeys([*named["place"], *(one for one in self.ledger.table["village"] if one)]))

    @cached_property
    def towns(self) -> list[str]:
        """The towns; one without a name where the register has none."""
        places = self.registers.table("places")
        return list(places.loc[places["level"] == "town", "place"]) or [""]

    @cached_property
    def boards(self) -> list[Board]:
        """Every board of the programme that shows this ledger, place by place."""
        rules = [rule for rule in self.programme.boards if rule.of == self.ledger.rule.id]
        found = []
        for rule in rules:
            places = self.villages if rule.each == "village" else self.towns if rule.each == "town" else [""]
            found += [self.board(rule, place) for place in places]
        return found

    @cached_property
    def lines(self) -> PublicLines:
        """The lines of the month's list."""
        return public_lines(self.ledger, self.before)

    def board(self, rule: BoardRule, place: str, lines: PublicLines | None = None) -> Board:
        """A board of a place, from the month's list or another."""
        places = self.registers.table("places")
        inside = villages_within(place, zip(places["place"], places["within"], strict=True)) if place else None
        words = self.words
        return board_of(
            rule, lines or self.lines, inside, place=place, month=self.month, people=words.people, places=words.places
        )

    def board_page(self, board: Board) -> TownPage:
        """The page of a board."""
        return board_page(board, self.words, self._public_numbers, issuer=self.issuer, synthetic=self.synthetic)

    @cached_property
    def _public_numbers(self) -> dict[str, str]:
        return public_numbers(self.ledger)

    def town_pages(self) -> Iterator[TownPage]:
        """The page of each town."""
        for place in self.towns:
            board = self.board(TOWN_ITSELF, place)
            within = [village for village in self.villages if len(self.towns) == 1 or village in self._inside(place)]
            boards = {village: self._counted_board(village) for village in within}
            before = self.board(TOWN_ITSELF, place, public_lines(self.before, self.before))
            yield town_page(board, boards, self.ledger, before, self.words, issuer=self.issuer, synthetic=self.synthetic)

    def visible_rows(self) -> Iterator[Any]:
        """The matters that the town's page may name."""
        table = visible_table(self.ledger)
        gone = table["state"].isin(["closed", *self.ledger.rule.ends])
        yield from table[~gone].itertuples(index=False)

    def agenda(self) -> TownPage:
        """The agenda of the case meeting."""
        return agenda_page(self.ledger, self.words, month=self.month, issuer=self.issuer, synthetic=self.synthetic)

    def weeks(self) -> Iterator[TownPage]:
        """A page for everybody who has something to do, without confidential matters: those are on their receiver's page."""
        for person in people_of(self.ledger, self.posts, tuple(self.registers.table("posts")["person"])):
            sheet = week_sheet(person, self.ledger, self.posts, confidential=False)
            if not sheet.empty:
                yield week_page(sheet, self.words, issuer=self.issuer, synthetic=self.synthetic)

    def receivers(self) -> Iterator[TownPage]:
        """A page for each receiver of confidential matters; for that desk alone."""
        for receiver, topics in receivers_of(self.ledger.rule).items():
            events = self.events[self._are(confidential_events(self.ledger, self.steps, topics))]
            page = receiver_page(
                receiver, topics, self.ledger, events, self.words, month=self.month, issuer=self.issuer, synthetic=self.synthetic
            )
            if page is not None:
                yield page

    @cached_property
    def unsettled(self) -> dict[str, pd.DataFrame]:
        """What the desk must settle, by kind, as `settle_tables` has it."""
        return settle_tables(self.ledger, self.desk_events)

    def to_settle(self) -> TownPage:
        """The page of what the desk must settle."""
        return settle_page(
            self.ledger,
            self.desk_events,
            self.unsettled,
            self.words,
            month=self.month,
            issuer=self.issuer,
            synthetic=self.synthetic,
        )

    def _are(self, steps: frozenset[str]) -> "pd.Series[bool]":
        return are_steps(self.events, steps, self.ledger.rule, self.programme)

    def _counted_board(self, village: str) -> Board:
        """A village's board for its counts: that which hangs there, or else one that does not."""
        hung = (board for board in self.boards if board.place == village and board.rule.each == "village")
        return next(hung, None) or self.board(TOWN_ITSELF, village)

    def _inside(self, place: str) -> frozenset[str]:
        places = self.registers.table("places")
        return villages_within(place, zip(places["place"], places["within"], strict=True))


def month_pages(campaign: "MonthRuns", month: str, known: int | None, id: str = "") -> MonthPages:
    """The pages of a month of a campaign."""
    day = None if known is None else pd.Timestamp(as_dates([known])[0])
    ledger, before = campaign.month_ledgers(month, day, id)
    seen = pd.Timestamp(as_dates([ledger.known if ledger.known is not None else ledger.on])[0])
    events = all_events(campaign, seen)
    steps = campaign.events(seen).kind(ledger.rule.id)
    registers = campaign.registers(seen)
    return MonthPages(campaign.programme, month, ledger, before, registers, events, steps, campaign.synthetic)


def all_events(campaign: "MonthRuns", known: pd.Timestamp) -> pd.DataFrame:
    """Every event as known on a day: `kind, event, on, known, by, village, matter, step, why, remarks`."""
    columns = ["kind", "event", "on", "known", "by", "village", "matter", "step", "why", "remarks"]
    events = campaign.events(known)
    kinds = dict.fromkeys([*campaign.ledgers, *campaign.programme.events])
    parts = [events.kind(kind).assign(kind=kind).reindex(columns=columns, fill_value="") for kind in kinds]
    parts = [part for part in parts if len(part)]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    for name in ("on", "known"):
        table[name] = as_dates(table[name].to_numpy(dtype=np.int64))
    return table


def page_words(programme: Programme, rule: LedgerRule, registers: Registers, year: int | None = None) -> PageWords:
    """How a programme and its registers call people, places, classes and tiers."""
    ranks = {id: Sentence(zh=rank.zh or id, en=rank.en or id) for id, rank in programme.ranks.items()}
    offices = {}
    for tier in rule.tiers:
        named = [ranks.get(rank, Sentence(zh=rank, en=rank)) for rank in tier.office]
        ranked = Sentence(zh="、".join(one.zh for one in named), en=", ".join(one.en for one in named))
        offices[tier.id] = OFFICE.filled(tier=tier.name, ranks=ranked) if named else tier.name
    return PageWords(
        people=_labels(registers, "people", "person"),
        places=_labels(registers, "places", "place"),
        classes={one.id: one.name for one in rule.classes},
        tiers={one.id: one.name for one in rule.tiers},
        offices=offices,
        ranks=ranks,
        year=year,
    )


OFFICE = Sentence(zh="{tier}（{ranks}）", en="{tier} ({ranks})")


def _labels(registers: Registers, register: str, key: str) -> dict[str, str]:
    rows = registers.table(register)
    return {code: label for code, label in zip(rows[key], rows["label"], strict=True) if label}
