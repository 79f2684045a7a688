"""What a person has done: visits (one a household and day), or different households."""

import pandas as pd

from liuwen.campaign.duties.periods import DutyPeriod
from liuwen.campaign.events import CountedEvents
from liuwen.campaign.schema import DutyRule


def done_by_person(duty: DutyRule, events: CountedEvents, period: DutyPeriod, on: int) -> "pd.Series[int]":
    """How much each person has done by `on`, by person; who has done nothing is not in it."""
    rows = events.counted
    rows = rows[(rows["on"] >= period.begins) & (rows["on"] <= min(period.ends, on))]
    for question, values in duty.where.items():
        if question in rows:
            rows = rows[rows[question].isin(values)]
    key = ["by", "household"] if duty.measure == "households" else ["by", "household", "on"]
    return rows.drop_duplicates(key).groupby("by").size()
