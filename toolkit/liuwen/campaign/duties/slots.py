"""A duty of slots: of the turns that a roster gives somebody, the share kept as rostered."""

from fractions import Fraction

import pandas as pd

from liuwen.campaign.duties.owed import DutyAmount
from liuwen.campaign.duties.periods import DutyPeriod
from liuwen.campaign.schema import DutyRule


def slots_by_person(kept: pd.DataFrame, period: DutyPeriod, on: int) -> pd.DataFrame:
    """The turns of a period by person ("" where there was nobody): `base`, `done` as rostered, `passed` by the end of `on`."""
    first, last = pd.Timestamp("1970-01-01") + pd.to_timedelta([period.begins, period.ends], unit="D")
    rows = kept[(kept["day"] >= first) & (kept["day"] <= last)]
    marked = rows[["person"]].assign(base=1, done=rows["kept"] == "as_rostered", passed=rows["kept"] != "not_yet")
    return marked.groupby("person", sort=True).sum().astype(int)


def slot_amount(duty: DutyRule, base: int, passed: int) -> DutyAmount:
    """What is owed of so many turns, and how much by now."""
    part = Fraction(duty.at_least.every or 0) if duty.at_least else Fraction(0)
    return DutyAmount(Fraction(-int(-part * base // 1)), part * passed)
