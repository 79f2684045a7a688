"""What cannot be true of registers: two posts in one place, a household that went into none; all named at once."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from liuwen.campaign.days import EVER, date_of
from liuwen.campaign.faults import CampaignFault, suggestion
from liuwen.campaign.registers import Registers, rows_where
from liuwen.campaign.schema import Programme
from liuwen.messages import Sentence

TO_BEFORE_FROM = Sentence(
    zh="第 {row} 行：结束日早于开始日。请核对 from 和 to。", en="Row {row} ends before it begins. Check from and to."
)
TWO_POSTS = Sentence(
    zh="{person} 自 {day} 起在“{place}”同时有两个职务。请给前一个写上 to。",
    en='{person} holds two posts in "{place}" from {day}. Give the earlier one its to.',
)
TWO_IN_CHARGE = Sentence(
    zh="“{place}”自 {day} 起有两个负责人（in_charge）：{people}。只能有一个。",
    en='"{place}" has two people in charge from {day}: {people}. Only one may be.',
)
TWICE_IN_GROUP = Sentence(
    zh="户 {household} 在“{group}”里的两段时间重叠（自 {day} 起）。请改日期。",
    en='Household {household} is in "{group}" twice from {day}. Mend the dates.',
)
NO_INTO = Sentence(
    zh="户 {household} 并入的 {into} 不在登记册里。请核对户号。",
    en="Household {household} went into {into}, which is not in the register. Check the code.",
)
UNKNOWN_RANK = Sentence(
    zh="第 {row} 行：职务“{rank}”不在方案的 [ranks] 里。{suggestion}",
    en='Row {row}: the rank "{rank}" is not in the programme\'s [ranks]. {suggestion}',
)
UNKNOWN_PLACE = Sentence(
    zh="第 {row} 行：“{place}”不在地点登记册里。{suggestion}",
    en='Row {row}: "{place}" is not in the register of places. {suggestion}',
)
NOT_STORED = Sentence(
    zh="第 {row} 行：“{group}”只是提醒（stored = false），不能登记到户。请删去这一行。",
    en='Row {row}: "{group}" is only a reminder (stored = false) and is never kept of a household. Delete the row.',
)
UNKNOWN_GROUP = Sentence(
    zh="第 {row} 行：“{group}”不在方案的 [groups] 里。{suggestion}",
    en='Row {row}: "{group}" is not in the programme\'s [groups]. {suggestion}',
)


def register_faults(registers: Registers, programme: Programme) -> list[CampaignFault]:
    """Every fault of the registers: those of reading, of dates, of overlaps and of what they name."""
    found = [
        *((name, said) for name, table in registers.tables.items() for said in _ends(table)),
        *(("posts", said) for said in _posts(registers, programme)),
        *(("membership", said) for said in _membership(registers, programme)),
        *(("households", said) for said in _households(registers)),
    ]
    return [*registers.faults, *(CampaignFault(said, ("registers", name)) for name, said in found)]


def _ends(table: pd.DataFrame) -> Iterator[Sentence]:
    if {"from", "to"} <= set(table.columns):
        yield from (TO_BEFORE_FROM.filled(row=row) for row in rows_where(table["to"] < table["from"]))


def _posts(registers: Registers, programme: Programme) -> Iterator[Sentence]:
    posts = registers.table("posts")
    ranks = tuple(programme.ranks)
    for row in rows_where(~posts["rank"].isin([*ranks, ""])):
        rank = posts["rank"].iloc[row - 1]
        yield UNKNOWN_RANK.filled(row=row, rank=rank, suggestion=suggestion(rank, ranks))
    if registers.has("places"):
        places = tuple(registers.table("places")["place"])
        for row in rows_where(~posts["place"].isin([*places, ""])):
            place = posts["place"].iloc[row - 1]
            yield UNKNOWN_PLACE.filled(row=row, place=place, suggestion=suggestion(place, places))
    for _, later in _overlaps(posts, ["person", "place"]):
        yield TWO_POSTS.filled(person=later["person"], place=later["place"], day=_day(later["from"]))
    for earlier, later in _overlaps(posts[posts["in_charge"].astype(bool)], ["place"]):
        people = ", ".join(sorted({earlier["person"], later["person"]}))
        if earlier["person"] != later["person"]:
            yield TWO_IN_CHARGE.filled(place=later["place"], day=_day(later["from"]), people=people)


def _membership(registers: Registers, programme: Programme) -> Iterator[Sentence]:
    rows = registers.table("membership")
    groups = tuple(programme.groups)
    for row in rows_where(~rows["group"].isin([*groups, ""])):
        group = rows["group"].iloc[row - 1]
        yield UNKNOWN_GROUP.filled(row=row, group=group, suggestion=suggestion(group, groups))
    unkept = [id for id, group in programme.groups.items() if not group.stored]
    for row in rows_where(rows["group"].isin(unkept)):
        yield NOT_STORED.filled(row=row, group=rows["group"].iloc[row - 1])
    for _, later in _overlaps(rows, ["household", "group"]):
        yield TWICE_IN_GROUP.filled(household=later["household"], group=later["group"], day=_day(later["from"]))


def _households(registers: Registers) -> Iterator[Sentence]:
    rows = registers.table("households")
    lost = rows[~rows["into"].isin([*rows["household"], ""])]
    for household, into in zip(lost["household"], lost["into"], strict=True):
        yield NO_INTO.filled(household=household, into=into)


def _overlaps(rows: pd.DataFrame, keys: list[str]) -> Iterator[tuple["pd.Series[Any]", "pd.Series[Any]"]]:
    """Pairs of neighbouring rows with the same keys of which the later begins before the earlier has ended."""
    ordered = rows.sort_values([*keys, "from", "to"]).reset_index(drop=True)
    if len(ordered) < 2:
        return
    same = (ordered[keys] == ordered[keys].shift()).all(axis=1)
    before = ordered["to"].shift(fill_value=-EVER)
    for at in np.flatnonzero(same & (ordered["from"] <= before)):
        yield ordered.iloc[at - 1], ordered.iloc[at]


def _day(number: int) -> str:
    return str(date_of(int(number))) if abs(int(number)) < EVER else ""
