"""A campaign: a programme with its registers and events, asked for its tables on a day, as known on a day."""

from collections.abc import Mapping, Sequence
from pathlib import Path as File
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd

from liuwen.campaign.collected import collected_events, kept_registers
from liuwen.campaign.days import as_day, date_of
from liuwen.campaign.ledgers.numbers import PublishedList
from liuwen.campaign.programmes import read_programme
from liuwen.campaign.published import lists_kept
from liuwen.campaign.records import Day, read_kind
from liuwen.campaign.registers import read_registers
from liuwen.campaign.town_prints import TownPrints
from liuwen.messages import Language, language_in_force

if TYPE_CHECKING:
    from liuwen.campaign.incoming import IncomingLedger
    from liuwen.store import Store

Frames = Mapping[str, pd.DataFrame | Sequence[pd.DataFrame]]


class Campaign(TownPrints):
    """A programme with its registers and events; every table is a pure function of them and of two days.

    `on` is the day to look at (today where none is given), `known` the day up to which what had been received is used (all
    that has been received where none is given). Make one with `read_campaign`.
    """

    def made_up_year(
        self, visits: int, *, seed: int = 1, perfunctory: float = 0.15, language: Language | None = None
    ) -> "Campaign":
        """The same programme with a made-up year: registers and events of people, careful and careless, who do not exist.

        One person in four is on leave for some weeks, one in four of those who visit leaves and is replaced. Careless people
        come in the last days of a month and to the same few houses, telephone, enter a household twice a day, report late, stay
        away from duty days, and do about half of what is asked.

        Args:
            visits: How many forms of visits there are, besides those to pairs; one village for every 300, at least three.
            seed: The same seed gives the same year.
            perfunctory: The share of the people posted in villages who are careless.
            language: In which language names, titles and notes are; by default the one in force.

        Returns:
            A campaign with registers and events of its own; every event says `synthetic = yes`, and so does every page.

        Example:
            >>> year = read_campaign("hubin", 2026).made_up_year(60, seed=3)
            >>> year.synthetic, year.check().ok, len(year.registers().table("places"))
            (True, True, 4)
        """
        from liuwen.campaign.made_up_cast import YearOrder
        from liuwen.campaign.made_up_year import made_up_year

        order = YearOrder(
            self.programme, self.year or date_of(self.today).year, visits, seed, perfunctory, language or language_in_force()
        )
        made = made_up_year(order, self._turns_of_year, lambda registers, day: self._pairs_of_year(registers, day, seed))
        return self._with(made.registers, made.events)

    def _with(self, registers: Mapping[str, pd.DataFrame], events: Frames) -> "Campaign":
        kinds = {kind: read_kind(kind, given, self.programme, self._zone) for kind, given in events.items()}
        return Campaign(self._read, read_registers(registers, self._zone), kinds, year=self.year)

    def _turns_of_year(self, registers: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
        made, year = self._with(registers, {}), self.year or date_of(self.today).year
        turns = [turn for rule in self.programme.rosters for turn in made._turns(rule, year, None)]
        return pd.DataFrame([(turn.person, turn.place, date_of(turn.day)) for turn in turns], columns=["person", "place", "day"])

    def _pairs_of_year(self, registers: Mapping[str, pd.DataFrame], day: str, seed: int) -> pd.DataFrame:
        """The pairs proposed on the first day; those of who leaves pass on to the successor."""
        made = self._with(registers, {})
        proposed = [made.propose_pairs(seed, day, rule.id).as_register(day) for rule in self.programme.pairings]
        columns = ["person", "subject", "rule", "from", "to", "why_ended"]
        pairs = pd.concat([pd.DataFrame(columns=columns), *proposed], ignore_index=True).fillna("")
        posts = registers["posts"]
        for person, place, ends in posts.loc[posts["to"] != "", ["person", "place", "to"]].itertuples(index=False, name=None):
            successor = posts.loc[(posts["place"] == place) & (posts["from"] == ends), "person"].iloc[0]
            pairs = self.pass_on_pairs(pairs, person, successor, date_of(self.number(ends) + 1))
        return pairs

    def read_spreadsheet(
        self, source: object, *, as_of: Day | None = None, year: int | None = None, received: Day | None = None, id: str = ""
    ) -> "IncomingLedger":
        r"""Read a spreadsheet that a town keeps today, with one row per matter or one row per step.

        Args:
            source: A workbook, a CSV, its text, or a DataFrame.
            as_of: The day on which the spreadsheet was as it is.
            year: The year of dates without one; by default that of the campaign.
            received: The day on which it was received.
            id: The ledger; by default the first of the programme.

        Returns:
            An `IncomingLedger`: print it, then `campaign.with_events(matters=incoming.events)`.

        Example:
            >>> sheet = "编号,村,户,事项,登记日期,责任人,办理时限\n1,东村,H03,修水渠,2026年3月5日,王强,15天"
            >>> incoming = read_campaign("our_town").read_spreadsheet(sheet)
            >>> incoming.events[["matter", "step", "on", "village"]].astype(str).values.tolist()
            [['1', 'raise', '2026-03-05', '东村']]
        """
        from liuwen.campaign.incoming import read_sheet

        rule = self._ledger_rule(id)
        return read_sheet(source, self._registers, rule, self.calendar, as_of=as_of, year=year or self.year, received=received)


def read_campaign(
    name_or_path: str | File,
    year: int | None = None,
    *,
    registers: Mapping[str, Any] | None = None,
    events: Frames | None = None,
    published: pd.DataFrame | None = None,
    store: "Store | None" = None,
    change: str = "",
    key: str | bytes | File | None = None,
    passphrase: str = "",
) -> Campaign:
    """A campaign: a programme by its name or path, with its registers and events.

    Args:
        name_or_path: `"hubin"`, `"chongqing"`, `"yunnan"`, `"our_town"`, or the path of a TOML file.
        year: The year of the programme; that of the day asked about where none is given.
        registers: A frame a register: `posts`, `places`, `households`, `people`, `leave`, ...
        events: A frame (or several) a kind of event: `matters` (a row a step), `visit`, `reception`, ...; columns are the
            form's questions, or the words of the rules (`on`, `by`, `household`, ...); `received` or `known` is when it came.
        published: The lists that were published: `month` ("2026-07"), `on`, `known`; they give the matters their numbers. By
            default those that the store says were published.
        store: The store that holds its registers (desk tables) and events (submissions); what is given here goes before
            them. Every table works without one.
        change: TOML in the programme's own words that is joined to it.
        key: The private key of whoever receives confidential letters, which are encrypted to it; only with it are they read.
        passphrase: The passphrase of the key.

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
        events = {**collected_events(programme, store, key, passphrase), **(events or {})}
        published = lists_kept(store) if published is None else published
    zone = ZoneInfo(programme.calendar.timezone)
    kinds = dict(events or {})
    for kind, rule in programme.events.items():
        if rule.table and kind not in kinds and rule.table in kinds:
            kinds[kind] = kinds[rule.table]
    frames = {kind: read_kind(kind, given, programme, zone) for kind, given in kinds.items()}
    lists = None if published is None else _published(published, zone)
    return Campaign(read, read_registers(registers or {}, zone), frames, year=year, published=lists, store=store)


def _published(frame: pd.DataFrame, zone: ZoneInfo) -> list[PublishedList]:
    return [
        PublishedList(as_day(known, zone), as_day(on, zone), str(month))
        for month, on, known in zip(frame["month"], frame["on"], frame["known"], strict=True)
    ]
