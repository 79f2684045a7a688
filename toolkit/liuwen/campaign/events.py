"""Which events count, on what was known on a day: what is left out has one reason, what somebody should look at a remark."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from liuwen.campaign.days import EVER, UNREADABLE, as_dates
from liuwen.campaign.event_frames import EventFrame
from liuwen.campaign.registers import Registers
from liuwen.campaign.schema import Programme

BETWEEN_HOUSEHOLDS = r"[\s,，、;；]+"
"""What stands between the households of a step with several applicants."""
ERASED = "erased-"
"""What the code begins with that stands for a household which was erased at its request."""
STANDARD = ("kind", "event", "on", "to", "known", "by", "sent_by", "entered_by", "village", "household")


@dataclass(frozen=True)
class CountedEvents:
    """The events of one kind as known on a day; `frame` has `why` ("" where it counts) and `remarks` (ids, a space between)."""

    kind: str
    frame: pd.DataFrame
    source: EventFrame

    @property
    def counted(self) -> pd.DataFrame:
        """The events that count."""
        return self.frame[self.frame["why"] == ""]


def count_events(
    events: EventFrame, programme: Programme, registers: Registers, known: int | None, *, remarks: bool = True
) -> CountedEvents:
    """The events of one kind with why each does not count; `known` None takes all that has ever been received.

    Without `remarks` nobody is told what to look at, which changes nothing of what counts.
    """
    rule = programme.events.get(events.kind)
    chosen = events.frame if known is None else events.frame[(events.frame["known"] <= known) | (events.frame["bad"] != "")]
    frame = _in_order(chosen)
    frame = _credited(frame, programme, registers)
    reasons = _Reasons(frame)
    _test_everything(reasons, events, programme, registers)
    if programme.ledger(events.kind) is None:
        _test_visits(reasons, events, programme, registers)
        for question, values in (rule.counts if rule else {}).items():
            reasons.where_value(question, values, events)
        if _is_of_households(events.kind, programme):
            reasons.mark(_doubles(frame, reasons.free), "same_day_double")
    frame["why"] = reasons.why
    frame["remarks"] = _remarks(frame, events, programme, registers) if remarks else ""
    return CountedEvents(events.kind, frame, events)


def event_table(kinds: Iterable[CountedEvents]) -> pd.DataFrame:
    """All kinds in one table: `kind, event, on, to, known, by, sent_by, entered_by, village, household, why, remarks`."""
    columns = [*STANDARD, "why", "remarks"]
    parts = [one.frame.assign(kind=one.kind)[columns] for one in kinds if len(one.frame)]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    for column in ("on", "to", "known"):
        table[column] = as_dates(table[column].to_numpy(dtype=np.int64))
    return table


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """By arrival, then by ID; an ID given twice on one day is ordered by content, never by the row."""
    keys = ["known", "end_key", "event"]
    if frame["event"].duplicated().any():
        keys += sorted(set(frame.columns) - {*keys, "source"})
    return frame.sort_values(keys, kind="stable").reset_index(drop=True)


class _Reasons:
    """The one reason of each row, the first that holds."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self.why = np.full(len(frame), "", dtype=object)

    @property
    def free(self) -> "np.ndarray[Any, np.dtype[np.bool_]]":
        """The rows without a reason so far."""
        return np.asarray(self.why == "", dtype=bool)

    def mark(self, mask: Any, reason: Any) -> None:
        """Give `reason` to the rows of `mask` that have none yet."""
        rows = self.free & np.asarray(mask, dtype=bool)
        self.why[rows] = np.asarray(reason, dtype=object)[rows] if not isinstance(reason, str) else reason

    def where_value(self, question: str, values: tuple[str, ...], events: EventFrame) -> None:
        """A value that does not count is its own reason; a question that the source does not have is not tested."""
        if question not in self.frame:
            return
        asked = events.asks(question, self.frame)
        given = self.frame[question]
        self.mark(asked & ~given.isin(values), given.where(given != "", f"without_{question}").to_numpy())


