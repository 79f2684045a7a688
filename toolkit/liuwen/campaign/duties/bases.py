"""What a share is of: the households visited, or the people of a unit."""

import pandas as pd

from liuwen.campaign.duties.periods import DutyPeriod
from liuwen.campaign.registers import Registers
from liuwen.campaign.schema import DutyRule


def base_of(duty: DutyRule, rows: pd.DataFrame, registers: Registers, period: DutyPeriod, until: int) -> "dict[str, int]":
    """Who → how much there is of which the duty is a share, from the period's beginning to `until`.

    Args:
        duty: The duty; `of` says of what.
        rows: The credited events of the duty; those that only its `where` leaves out belong to the base.
        registers: The registers.
        period: The period.
        until: The last day.
    """
    ends = min(until, period.ends)
    if duty.of == "people_of_unit":
        return _people(registers, period.begins, ends)
    visited = rows[((rows["why"] == "") | rows["why"].str.startswith("only_")) & rows["on"].between(period.begins, ends)]
    return _counts(visited.drop_duplicates(["who", "household"])["who"])


def _people(registers: Registers, begins: int, ends: int) -> "dict[str, int]":
    """The people who held a post of each unit on some of these days; without posts, who is in the register of people."""
    people = registers.table("people")
    own = dict(zip(people["person"], people["unit"], strict=True))
    if not registers.has("posts"):
        return _counts(people[people["unit"] != ""].drop_duplicates(["person", "unit"])["unit"])
    posts = registers.table("posts")
    held = posts[(posts["from"] <= ends) & (posts["to"] >= begins)]
    unit = held["unit"].where(held["unit"] != "", held["person"].map(own).astype(object).fillna(""))
    return _counts(held.assign(unit=unit)[unit != ""].drop_duplicates(["person", "unit"])["unit"])


def _counts(keys: "pd.Series[str]") -> dict[str, int]:
    return {str(key): int(count) for key, count in keys.value_counts().items()}
