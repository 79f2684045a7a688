"""The table of duties: a row a duty, period and owner."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from liuwen.campaign.duties.bases import base_of
from liuwen.campaign.duties.credited import credited_events
from liuwen.campaign.duties.owed import DutyAmount, amount_owed
from liuwen.campaign.duties.owners import DutyOwner, duty_owners
from liuwen.campaign.duties.periods import DutyPeriod, duty_periods
from liuwen.campaign.duties.slots import slot_amount, slots_by_person
from liuwen.campaign.duties.tally import (
    dated_rows,
    fewest_running,
    most_in_windows,
    most_running,
    nights_between,
    same_when,
    tally,
)
from liuwen.campaign.events import CountedEvents
from liuwen.campaign.reasons import ATTEMPTS, REASONS
from liuwen.campaign.registers import Registers
from liuwen.campaign.schema import DutyRule, Programme
from liuwen.campaign.stretches import within

COLUMNS = ("duty", "each", "who", "period", "required", "done", "short", "share", "expected_by_now", "state")
BESIDE = ("at_most", "base", "nights", "attempts", "calls", "doubles")
"""What is shown beside a duty: its upper bound, the base of a share, nights of a stay, and what did not count as a visit."""
STATES = ("met", "on the way", "behind", "missed", "over", "not owed", "not yet")


@dataclass(frozen=True)
class DutySources:
    """What duties are counted from: the rules, the registers and events as known on a day, the day itself, and the year."""

    programme: Programme
    registers: Registers
    events: Callable[[DutyRule], CountedEvents]
    kept: Callable[[str], pd.DataFrame]
    on: int
    year: int


def duty_rows(duty: DutyRule, sources: DutySources) -> pd.DataFrame:
    """The rows of one duty: a period after the other, owners by their codes."""
    periods = duty_periods(duty, sources.programme, sources.year)
    if duty.each == "slot":
        kept = sources.kept(duty.roster)
        parts = [_of_slots(duty, period, kept, sources.on) for period in periods]
    else:
        owners, rows = duty_owners(duty, sources.registers), counting_rows(duty, sources)
        parts = [_of_period(duty, period, owners, rows, sources) for period in periods]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*COLUMNS, *BESIDE])


def _of_slots(duty: DutyRule, period: DutyPeriod, kept: pd.DataFrame, on: int) -> pd.DataFrame:
    slots = slots_by_person(kept, period, on)
    made = [
        (str(who), slot_amount(duty, base, passed), done)
        for who, base, done, passed in zip(
            slots.index, slots["base"].tolist(), slots["done"].tolist(), slots["passed"].tolist(), strict=True
        )
    ]
    table = _rows(duty, period, made, on)
    return table.assign(base=slots["base"].tolist(), **dict.fromkeys(BESIDE[2:], 0))


def counting_rows(duty: DutyRule, sources: DutySources) -> pd.DataFrame:
    """The credited events of a duty; days of a stay on which the person held no post are no days of it."""
    rows = credited_events(duty, sources.events(duty), sources.registers)
    return rows[rows["who"] != ""]


def days_in_post(duty: DutyRule, rows: pd.DataFrame, registers: Registers) -> pd.DataFrame:
    """Of rows of days, those on which the person held a post; a register of posts that was not given tests nothing."""
    if duty.measure != "days" or not registers.has("posts"):
        return rows
    posts = registers.table("posts")
    met = rows[["by", "on"]].reset_index(drop=True).reset_index(names="row").merge(posts, left_on="by", right_on="person")
    held = met.loc[(met["from"] <= met["on"]) & (met["to"] >= met["on"]), "row"].unique()
    return rows.iloc[sorted(held)]


def _of_period(
    duty: DutyRule, period: DutyPeriod, owners: list[DutyOwner], rows: pd.DataFrame, sources: DutySources
) -> pd.DataFrame:
    counts = rows[rows["why"] == ""]
    done = _done(duty, period, owners, counts, sources)
    base = base_of(duty, rows, sources.registers, period, sources.on) if duty.measure == "share" else {}
    amounts = _amounts(duty, period, owners, base, sources.on)
    beside = _beside(duty, period, rows, sources.on)
    table = _rows(duty, period, [(owner.who, amounts[owner.who], done.get(owner.who, 0)) for owner in owners], sources.on)
    table["base"] = table["who"].map(base).fillna(0).astype(int) if duty.measure == "share" else 0
    for name in BESIDE[2:]:
        counted = beside.get(name)
        table[name] = 0 if counted is None else table["who"].map(counted).fillna(0).astype(int)
    return table


def _done(
    duty: DutyRule, period: DutyPeriod, owners: list[DutyOwner], counts: pd.DataFrame, sources: DutySources
) -> "Mapping[str, int | Fraction]":
    ends = min(period.ends, sources.on)
    if period.running:
        return _running(duty, period, owners, counts, sources)
    rows = dated_rows(duty, counts, period.begins, ends)
    if rows.empty:
        return {}
    rows = days_in_post(duty, rows, sources.registers)
    if duty.measure == "sum":
        return _sums(rows)
    counted = tally(rows, same_when(duty), period.begins, ends)
    return dict(zip(counted["who"].tolist(), counted["done"].tolist(), strict=True))


def _sums(rows: pd.DataFrame) -> Mapping[str, Fraction]:
    found: dict[str, Fraction] = {}
    amounts = rows["money"] if "money" in rows else [""] * len(rows)
    for who, amount in zip(rows["who"], amounts, strict=True):
        found[who] = found.get(who, Fraction(0)) + Fraction(amount or 0)
    return found


def _running(
    duty: DutyRule, period: DutyPeriod, owners: list[DutyOwner], counts: pd.DataFrame, sources: DutySources
) -> Mapping[str, int]:
    """The most in any so many days running that end in the period by `on`; for a lower bound the fewest."""
    ends = min(period.ends, sources.on)
    same = same_when(duty)
    rows = days_in_post(duty, dated_rows(duty, counts, period.begins - period.running + 1, ends), sources.registers)
    if duty.at_least is None and "on" in same:
        return (
            most_in_windows(rows.drop_duplicates(["who", *same]), period.running, period.begins) if ends >= period.begins else {}
        )
    held: dict[str, tuple[list[int], list[object]]] = {}
    keys = rows[list(same)].itertuples(index=False, name=None)
    for who, day, key in zip(rows["who"].tolist(), rows["on"].tolist(), keys, strict=True):
        own = held.setdefault(who, ([], []))
        own[0].append(day)
        own[1].append(key)
    found: dict[str, int] = {}
    for owner in owners:
        days, what = held.get(owner.who, ([], []))
        if duty.at_least is None:
            found[owner.who] = most_running(days, what, period.running, period.begins) if ends >= period.begins else 0
        else:
            found[owner.who] = _fewest(owner, period, days, what, ends)
    return found


def _fewest(owner: DutyOwner, period: DutyPeriod, days: list[int], keys: list[object], ends: int) -> int:
    stretches = within(owner.days, period.begins, ends)
    found = [fewest_running(days, keys, period.running, first, last) for first, last in stretches]
    return min((one for one in found if one is not None), default=len(set(keys)))


def _amounts(
    duty: DutyRule, period: DutyPeriod, owners: list[DutyOwner], base: Mapping[str, int], on: int
) -> dict[str, DutyAmount]:
    if duty.measure == "share":
        return {owner.who: _share(duty, base.get(owner.who, 0)) for owner in owners}
    kept: dict[object, DutyAmount] = {}
    found = {}
    for owner in owners:
        alike = tuple(owner.held.items())
        if alike not in kept:
            kept[alike] = amount_owed(duty, owner, period, on)
        found[owner.who] = kept[alike]
    return found


def _share(duty: DutyRule, base: int) -> DutyAmount:
    part = Fraction(duty.at_least.every or 0) if duty.at_least else Fraction(0)
    required = Fraction(-int(-part * base // 1))
    return DutyAmount(required, required)


def _beside(duty: DutyRule, period: DutyPeriod, rows: pd.DataFrame, on: int) -> "dict[str, pd.Series[int]]":
    ends = min(period.ends, on)
    if duty.measure == "days":
        return {"nights": nights_between(rows[rows["why"] == ""], period.begins, ends)}
    left = rows[(rows["why"] != "") & rows["on"].between(period.begins, ends)]
    if left.empty:
        return {}
    kinds = {"calls": left["why"] == "phone", "doubles": left["why"] == "same_day_double", "attempts": _attempt(left["why"])}
    return {name: left[mask].groupby("who").size() for name, mask in kinds.items()}


def _attempt(why: "pd.Series[str]") -> "pd.Series[bool]":
    """Whether the visit was tried: what it says of its outcome does not count."""
    others = set(REASONS) - ATTEMPTS
    return ~why.isin(others) & ~why.str.contains("^(?:only|without|not)_")


def _rows(duty: DutyRule, period: DutyPeriod, stands: "list[tuple[str, DutyAmount, int | Fraction]]", on: int) -> pd.DataFrame:
    """The rows of owners; who owes the same and has done as much has the same figures, which are computed once."""
    kept: dict[tuple[int, int | Fraction], tuple[object, ...]] = {}
    made = []
    for who, amount, done in stands:
        key = id(amount), done
        if key not in kept:
            kept[key] = _figures(period, amount, Fraction(done), on)
        made.append((duty.id, duty.each, who, period.name, *kept[key]))
    return pd.DataFrame(made, columns=[*COLUMNS, "at_most"])


def _figures(period: DutyPeriod, amount: DutyAmount, done: Fraction, on: int) -> tuple[object, ...]:
    required = amount.required
    return (
        plain(required),
        plain(done),
        plain(max(required - done, Fraction(0))),
        float(done / required) if required else float("nan"),
        round(float(amount.by_now), 2),
        duty_state(amount, done, period, on),
        float("nan") if amount.at_most is None else float(amount.at_most),
    )


def duty_state(amount: DutyAmount, done: Fraction, period: DutyPeriod, on: int) -> str:
    """One of `STATES`: how a duty stands at the end of `on`."""
    if amount.required == 0 and amount.at_most is None:
        return "not owed"
    if amount.at_most is not None and done > amount.at_most:
        return "over"
    if done >= amount.required:
        return "not yet" if on < period.begins and amount.required == 0 else "met"
    if on < period.begins:
        return "not yet"
    if on >= period.ends:
        return "missed"
    return "behind" if done < amount.by_now else "on the way"


def plain(number: Fraction) -> int | float:
    """A whole number as one; any other as the nearest float."""
    return int(number) if number.denominator == 1 else float(number)
