"""Where a matter stands, in few words that somebody before a board understands."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from liuwen.campaign.days import number_of
from liuwen.campaign.months.pages import CellText, PageWords, day_words
from liuwen.messages import Sentence

OPEN = Sentence(zh="正在办理", en="being dealt with")
OVERDUE = Sentence(zh="已超期 {days} 天", en="days overdue: {days}")
WAITING = Sentence(zh="等{office}受理，已 {days} 天", en="waiting for {office}, days: {days}")
DONE = Sentence(zh="已办结，等待反馈", en="done, answers still owed")
EXPLAINED = Sentence(zh="已说明原因，等待反馈", en="explained, answers still owed")
STRUCK_OFF = Sentence(zh="{day}销号：已办结", en="struck off {day}: done")
STRUCK_OFF_EXPLAINED = Sentence(zh="{day}销号：已说明原因", en="struck off {day}: explained why not")
WITHDRAWN = Sentence(zh="已撤回或转办", en="withdrawn or passed on")
MERGED = Sentence(zh="并入{other}", en="merged into {other}")
MERGED_ELSEWHERE = Sentence(zh="已并入另一事项", en="merged into another matter")
BOTH = Sentence(zh="{one}，{other}", en="{one}, {other}")


def standing_of(row: Mapping[str, Any], words: PageWords, numbers: Mapping[str, str]) -> Sentence:
    """Where the matter of a board's row stands."""
    if row["line"] == "struck_off":
        said = STRUCK_OFF_EXPLAINED if row["ended_as"] == "explained" else STRUCK_OFF
        return said.filled(day=_day(row["struck_off_on"], words))
    if row["line"] == "withdrawn":
        return WITHDRAWN
    if row["line"] == "duplicate":
        other = numbers.get(row["joined_to"], "")
        return MERGED.filled(other=other) if other else MERGED_ELSEWHERE
    ended = {"done": DONE, "explained": EXPLAINED}.get(row["state"])
    if ended is not None:
        return ended
    waits = row["waiting_for"]
    said = WAITING.filled(office=words.tier(waits), days=row["waiting_days"]) if waits else OPEN
    late = OVERDUE.filled(days=row["overdue_days"])
    return said if not row["overdue_days"] else BOTH.filled(one=said, other=late) if waits else late


def is_to_look_at(row: Mapping[str, Any]) -> bool:
    """Whether a row is marked: overdue, or waiting too long."""
    return row["line"] == "open" and (row["overdue_days"] > 0 or bool(row["waiting_too_long"]))


def ledger_cell(name: str, value: Any, words: PageWords) -> CellText:
    """A cell of the ledger as it is read: names for codes, a day as one says it."""
    if isinstance(value, pd.Timestamp):
        return day_words(number_of(value.date()), words.year)
    if value is None or value is pd.NaT:
        return ""
    if name in ("responsible", "handler", "first_visitor"):
        return words.person(value)
    if name == "village":
        return words.place(value)
    if name == "class":
        return words.topic(value)
    return words.tier(value) if name in ("tier", "waiting_for") else str(value)


def _day(value: Any, words: PageWords) -> Sentence:
    return day_words(number_of(value.date()), words.year)