def _test_everything(reasons: _Reasons, events: EventFrame, programme: Programme, registers: Registers) -> None:
    frame = reasons.frame
    reasons.mark(frame["bad"] != "", frame["bad"].to_numpy())
    reasons.mark(frame.duplicated("event"), "given_twice")
    reasons.mark(frame["event"].isin(replaced_events(frame)), "replaced")
    reasons.mark(frame["on"] > frame["known"], "dated_after_received")
    if _counts_days(events.kind, programme):
        reasons.mark((frame["to"] > frame["known"]) & (frame["to"] < EVER), "dated_after_received")
    ledger = programme.ledger(events.kind)
    if ledger is not None:
        reasons.mark(_column(frame, "matter") == "", "no_matter")
        reasons.mark(~_column(frame, "step").isin([step.id for step in ledger.steps]), "no_such_step")
        bearing = _column(frame, "step").isin([step.id for step in ledger.steps if step.bears])
        reasons.mark(bearing & _no_such_village(frame, registers), "no_such_village")
    else:
        reasons.mark(_no_such_village(frame, registers), "no_such_village")


def _test_visits(reasons: _Reasons, events: EventFrame, programme: Programme, registers: Registers) -> None:
    frame = reasons.frame
    rule = programme.events.get(events.kind)
    if rule is None or rule.by:
        reasons.mark(events.asks("by", frame) & (frame["by"] == ""), "no_person")
        if registers.has("posts"):
            reasons.mark((frame["by"] != "") & ~_posted(frame, registers), "no_post_on_that_day")
    if _is_of_households(events.kind, programme):
        reasons.mark(frame["household"] == "", "no_household")
    if registers.has("households"):
        reasons.mark((frame["household"] != "") & ~_lives_there(frame, registers), "no_such_household_that_day")


def replaced_events(frame: pd.DataFrame) -> set[str]:
    """The events that a later version replaces; a version does not replace itself, nor one received after it."""
    edited = (frame["replaces"] != "") & (frame["replaces"] != frame["event"])
    if not edited.any():
        return set()
    edits = frame.loc[edited, ["replaces", "known", "event"]]
    firsts = frame.drop_duplicates("event").set_index("event")["known"]
    earlier = edits["replaces"].map(firsts)
    held = edits[earlier <= edits["known"]]
    pairs = set(zip(held["event"], held["replaces"], strict=True))
    return {old for new, old in pairs if (old, new) not in pairs or new > old}


def _is_of_households(kind: str, programme: Programme) -> bool:
    """Whether events of this kind are visits to households: one a person, household and day."""
    counted = {duty.event for duty in programme.duties if duty.measure in ("visits", "households")}
    rule = programme.events.get(kind)
    return kind == "visit" or (kind in counted and rule is not None and bool(rule.household))


def _counts_days(kind: str, programme: Programme) -> bool:
    """Whether the days of these events are counted: a day that is still to come cannot have been stayed."""
    return any(duty.event == kind and duty.measure == "days" for duty in programme.duties)


def _two_villages(frame: pd.DataFrame) -> "pd.Series[bool]":
    """Whether a night of this event is also one of another event of the same person in another village."""
    lasting = frame[(frame["why"] == "") & (frame["to"] > frame["on"]) & (frame["village"] != "") & (frame["by"] != "")]
    rows = lasting[["by", "village", "on", "to"]].reset_index(names="row")
    met = rows.merge(rows, on="by", suffixes=("", "_other"))
    same = (met["village"] != met["village_other"]) & (met["on"] < met["to_other"]) & (met["on_other"] < met["to"])
    return pd.Series(frame.index.isin(met.loc[same, "row"]), index=frame.index)


def _doubles(frame: pd.DataFrame, free: Any) -> "pd.Series[bool]":
    """Of what would count, all but the first of one person, household and day."""
    rows = frame[free]
    double: pd.Series[bool] = rows.duplicated(["by", "household", "on"]).reindex(frame.index, fill_value=False)
    return double


def _no_such_village(frame: pd.DataFrame, registers: Registers) -> "pd.Series[bool]":
    if not registers.has("places"):
        return pd.Series(False, index=frame.index)
    return (frame["village"] != "") & ~frame["village"].isin(registers.table("places")["place"])


def _posted(frame: pd.DataFrame, registers: Registers) -> "pd.Series[bool]":
    return _held_on(frame, registers.table("posts").rename(columns={"person": "by"}), "by")


