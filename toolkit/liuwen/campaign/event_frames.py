"""The frames of one kind of event as one typed frame: days as numbers, everything else as text, an ID each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.campaign.cells import texts
from liuwen.campaign.days import EVER, NO_DAY, UNREADABLE, read_days
from liuwen.campaign.moments import read_moments
from liuwen.campaign.schema import EventRule

DAY_COLUMNS = ("on", "known", "to", "deadline")
TEXT_COLUMNS = ("event", "by", "sent_by", "entered_by", "village", "household", "replaces", "end", "form_version")
RENAMED = {"received": "known", "from": "on"}
"""Other words for a column."""


@dataclass(frozen=True)
class EventFrame:
    """The events of one kind: `frame` has the columns of every source, `asked` which columns each source had.

    Columns: `event`, `on`, `to`, `known` (days as numbers), `bad` (why the day cannot be used, or ""), `source` (a number),
    and the texts of everything else; a column that a source lacks is "".
    """

    kind: str
    frame: pd.DataFrame
    asked: tuple[frozenset[str], ...]

    def asks(self, column: str, rows: pd.DataFrame) -> NDArray[np.bool_]:
        """Whether the source of each of these rows had this column at all."""
        sources = np.array([column in columns for columns in self.asked] or [False], dtype=bool)
        return np.asarray(sources[rows["source"].to_numpy(dtype=np.int64)])

    def where(self, kept: "pd.Series[bool]") -> "EventFrame":
        """Some of these events."""
        return replace(self, frame=self.frame[kept])

    def joined(self, other: "EventFrame") -> "EventFrame":
        """These events and others of the same kind."""
        later = other.frame.assign(source=other.frame["source"] + len(self.asked))
        both = pd.concat([self.frame, later], ignore_index=True)
        blank = [column for column in both.columns if column not in (*DAY_COLUMNS, "source", "end_key")]
        both[blank] = both[blank].fillna("")
        return replace(self, frame=both, asked=self.asked + other.asked)


def read_events(kind: str, given: Sequence[pd.DataFrame], rule: EventRule | None, zone: ZoneInfo) -> EventFrame:
    """The frames of one kind as one."""
    named = [_named(frame, rule) for frame in given]
    lasts = rule is not None and rule.open_end
    typed = [_typed(frame, number, zone, lasts=lasts) for number, frame in enumerate(named)]
    asked = tuple(frozenset(map(str, frame.columns)) for frame in named)
    together = pd.concat(typed, ignore_index=True) if typed else _typed(pd.DataFrame(), 0, zone)
    blank = [column for column in together.columns if column not in (*DAY_COLUMNS, "source", "end_key")]
    together[blank] = together[blank].fillna("")
    for column in DAY_COLUMNS:
        together[column] = together[column].fillna(NO_DAY).astype(np.int64)
    return EventFrame(kind, _with_ids(_selected(together, rule), kind), asked)


def _named(frame: pd.DataFrame, rule: EventRule | None) -> pd.DataFrame:
    """The frame with the questions of the form called by the parts that they are."""
    columns = {question: part for part, question in _parts(rule).items() if question in frame.columns and question != part}
    taken = set(columns.values())
    kept = frame.drop(columns=[name for name in frame.columns if name in taken])
    return kept.rename(columns=columns).rename(columns={old: new for old, new in RENAMED.items() if new not in kept})


def _parts(rule: EventRule | None) -> Mapping[str, str]:
    if rule is None:
        return {}
    parts = {
        name: getattr(rule, name)
        for name in ("by", "household", "subject", "village", "unit", "kind", "channel", "callers", "companions", "card", "money")
    }
    parts |= {"on": rule.on or rule.from_, "to": rule.to, "meals": rule.meals}
    return {part: question for part, question in parts.items() if question}


def _typed(frame: pd.DataFrame, source: int, zone: ZoneInfo, *, lasts: bool = False) -> pd.DataFrame:
    count = len(frame)
    columns: dict[str, Any] = {}
    for column in dict.fromkeys([*TEXT_COLUMNS, *map(str, frame.columns)]):
        if column not in DAY_COLUMNS:
            columns[column] = texts(frame[column]).to_numpy() if column in frame else np.full(count, "", dtype=object)
    for column in DAY_COLUMNS:
        columns[column] = read_days(frame[column], zone) if column in frame else np.full(count, NO_DAY, dtype=np.int64)
    typed = pd.DataFrame(columns)
    typed["source"] = source
    typed["end_key"] = read_moments(typed["end"], typed["on"].to_numpy(dtype=np.int64), zone)
    return _with_days(typed, lasts=lasts)


def _with_days(typed: pd.DataFrame, *, lasts: bool) -> pd.DataFrame:
    """Days put right: what cannot be read is named in `bad`.

    Where `to` is not given it is `on`, or `EVER` for an event that lasts until an end is given; `known` is the last day given.
    """
    on, to, known = (typed[name].to_numpy() for name in ("on", "to", "known"))
    unreadable = (on == UNREADABLE) | (to == UNREADABLE) | (known == UNREADABLE)
    bad = np.where(unreadable, "unreadable_day", np.where(on == NO_DAY, "no_day", ""))
    ended = np.where((to == NO_DAY) | (to == UNREADABLE), on, to)
    typed["bad"] = np.where((bad == "") & (ended < on), "ends_before_it_begins", bad).astype(object)
    typed["to"] = np.where((to == NO_DAY) & lasts, EVER, ended)
    typed["known"] = np.where((known == NO_DAY) | (known == UNREADABLE), np.maximum(on, ended), known)
    return typed


def _selected(frame: pd.DataFrame, rule: EventRule | None) -> pd.DataFrame:
    """Where one form gives two kinds, the rows of this kind."""
    kept = pd.Series(True, index=frame.index)
    for question, values in (rule.where if rule else {}).items():
        if question in frame:
            kept &= frame[question].isin(values)
    return frame[kept].reset_index(drop=True)


def _with_ids(frame: pd.DataFrame, kind: str) -> pd.DataFrame:
    """An ID for each event without one, made from what it says: the order of rows must not matter."""
    without = (frame["event"] == "").to_numpy()
    if without.any():
        rows = frame.loc[without, sorted(set(frame.columns) - {"source", "end_key"})]
        made = pd.util.hash_pandas_object(rows.astype(str), index=False).map(
            lambda number: f"{kind}-{number:016x}"[: len(kind) + 9]
        )
        again = made.groupby(made).cumcount()
        frame.loc[without, "event"] = made.where(again == 0, made + "-" + (again + 1).astype(str))
    return frame
