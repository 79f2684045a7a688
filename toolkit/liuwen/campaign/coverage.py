"""Coverage: of the households that live in a village, those visited, month by month and day by day.

A count of few households could say which one was visited; what is not for the office is given in steps, and few are not given.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from liuwen.campaign.boards import BATCH
from liuwen.campaign.calendars import month_days, month_of

COVERAGE_COLUMNS = ("village", "month", "households", "visited_in_month", "visited", "twice", "tried")
COUNTS = ("visited_in_month", "visited", "twice", "tried")


@dataclass(frozen=True)
class CoverageSources:
    """The households register, and the visits of a year given and counted; days are numbers."""

    households: pd.DataFrame
    given: pd.DataFrame
    begins: int
    on: int

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The visits that count, one a household and day, between the first day and `on`."""
        return self._between("").drop_duplicates(["household", "on"])

    @cached_property
    def tried(self) -> set[str]:
        """The households where somebody came or called and no visit counts."""
        rows = self.given[(self.given["why"] != "") & self.given["on"].between(self.begins, self.on)]
        return set(rows["household"]) - set(self.counted["household"])

    def _between(self, why: str) -> pd.DataFrame:
        return self.given[(self.given["why"] == why) & self.given["on"].between(self.begins, self.on)]


def households_on(households: pd.DataFrame, day: int) -> pd.DataFrame:
    """The households that live in the town on a day, each with its village."""
    there = households[(households["from"] <= day) & (households["to"] >= day)]
    return there.drop_duplicates("household")[["household", "village"]]


def coverage_by_month(sources: CoverageSources) -> pd.DataFrame:
    """The coverage of each village at the end of each month up to `on`.

    Args:
        sources: The register and the visits.

    Returns:
        `village, month, households` (that live there on the last day), and of those `visited_in_month`, `visited` (since the
        first day), `twice`, and `tried` (called at or telephoned, not visited so far).
    """
    days = _visit_days(sources)
    parts = [_of_month(month, sources, days) for month in _months(sources.begins, sources.on)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COVERAGE_COLUMNS))


def coverage_on(sources: CoverageSources) -> pd.DataFrame:
    """The coverage of each village on the day itself: the rows of `coverage_by_month` for its month."""
    return _of_month(month_of(sources.on), sources, _visit_days(sources))


def coverage_by_day(sources: CoverageSources, village: str = "") -> "pd.Series[int]":
    """The number of households visited on each day that has a visit.

    Args:
        sources: The register and the visits.
        village: One village; all of them if empty.

    Returns:
        Households by the number of the day.
    """
    there = households_on(sources.households, sources.on)
    own = there if not village else there[there["village"] == village]
    rows = sources.counted
    return rows[rows["household"].isin(own["household"])].groupby("on")["household"].nunique()


def households_left(sources: CoverageSources) -> pd.DataFrame:
    """The households not visited since the first day.

    Args:
        sources: The register and the visits.

    Returns:
        `village, household, tried` (whether somebody came or called).
    """
    there = households_on(sources.households, sources.on)
    left = there[~there["household"].isin(sources.counted["household"])]
    made = left.assign(tried=left["household"].isin(sources.tried))
    return made[["village", "household", "tried"]].sort_values(["village", "household"]).reset_index(drop=True)


def in_steps(table: pd.DataFrame) -> pd.DataFrame:
    """Coverage for everybody: counts rounded down to steps of five; nothing of a village with fewer households than that."""
    few = table["households"] < BATCH
    stepped = {name: (table[name] // BATCH * BATCH).astype("Int64").mask(few) for name in COUNTS}
    return table.assign(**stepped, households=table["households"].astype("Int64").mask(few))


VisitDays = tuple[pd.DataFrame, "pd.Series[int]", "pd.Series[int]"]
"""The visits, and household → the day of its first and of its second."""


def _visit_days(sources: CoverageSources) -> VisitDays:
    visits = sources.counted.sort_values("on", kind="stable")
    order = visits.groupby("household").cumcount()
    first, second = (visits[order == at].set_index("household")["on"] for at in (0, 1))
    return visits, first, second


def _of_month(month: str, sources: CoverageSources, days: VisitDays) -> pd.DataFrame:
    visits, first, second = days
    begins, ends = month_days(month)
    last = min(ends, sources.on)
    there = households_on(sources.households, last)
    own = there["household"]
    fresh = visits.loc[visits["on"].between(begins, last), "household"]
    marks = there.assign(
        visited_in_month=own.isin(fresh),
        visited=_by_then(own, first, last),
        twice=_by_then(own, second, last),
        tried=own.isin(sources.tried),
    )
    grouped = marks.groupby("village", sort=True)
    made = grouped[list(COUNTS)].sum().astype(int).assign(households=grouped.size(), month=month).reset_index()
    return made[list(COVERAGE_COLUMNS)]


def _by_then(households: "pd.Series[str]", days: "pd.Series[int]", last: int) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    return np.asarray(households.map(days).to_numpy(dtype=float) <= last, dtype=bool)


def _months(begins: int, on: int) -> list[str]:
    found, day = [], begins
    while day <= on:
        found.append(month_of(day))
        day = month_days(found[-1])[1] + 1
    return found
