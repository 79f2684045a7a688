"""Stays by year: different days, and nights."""

from datetime import date

import pandas as pd

from liuwen.campaign.days import date_of, number_of
from liuwen.campaign.duties.table import days_in_post
from liuwen.campaign.duties.tally import dated_rows, nights_between
from liuwen.campaign.registers import Registers
from liuwen.campaign.schema import DutyRule


def years_stayed(rule: DutyRule, stays: pd.DataFrame, registers: Registers, on: int) -> pd.DataFrame:
    """The days and nights of one person's stays, a row a year: 30 December to 2 January are two days in each year."""
    seen = stays[stays["on"] <= on]
    if seen.empty:
        return pd.DataFrame({"year": pd.Series(dtype=object), "days": pd.Series(dtype=int), "nights": pd.Series(dtype=int)})
    last = min(int(seen["to"].max()), on)
    rows = []
    for year in range(date_of(int(seen["on"].min())).year, date_of(last).year + 1):
        begins, ends = number_of(date(year, 1, 1)), min(number_of(date(year, 12, 31)), on)
        days = days_in_post(rule, dated_rows(rule, seen, begins, ends), registers)["on"].nunique()
        rows.append((str(year), int(days), int(nights_between(seen, begins, ends).sum())))
    return pd.DataFrame(rows, columns=["year", "days", "nights"])