def _lives_there(frame: pd.DataFrame, registers: Registers) -> "pd.Series[bool]":
    return _held_on(frame, registers.table("households"), "household")


def _all_live_there(frame: pd.DataFrame, registers: Registers) -> "pd.Series[bool]":
    """Whether every household that a step names lived there then; a step may name several applicants."""
    named = frame.loc[frame["household"] != "", ["household", "on", "to"]]
    several = named["household"].str.contains(BETWEEN_HOUSEHOLDS)
    split = named[several].assign(household=named.loc[several, "household"].str.split(BETWEEN_HOUSEHOLDS)).explode("household")
    each = pd.concat([named[~several], split]).reset_index(names="row")
    known = (each["household"] == "") | each["household"].str.startswith(ERASED)
    lost = each.loc[~known & ~_lives_there(each, registers), "row"]
    return pd.Series(~frame.index.isin(lost), index=frame.index)


def _held_on(frame: pd.DataFrame, register: pd.DataFrame, key: str) -> "pd.Series[bool]":
    """Whether some row of the register with the same key holds on any day that the event covers."""
    rows = frame[[key, "on", "to"]].rename(columns={"to": "until"}).reset_index(names="row")
    pairs = rows.merge(register[[key, "from", "to"]], on=key)
    held = pairs.loc[(pairs["from"] <= pairs["until"]) & (pairs["to"] >= pairs["on"]), "row"]
    return pd.Series(frame.index.isin(held), index=frame.index)


def _credited(frame: pd.DataFrame, programme: Programme, registers: Registers) -> pd.DataFrame:
    """Whoever sent it did it, unless the desk entered it for another."""
    sent, by = frame["sent_by"], frame["by"]
    if not (sent != "").any():
        return frame.assign(sent_by_another=False)
    differs = (sent != "") & (by != "") & (sent != by)
    desk = differs & _at_desk(frame, programme, registers) if differs.any() else differs
    frame["entered_by"] = frame["entered_by"].where(~desk | (frame["entered_by"] != ""), sent)
    frame["sent_by_another"] = differs & ~desk
    frame["by"] = by.where(~((sent != "") & ~desk), sent)
    return frame


def _at_desk(frame: pd.DataFrame, programme: Programme, registers: Registers) -> "pd.Series[bool]":
    """Whether the sender held a rank of the desk on the day it was received."""
    ranks = {rank for ledger in programme.ledgers for rank in ledger.desk}
    posts = registers.table("posts")
    desks = posts[posts["rank"].isin(ranks)].rename(columns={"person": "sent_by"})
    received = frame[["sent_by", "known"]].assign(on=frame["known"], to=frame["known"])
    return _held_on(received, desks, "sent_by")


def _remarks(frame: pd.DataFrame, events: EventFrame, programme: Programme, registers: Registers) -> "pd.Series[str]":
    ledger = programme.ledger(events.kind) or (programme.ledgers[0] if programme.ledgers else None)
    late_after = ledger.late_after_days if ledger else 7
    marks: list[tuple[str, Any]] = [
        ("late", frame["known"] - frame["to"].where(frame["to"] < EVER, frame["on"]) > late_after),
        ("sent_by_another", frame["sent_by_another"]),
        ("unreadable_deadline", frame["deadline"] == UNREADABLE),
    ]
    if steps := programme.ledger(events.kind):
        unknown = ~_column(frame, "class").isin(["", *(one.id for one in steps.classes)])
        marks.append(("no_such_class", unknown))
    if steps and registers.has("households"):
        marks.append(("no_such_household_that_day", ~_all_live_there(frame, registers)))
    if _counts_days(events.kind, programme):
        marks.append(("two_villages_one_night", _two_villages(frame)))
    remarks = pd.Series("", index=frame.index, dtype=object)
    for id, mask in marks:
        remarks = remarks.where(~(mask & (frame["why"] == "")), remarks + " " + id)
    return remarks.str.strip()


def _column(frame: pd.DataFrame, name: str) -> "pd.Series[Any]":
    return frame[name] if name in frame else pd.Series("", index=frame.index, dtype=object)
