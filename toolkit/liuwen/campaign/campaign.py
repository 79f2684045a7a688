"""A campaign: a programme with its registers and events, asked for its tables on a day, as known on a day."""

from collections.abc import Mapping, Sequence
from pathlib import Path as File
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd

from liuwen.campaign.collected import collected_events, kept_registers
from liuwen.campaign.days import as_day
from liuwen.campaign.ledgers.numbers import PublishedList
from liuwen.campaign.programmes import read_programme
from liuwen.campaign.published import lists_kept
from liuwen.campaign.records import Day, read_kind
from liuwen.campaign.registers import read_registers
from liuwen.campaign.town_prints import TownPrints

if TYPE_CHECKING:
    from liuwen.campaign.incoming import IncomingLedger
    from liuwen.store import Store

Frames = Mapping[str, pd.DataFrame | Sequence[pd.DataFrame]]


class Campaign(TownPrints):
    """A programme with its registers and events; every table is a pure function of them and of two days.

    `on` is the day to look at (today where none is given), `known` the day up to which what had been received is used (all
    that has been received where none is given). Make one with `read_campaign`.
    """

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
