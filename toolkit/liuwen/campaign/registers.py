"""Registers: who and what there is, with dates. Rows are true from a day to a day, and known from a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from liuwen.campaign.cells import texts, yes
from liuwen.campaign.days import ALWAYS, EVER, NO_DAY, UNREADABLE, read_days
from liuwen.campaign.faults import CampaignFault, suggestion
from liuwen.campaign.register_columns import SHAPES, RegisterShape
from liuwen.messages import Sentence

NO_SUCH = Sentence(zh="没有“{name}”这个登记册。{suggestion}", en='There is no register "{name}". {suggestion}')
NO_COLUMN = Sentence(
    zh="登记册“{name}”缺少“{column}”列。请补上。", en='The register "{name}" lacks the column "{column}". Add it.'
)
NO_VALUE = Sentence(zh="第 {row} 行的“{column}”是空的。请填上。", en="Row {row} has no {column}. Fill it in.")
NO_DATE = Sentence(
    zh="第 {row} 行的“{column}”写的是“{text}”，不是日子。请写成 2026-04-01 这样。",
    en='Row {row}: {column} is "{text}", which is no day. Write it as 2026-04-01.',
)


@dataclass(frozen=True)
class Registers:
    """The registers of a campaign; days are numbers, texts are never missing but "".

    A register that was not given is not there, and what it would test is not tested.
    """

    tables: Mapping[str, pd.DataFrame]
    faults: tuple[CampaignFault, ...] = ()

    def has(self, name: str) -> bool:
        """Whether this register was given."""
        return name in self.tables

    def table(self, name: str) -> pd.DataFrame:
        """The register's rows; an empty table where it was not given."""
        if name in self.tables:
            return self.tables[name]
        return pd.DataFrame({column: pd.Series(dtype=object) for column in SHAPES[name].columns})

    def known_on(self, known: int | None) -> "Registers":
        """The registers without the rows that the desk entered later; all of them where `known` is None."""
        if known is None:
            return self
        return replace(self, tables={name: table[table["known"] <= known] for name, table in self.tables.items()})

    @cached_property
    def survivors(self) -> dict[str, tuple[str, int]]:
        """Each merged household with the one that it went into, and the last day on which it stood alone."""
        rows = self.table("households")
        merged = rows[rows["into"] != ""] if "into" in rows else rows
        return {
            str(old): (str(new), int(last))
            for old, new, last in zip(merged["household"], merged["into"], merged["to"], strict=True)
        }


def read_registers(given: Mapping[str, Any], zone: ZoneInfo) -> Registers:
    """The frames of `given` as registers, with every fault of them."""
    tables: dict[str, pd.DataFrame] = {}
    faults: list[CampaignFault] = []
    for name, frame in given.items():
        shape = SHAPES.get(name)
        if shape is None:
            faults.append(_fault(name, NO_SUCH.filled(name=name, suggestion=suggestion(name, tuple(SHAPES)))))
            continue
        tables[name], found = _typed(name, pd.DataFrame(frame), shape, zone)
        faults += found
    return Registers(tables, tuple(faults))


def _typed(name: str, frame: pd.DataFrame, shape: RegisterShape, zone: ZoneInfo) -> tuple[pd.DataFrame, list[CampaignFault]]:
    faults = [_fault(name, NO_COLUMN.filled(name=name, column=column)) for column in shape.needs if column not in frame]
    table = pd.DataFrame(index=frame.index)
    for column in dict.fromkeys(shape.columns):
        if column in shape.days or column == "known":
            table[column], found = _days(name, frame, column, zone)
            faults += found
        elif column in shape.yes:
            table[column] = yes(frame[column]) if column in frame else False
        else:
            table[column] = texts(frame[column]) if column in frame else ""
    for column in shape.needs:
        if column in frame and column not in shape.days:
            faults += [_fault(name, NO_VALUE.filled(row=row, column=column)) for row in rows_where(table[column] == "")]
    table["known"] = np.where(table["known"] == NO_DAY, table.get("from", ALWAYS), table["known"])
    return table.reset_index(drop=True), faults


def _days(name: str, frame: pd.DataFrame, column: str, zone: ZoneInfo) -> tuple[Any, list[CampaignFault]]:
    missing = NO_DAY if column == "known" else EVER if column.endswith("to") else ALWAYS
    if column not in frame:
        return np.full(len(frame), missing, dtype=np.int64), []
    days = read_days(frame[column], zone)
    bad = days == UNREADABLE
    shown = texts(frame[column])
    faults = [_fault(name, NO_DATE.filled(row=row, column=column, text=shown.iloc[row - 1])) for row in rows_where(bad)]
    return np.where(bad | (days == NO_DAY), missing, days), faults


def rows_where(mask: Any) -> Iterable[int]:
    """The numbers of the rows, from 1, where `mask` holds."""
    return (int(at) + 1 for at in np.flatnonzero(np.asarray(mask)))


def _fault(name: str, sentence: Sentence) -> CampaignFault:
    return CampaignFault(sentence, ("registers", name))
