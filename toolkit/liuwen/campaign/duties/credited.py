"""To whom each event is credited: its person, village, unit, household or pair; and why it does not count for this duty."""

from typing import Any

import numpy as np
import pandas as pd

from liuwen.campaign.duties.owners import pair_name
from liuwen.campaign.events import CountedEvents
from liuwen.campaign.registers import Registers
from liuwen.campaign.schema import DutyRule

KEPT = ("event", "on", "to", "known", "by", "household", "village", "unit", "subject", "money", "why", "end_key")
SUBJECT = ("subject", "household", "enterprise")
"""What an event may name as the other side of a pair."""


def credited_events(duty: DutyRule, events: CountedEvents, registers: Registers) -> pd.DataFrame:
    """The events of a duty, a row each: `who` it is credited to, and `why` it does not count ("" where it does).

    Events that are credited to nobody have `who` "". The order is that of the days, then of arrival.
    """
    rows = _with_villages(events.frame, registers)
    rows = rows.sort_values(["on", "known", "end_key", "event"], kind="stable").reset_index(drop=True)
    why = rows["why"].to_numpy(dtype=object)
    for question, values in duty.where.items():
        if question in rows:
            why = np.where((why == "") & ~rows[question].isin(values), f"only_{question}", why)
    if duty.measure == "sum":
        why = np.where((why == "") & ~_amounts_read(rows), "unreadable_amount", why)
    rows["why"] = why
    rows["unit"] = _units(rows, registers) if duty.each == "unit" or duty.of == "people_of_unit" else ""
    rows["who"] = _who(duty, rows, registers)
    if duty.each == "pair":
        rows = _in_force(duty, rows, registers)
    if duty.at == "paired_village":
        rows["why"] = rows["why"].where((rows["why"] != "") | _at_home(rows, registers), "outside_paired_village")
    return rows[[column for column in (*KEPT, "who") if column in rows]]


def household_villages(registers: Registers) -> dict[str, str]:
    """Each household's village, the last known."""
    rows = registers.table("households").sort_values("from", kind="stable")
    return dict(zip(rows["household"], rows["village"], strict=True))


def _amounts_read(rows: pd.DataFrame) -> Any:
    """Whether each amount is a number; a blank one is nothing."""
    given = rows["money"] if "money" in rows else pd.Series("", index=rows.index)
    return given.str.fullmatch(r"-?\d{1,15}(?:\.\d{1,6})?|").to_numpy(dtype=bool)


def _with_villages(frame: pd.DataFrame, registers: Registers) -> pd.DataFrame:
    blank = (frame["village"] == "") & (frame["household"] != "")
    if not blank.any():
        return frame.copy()
    known = frame["household"].map(household_villages(registers)).astype(object).fillna("")
    return frame.assign(village=frame["village"].where(~blank, known))


def _who(duty: DutyRule, rows: pd.DataFrame, registers: Registers) -> "pd.Series[Any]":
    if duty.each == "pair":
        subjects = pd.Series("", index=rows.index, dtype=object)
        for column in SUBJECT:
            if column in rows:
                subjects = subjects.where(subjects != "", rows[column])
        names = [pair_name(person, subject) for person, subject in zip(rows["by"], subjects, strict=True)]
        return pd.Series(names, index=rows.index, dtype=object)
    column = {"person": "by", "village": "village", "household": "household", "unit": "unit"}[duty.each]
    return rows[column]


def _in_force(duty: DutyRule, rows: pd.DataFrame, registers: Registers) -> pd.DataFrame:
    """Only events of pairs, each with whether its pair stood that day."""
    pairs = registers.table("pairs")
    pairs = pairs[pairs["rule"].isin([duty.pairing, ""])]
    names = [pair_name(person, subject) for person, subject in zip(pairs["person"], pairs["subject"], strict=True)]
    own = rows[rows["who"].isin(names)].copy()
    stood = _on_its_day(own, pairs.assign(who=pd.Series(names, index=pairs.index, dtype=object)), "who")
    own["why"] = own["why"].where((own["why"] != "") | stood, "pair_not_in_force")
    return own


def _units(rows: pd.DataFrame, registers: Registers) -> "pd.Series[Any]":
    """The unit that the event names, else that of the person's post on the day, else the person's own."""
    given = rows["unit"] if "unit" in rows else pd.Series("", index=rows.index, dtype=object)
    return given.where(given != "", person_units(rows, registers))


def person_units(rows: pd.DataFrame, registers: Registers) -> "pd.Series[Any]":
    """The unit of `by` on the day of each row."""
    posts = registers.table("posts")
    posts = posts[posts["unit"] != ""]
    people = registers.table("people")
    own = rows["by"].map(dict(zip(people["person"], people["unit"], strict=True))).astype(object).fillna("")
    if posts.empty:
        return own
    met = rows[["by", "on"]].reset_index(names="row").merge(posts.rename(columns={"person": "by"}), on="by")
    met = met[(met["from"] <= met["on"]) & (met["to"] >= met["on"])].sort_values("from").drop_duplicates("row", keep="last")
    return rows.index.to_series().map(met.set_index("row")["unit"]).astype(object).fillna(own)


def _at_home(rows: pd.DataFrame, registers: Registers) -> "pd.Series[bool]":
    """Whether the event was in the village that is paired with its unit that day."""
    units = registers.table("units").rename(columns={"paired_village": "village"})
    keyed = rows.assign(who=rows["who"] + "\n" + rows["village"])
    return _on_its_day(keyed, units.assign(who=units["unit"] + "\n" + units["village"]), "who")


def _on_its_day(rows: pd.DataFrame, register: pd.DataFrame, key: str) -> "pd.Series[bool]":
    asked = rows[[key, "on", "to"]].rename(columns={"to": "until"}).reset_index(names="row")
    met = asked.astype({key: object}).merge(register.astype({key: object}), on=key)
    held = met.loc[(met["from"] <= met["until"]) & (met["to"] >= met["on"]), "row"]
    return pd.Series(rows.index.isin(held), index=rows.index)
