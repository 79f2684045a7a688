"""The one counting function: different keys of each who in a period, whatever is measured.

A measure is only what makes two events one: for visits a person, household and day, for households the household, for days the
date. The function takes every frame that narwhals knows: pandas here, DuckDB over Parquet for tens of millions of visits.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from liuwen.campaign.schema import DutyRule


def same_when(duty: DutyRule) -> tuple[str, ...]:
    """The columns that make two events one for this duty."""
    if duty.measure == "visits":
        return ("household", "on") if duty.each == "household" else ("by", "household", "on")
    if duty.measure == "share":
        return ("by",) if duty.of == "people_of_unit" else ("household",)
    return {"households": ("household",), "occasions": ("on", "village"), "days": ("on",), "people": ("by",)}.get(
        duty.measure, ("event",)
    )


def tally(frame: Any, same: Sequence[str], begins: int, ends: int) -> Any:
    """Count different keys of each who among the rows from `begins` to `ends`.

    Args:
        frame: A frame, or a lazy one such as a DuckDB relation, with `who`, `on` and the columns of `same`.
        same: The columns that make two rows one.
        begins: The first day.
        ends: The last day.

    Returns:
        A frame of the same kind with `who` and `done`.

    Example:
        >>> visits = pd.DataFrame({"who": ["Li", "Li", "An"], "on": [3, 4, 3], "household": ["H1", "H1", "H2"]})
        >>> tally(visits, ["household"], 1, 9).sort_values("who").to_dict("records")
        [{'who': 'An', 'done': 1}, {'who': 'Li', 'done': 1}]
    """
    import narwhals as nw

    rows = nw.from_native(frame).filter(nw.col("on") >= begins, nw.col("on") <= ends)
    keys = list(dict.fromkeys(["who", *same]))
    # Grouped twice: DuckDB runs SELECT DISTINCT half as fast as GROUP BY on the same columns.
    return rows.group_by(keys).agg(rows=nw.len()).group_by("who").agg(done=nw.len()).to_native()


def dated_rows(duty: DutyRule, rows: pd.DataFrame, begins: int, ends: int) -> pd.DataFrame:
    """The rows between two days; an event that lasts several days has a row for each where days or people are counted."""
    lasting = duty.measure in ("days", "people") or duty.of == "people_of_unit"
    if not lasting:
        return rows[(rows["on"] >= begins) & (rows["on"] <= ends)]
    kept = rows[(rows["on"] <= ends) & (rows["to"] >= begins) & (begins <= ends)]
    first, last = kept["on"].clip(lower=begins).to_numpy(), kept["to"].clip(upper=ends).to_numpy()
    many = kept.loc[kept.index.repeat(last - first + 1)]
    offset = np.concatenate([np.arange(count) for count in last - first + 1]) if len(kept) else np.array([], dtype=int)
    return many.assign(on=np.repeat(first, last - first + 1) + offset)


def nights_between(rows: pd.DataFrame, begins: int, ends: int) -> "pd.Series[int]":
    """How many different nights each who stayed; a night belongs to the date on which it begins."""
    stays = rows[rows["to"] > rows["on"]]
    nights = dated_rows(DutyRule(measure="days"), stays.assign(to=stays["to"] - 1), begins, ends)
    return nights.drop_duplicates(["who", "on"]).groupby("who").size()


def most_running(days: Sequence[int], keys: Sequence[object], running: int, first: int) -> int:
    """The most different keys in any `running` days in a row that end on `first` or later.

    >>> most_running([1, 5, 200], ["a", "b", "c"], 180, 1)
    2
    """
    order = sorted(zip(days, keys, strict=True), key=lambda one: one[0])
    most, begins = 0, 0
    for at, (day, _) in enumerate(order):
        while begins <= at and order[begins][0] <= max(day, first) - running:
            begins += 1
        most = max(most, len({key for _, key in order[begins : at + 1]}))
    return most


def most_in_windows(rows: pd.DataFrame, running: int, first: int) -> dict[str, int]:
    """The most rows of each who in any `running` days in a row that end on `first` or later.

    Args:
        rows: `who` and `on`, a row each thing counted.
        running: How many days in a row.
        first: The first day on which such days may end.

    Returns:
        Who → the most.

    >>> most_in_windows(pd.DataFrame({"who": ["H1", "H1", "H1", "H2"], "on": [1, 5, 200, 7]}), 180, 1)
    {'H1': 2, 'H2': 1}
    """
    if rows.empty:
        return {}
    codes, names = pd.factorize(rows["who"].to_numpy(dtype=object))
    days = rows["on"].to_numpy(dtype=np.int64)
    low = min(int(days.min()), first - running)
    span = max(int(days.max()), first) - low + 1
    line = np.sort(codes * span + days - low)
    who, day = np.divmod(line, span)
    begins = np.searchsorted(line, who * span + np.maximum(day, first - low) - running, side="right")
    most = pd.Series(np.arange(len(line)) - begins + 1).groupby(who).max()
    return {str(name): int(number) for name, number in zip(names[most.index], most, strict=True)}


def fewest_running(days: Sequence[int], keys: Sequence[object], running: int, first: int, last: int) -> int | None:
    """The smallest number of distinct keys in `running` consecutive days from `first` to `last`; None if the span is shorter."""
    if last - first + 1 < running:
        return None
    ends = {first + running - 1, last, *(day + running for day in days), *(day - 1 for day in days)}
    pairs = list(zip(days, keys, strict=True))
    return min(
        len({key for day, key in pairs if end - running < day <= end}) for end in ends if first + running - 1 <= end <= last
    )
