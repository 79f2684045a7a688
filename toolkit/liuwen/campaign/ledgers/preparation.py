"""From counted events to the steps of a fold: when each takes effect, what it fails to say, what the desk has taken back.

All of it is table work; only the fold itself goes step by step.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.campaign.days import NO_DAY, UNREADABLE
from liuwen.campaign.events import CountedEvents
from liuwen.campaign.posts import Posts
from liuwen.campaign.schema import LedgerRule, StepRule

SAID = ("matter", "step", "class", "title", "note", "reason", "of", "handler", "after", "undoes", "satisfied", "order")
"""What a step says, in columns of texts; a column that no source has is blank."""


class GivenStep(NamedTuple):
    """One step as the fold takes it; `deadline` may be None, `refused` says why it cannot be taken in any state."""

    matter: str
    step: int
    day: int
    event: str
    by: str
    village: str
    applicant: str
    topic: str
    deadline: int | None
    of: str
    note: str
    handler: str
    satisfied: str
    title: str
    refused: str
    late: bool


@dataclass(frozen=True)
class PreparedSteps:
    """The steps of a ledger as known on a day, not yet cut off at a day.

    `frame` has a row a counted step: what was given, and `step_index`, `day` (on which it takes effect), `late`, `refused`,
    `voided` (by the desk), `order_key`.
    """

    rule: LedgerRule
    frame: pd.DataFrame


def prepare_steps(events: CountedEvents, rule: LedgerRule, posts: Posts) -> PreparedSteps:
    """The counted steps of a ledger with everything that the fold needs to know of each."""
    frame = events.counted.reset_index(drop=True)
    for column in SAID:
        if column not in frame:
            frame[column] = ""
    positions = {step.id: at for at, step in enumerate(rule.steps)}
    frame["step_index"] = frame["step"].map(positions).astype(np.int64)
    reported = _first_reported(frame, events.frame)
    frame["late"] = reported - frame["on"] > rule.late_after_days
    frame["day"] = _effective_days(frame, reported, rule)
    frame["refused"] = _refused(frame, events, rule)
    frame["order_key"] = pd.to_numeric(frame["order"], errors="coerce").fillna(np.inf)
    frame["voided"] = _void(frame, rule, posts)
    return PreparedSteps(rule, frame)


def given_steps(frame: pd.DataFrame, rule: LedgerRule) -> list[GivenStep]:
    """The rows of a prepared frame as the fold takes them."""
    deadlines = frame["deadline"].to_numpy(dtype=np.int64)
    columns = [
        frame["matter"].tolist(),
        frame["step_index"].tolist(),
        frame["day"].tolist(),
        frame["event"].tolist(),
        frame["by"].tolist(),
        frame["village"].tolist(),
        frame[_applicant_column(rule)].tolist() if _applicant_column(rule) in frame else [""] * len(frame),
        frame["class"].tolist(),
        [None if day in (NO_DAY, UNREADABLE) else day for day in deadlines.tolist()],
        frame["of"].tolist(),
        frame["note"].where(frame["note"] != "", frame["reason"]).tolist(),
        frame["handler"].tolist(),
        frame["satisfied"].tolist(),
        frame["title"].tolist(),
        frame["refused"].tolist(),
        frame["late"].tolist(),
    ]
    return list(map(GivenStep._make, zip(*columns, strict=True)))


def _applicant_column(rule: LedgerRule) -> str:
    return rule.named.get("applicant", "applicant")


def _first_reported(frame: pd.DataFrame, everything: pd.DataFrame) -> "pd.Series[int]":
    """The day on which this day of the step was first reported: correcting a word weeks later does not make it late."""
    edits = frame["replaces"] != ""
    if not edits.any():
        return frame["known"]
    rows = everything.drop_duplicates("event").set_index("event")
    said = {
        event: (on, known, older)
        for event, on, known, older in zip(rows.index, rows["on"], rows["known"], rows["replaces"], strict=True)
    }
    first = frame["known"].copy()
    for at in frame.index[edits]:
        on, older, seen = frame.at[at, "on"], frame.at[at, "replaces"], set()
        while older in said and older not in seen and said[older][0] == on:
            seen.add(older)
            first.at[at] = min(first.at[at], said[older][1])
            older = said[older][2]
    return first


def _effective_days(frame: pd.DataFrame, reported: "pd.Series[int]", rule: LedgerRule) -> "pd.Series[int]":
    """The day named; the day received where that was too much later; never before the step that it answers takes effect."""
    moved = frame["late"] & ~frame["step"].isin(rule.never_moved)
    days = frame["on"].where(~moved, reported)
    if not (frame["after"] != "").any():
        return days
    answered = frame["after"].map(pd.Series(frame.index, index=frame["event"]))
    rows = answered.dropna().astype(np.int64)
    rows = rows[(frame.loc[rows.index, "matter"].to_numpy() == frame.loc[rows.to_numpy(), "matter"].to_numpy())]
    for _ in range(len(rows)):
        later = np.maximum(days.loc[rows.index].to_numpy(), days.loc[rows.to_numpy()].to_numpy())
        if (later == days.loc[rows.index].to_numpy()).all():
            break
        days.loc[rows.index] = later
    return days


def _refused(frame: pd.DataFrame, events: CountedEvents, rule: LedgerRule) -> NDArray[np.object_]:
    """What a step does not say though it must, in the order of the programme; "" where it says all."""
    refused = np.full(len(frame), "", dtype=object)
    taken = frame["step_index"].to_numpy()
    for at, step in enumerate(rule.steps):
        rows = taken == at
        if not rows.any():
            continue
        for need in step.needs:
            column = rule.named.get(need, need)
            blank = rows & events.source.asks(column, frame) & _blank(frame, column)
            refused[blank & (refused == "")] = f"without_{need}"
        for question, values in step.where.items():
            wrong = rows & events.source.asks(question, frame) & ~_texts(frame, question).isin(values).to_numpy()
            refused[wrong & (refused == "")] = f"where_{question}"
    known = {one.id for one in rule.classes} | {""}
    bears = np.array([step.bears for step in rule.steps])[taken]
    unknown = (~frame["class"].isin(known)).to_numpy()
    frame.loc[unknown & bears, "class"] = ""
    refused[unknown & ~bears & (refused == "")] = "no_such_class"
    return refused


def _blank(frame: pd.DataFrame, column: str) -> NDArray[np.bool_]:
    if column == "deadline":
        return (frame[column] == NO_DAY).to_numpy()
    return (_texts(frame, column) == "").to_numpy()


def _texts(frame: pd.DataFrame, column: str) -> "pd.Series[Any]":
    return frame[column] if column in frame else pd.Series("", index=frame.index, dtype=object)


def _void(frame: pd.DataFrame, rule: LedgerRule, posts: Posts) -> "pd.Series[bool]":
    """Which steps the desk has taken back; a void that may not be made gets its reason in `refused`."""
    undoing = {at for at, step in enumerate(rule.steps) if step.undoes}
    voids = frame.index[frame["step_index"].isin(undoing)]
    voided = pd.Series(False, index=frame.index)
    if voids.empty:
        return voided
    at_event = {event: at for at, event in enumerate(frame["event"])}
    villages = _villages(frame, rule)
    matters, steps = frame["matter"].tolist(), frame["step_index"].tolist()
    taken_back = frame.loc[voids, ["matter", "step_index", "by", "day", "undoes", "refused"]]
    for row, cells in zip(voids, taken_back.to_dict("split")["data"], strict=True):
        void = _Void(*cells)
        target = at_event.get(void.undoes)
        undone = None if target is None or matters[target] != void.matter else rule.steps[steps[target]]
        refused = void.refused or _why_not_void(void, undone, rule, posts, villages)
        frame.at[row, "refused"] = refused
        if not refused:
            voided.at[target] = True
    return voided


def _villages(frame: pd.DataFrame, rule: LedgerRule) -> dict[str, str]:
    bearing = [step.id for step in rule.steps if step.bears]
    rows = frame[frame["step"].isin(bearing)].drop_duplicates("matter")
    return dict(zip(rows["matter"], rows["village"], strict=True))


class _Void(NamedTuple):
    """A step of the desk that takes another back."""

    matter: str
    step_index: int
    by: str
    day: int
    undoes: str
    refused: str


def _why_not_void(void: _Void, undone: StepRule | None, rule: LedgerRule, posts: Posts, villages: dict[str, str]) -> str:
    step = rule.steps[void.step_index]
    if undone is None:
        return "no_such_step_to_void"
    if undone.bears or undone.undoes:
        return "bears_the_matter" if undone.bears else "void_of_a_void"
    allowed = "anyone" in step.by or posts.holds(void.by, rule.desk, void.day, villages.get(void.matter, ""))
    return "" if allowed else "not_" + "_or_".join(step.by)
