"""Household files: what the town knows of its dealings with a household, and no opinion, answer or group of it."""

from typing import Any

import numpy as np
import pandas as pd

from liuwen.campaign.coverage import CoverageSources, households_on
from liuwen.campaign.days import as_dates

FILE_COLUMNS = ("village", "household", "visits", "last_visit", "matters", "open", "linked_to")


def household_files(
    sources: CoverageSources, applicants: pd.DataFrame, open_matters: frozenset[str], pairs: pd.DataFrame
) -> pd.DataFrame:
    """One file per household that lives there on the day.

    Args:
        sources: The register of households, and the visits of the year.
        applicants: Who asked for which matter: `matter, applicant`; without confidential matters.
        open_matters: The matters not closed yet.
        pairs: The pairs that stand: `person, subject`.

    Returns:
        One row per household, by village and code: `village, household, visits` (days on which a visit counts, in the year),
        `last_visit`, `matters` (asked for so far), `open` (of those), `linked_to` (the codes of its officials).
    """
    there = households_on(sources.households, sources.on).set_index("household")
    visits = sources.counted.groupby("household")["on"]
    asked = applicants.drop_duplicates(["matter", "applicant"])
    live = asked[asked["matter"].isin(open_matters)]
    linked = pairs.drop_duplicates(["person", "subject"]).sort_values("person").groupby("subject")["person"].agg(" ".join)
    made = there.assign(
        visits=visits.size().reindex(there.index).fillna(0).astype(int),
        last_visit=_day_of(visits.max().reindex(there.index)),
        matters=asked.groupby("applicant").size().reindex(there.index).fillna(0).astype(int),
        open=live.groupby("applicant").size().reindex(there.index).fillna(0).astype(int),
        linked_to=linked.reindex(there.index).fillna("").astype(object),
    )
    return made.reset_index().sort_values(["village", "household"])[list(FILE_COLUMNS)].reset_index(drop=True)


def _day_of(days: "pd.Series[Any]") -> "pd.Series[Any]":
    shown = pd.Series(as_dates(days.fillna(0).to_numpy(dtype=np.int64)), index=days.index)
    return shown.where(days.notna())
