"""Attendance in the villages: days and nights that people stayed in a month, and whether meals were paid for."""

import pandas as pd

from liuwen.campaign.duties.table import days_in_post
from liuwen.campaign.duties.tally import dated_rows, nights_between
from liuwen.campaign.registers import Registers
from liuwen.campaign.schema import DutyRule

ATTENDANCE_COLUMNS = ("person", "villages", "stays", "days", "nights", "meals_paid", "meals_unpaid", "meals_unknown")
PAID, UNPAID = ("paid", "canteen", "none"), ("not_paid",)
"""What the form calls meals that were paid for, or not had at all; and meals that were not paid for."""


def attendance_table(stays: pd.DataFrame, registers: Registers, begins: int, ends: int) -> pd.DataFrame:
    """Who stayed where between two days.

    Args:
        stays: The stays that count: `on, to, by, village`, and `meals` or `meals_paid` where the form asks.
        registers: The registers; days without a post are no days of a stay.
        begins: The first day.
        ends: The last day.

    Returns:
        One row per person, by code: `person, villages, stays, days` (different dates), `nights`, and of the stays
        `meals_paid` (or none were had), `meals_unpaid` and `meals_unknown`.
    """
    rows = stays.assign(who=stays["by"], meals=_meals(stays))
    here = rows[(rows["on"] <= ends) & (rows["to"] >= begins)]
    if here.empty:
        return pd.DataFrame(columns=list(ATTENDANCE_COLUMNS))
    rule = DutyRule(measure="days")
    dated = days_in_post(rule, dated_rows(rule, here, begins, ends), registers)
    grouped = here.assign(paid=here["meals"].isin(PAID), unpaid=here["meals"].isin(UNPAID)).groupby("who", sort=True)
    table = grouped.agg(stays=("event", "size"), meals_paid=("paid", "sum"), meals_unpaid=("unpaid", "sum"))
    made = table.assign(
        villages=grouped["village"].agg(lambda places: " ".join(sorted(set(places) - {""}))),
        days=dated.groupby("who")["on"].nunique().reindex(table.index).fillna(0).astype(int),
        nights=nights_between(here, begins, ends).reindex(table.index).fillna(0).astype(int),
        meals_unknown=table["stays"] - table["meals_paid"] - table["meals_unpaid"],
    )
    return made.reset_index(names="person")[list(ATTENDANCE_COLUMNS)]


def _meals(stays: pd.DataFrame) -> "pd.Series[str]":
    name = next((name for name in ("meals", "meals_paid") if name in stays), None)
    return stays[name] if name else pd.Series("", index=stays.index, dtype=object)
