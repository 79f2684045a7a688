"""The diary of a person: every visit, reception, stay, meeting and step of a matter that was reported, by day."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from liuwen.campaign.calendars import WorkCalendar, month_of
from liuwen.campaign.days import as_dates
from liuwen.campaign.duties.owners import days_at_post
from liuwen.campaign.registers import Registers
from liuwen.campaign.stretches import holds, united

DIARY_COLUMNS = ("on", "to", "known", "kind", "step", "village", "household", "words", "late", "why", "event")
WORDS = ("diary", "work_done", "decided_what", "deed_title", "words", "title", "note", "reason")
"""The questions that hold what was done or heard; each that was answered is in the entry."""


@dataclass(frozen=True)
class PersonDiary:
    """What one person reported of a month.

    Attributes:
        person: The person's code.
        month: The month, such as "2026-07".
        on: The last day looked at, as a number.
        known: The day up to which what had been received is in, as a number.
        table: A row an entry, by day: `on, to, known, kind, step, village, household, words, late, why, event`; `why` is the
            reason of an entry that does not count, such as `replaced` by a corrected version.
        blank: The working days on which the person held a post, was not on leave, and nothing was reported.
    """

    person: str
    month: str
    on: int
    known: int
    table: pd.DataFrame = field(repr=False)
    blank: tuple[int, ...] = field(repr=False, default=())


def person_diary(
    person: str, events: pd.DataFrame, registers: Registers, calendar: WorkCalendar, days: tuple[int, int, int]
) -> PersonDiary:
    """The diary of a person in a month.

    Args:
        person: The person's code.
        events: Every event of every kind, with `kind` and the form's own columns; days are numbers.
        registers: The registers.
        calendar: The working days.
        days: The first and last day to look at, and the day up to which what had been received is in.

    Returns:
        A `PersonDiary`.
    """
    begins, ends, known = days
    own = events[(events["by"] == person) & (events["on"] <= ends) & (events["to"] >= begins)]
    own = own.drop_duplicates("event").sort_values(["on", "known", "end_key", "event"], kind="stable")
    table = own.assign(
        words=_words(own),
        step=own.get("step", ""),
        late=own["remarks"].str.split().map(lambda ids: "late" in ids).astype(bool),
        **{name: as_dates(own[name].to_numpy(dtype=np.int64)) for name in ("on", "to", "known")},
    )
    covered = own.loc[own["why"] != "replaced", ["on", "to"]]
    blank = _blank(person, covered, registers, calendar, (begins, ends))
    return PersonDiary(person, month_of(begins), ends, known, table[list(DIARY_COLUMNS)].reset_index(drop=True), blank)


def _words(rows: pd.DataFrame) -> "pd.Series[str]":
    said = [rows[name] for name in WORDS if name in rows]
    parts = zip(*said, strict=True) if said else [()] * len(rows)
    return pd.Series([" · ".join(dict.fromkeys(part for part in one if part)) for one in parts], index=rows.index, dtype=object)


def _blank(
    person: str, covered: pd.DataFrame, registers: Registers, calendar: WorkCalendar, days: tuple[int, int]
) -> tuple[int, ...]:
    begins, ends = days
    posted = united(stretch for held in days_at_post(registers).get(person, {}).values() for stretch in held)
    there = united(zip(covered["on"].tolist(), covered["to"].tolist(), strict=True))
    return tuple(
        day for day in range(begins, ends + 1) if calendar.is_workday(day) and holds(posted, day) and not holds(there, day)
    )
