"""A year's count carried from month to month, for visits in files that no machine holds in memory.

A month's run reads that month and one accumulator, and no earlier month. A town's campaign does not use it: there `duties` counts
the year from its visits in under a second. It is for a county or a province that keeps its visits as Parquet, a folder a month,
and counts with DuckDB or Spark; `benchmarks/province.py` shows the whole road.

Where the day is part of what makes two events one, months have nothing in common and counts are added. Where it is not (different
households), the accumulator keeps the different keys. Like `tally`, the functions take every frame that narwhals knows.
"""

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from liuwen.campaign.duties.tally import tally


def month_added(accumulator: Any, month: Any, same: Sequence[str], begins: int, ends: int) -> Any:
    """The accumulator of a year with one more month in it.

    A month that gets further events afterwards is added again to the accumulator of the month before it, and so are those after.

    Args:
        accumulator: What the month before gave; None for the first month.
        month: The events of the month, with `who`, `on` and the columns of `same`.
        same: The columns that make two events one.
        begins: The first day of the month.
        ends: The last day of the month.

    Returns:
        A frame of the same kind: `who` and `done` where `on` is in `same`, else the different keys so far.

    Example:
        >>> import pandas as pd
        >>> visits = pd.DataFrame({"who": ["Li", "Li", "An"], "on": [3, 34, 35], "household": ["H1", "H1", "H2"]})
        >>> january = month_added(None, visits, ["household"], 1, 31)
        >>> year = month_added(january, visits, ["household"], 32, 59)
        >>> done_so_far(year, ["household"]).sort_values("who").to_dict("records")
        [{'who': 'An', 'done': 1}, {'who': 'Li', 'done': 1}]
    """
    if "on" in same:
        fresh = nw.from_native(tally(month, same, begins, ends)).select("who", "done")
        if accumulator is None:
            return fresh.to_native()
        both = nw.concat([nw.from_native(accumulator).select("who", "done"), fresh])
        # DuckDB's sums are wider than its counts, and frames of two widths cannot be joined.
        return both.group_by("who").agg(nw.col("done").sum()).with_columns(nw.col("done").cast(nw.Int64)).to_native()
    keys = list(dict.fromkeys(["who", *same]))
    rows = nw.from_native(month).filter(nw.col("on") >= begins, nw.col("on") <= ends).select(keys)
    if accumulator is not None:
        rows = nw.concat([nw.from_native(accumulator).select(keys), rows])
    return rows.group_by(keys).agg(rows=nw.len()).select(keys).to_native()


def done_so_far(accumulator: Any, same: Sequence[str]) -> Any:
    """What an accumulator counts: a frame of the same kind with `who` and `done`."""
    if "on" in same:
        return accumulator
    return nw.from_native(accumulator).group_by("who").agg(done=nw.len()).to_native()


def households_visited(visits: Any, begins: int, ends: int) -> Any:
    """Of each village, the different households visited between two days, and those visited on two days or more.

    Args:
        visits: The visits that count, with `village`, `household` and `on`.
        begins: The first day.
        ends: The last day.

    Returns:
        A frame of the same kind with `village, visited, twice`.

    Example:
        >>> import pandas as pd
        >>> visits = pd.DataFrame({"village": "V1", "household": ["H1", "H1", "H2"], "on": [3, 4, 4]})
        >>> households_visited(visits, 1, 31).to_dict("records")
        [{'village': 'V1', 'visited': 2, 'twice': 1}]
    """
    rows = nw.from_native(visits).filter(nw.col("on") >= begins, nw.col("on") <= ends)
    days = rows.group_by("village", "household", "on").agg(rows=nw.len()).group_by("village", "household").agg(days=nw.len())
    marked = days.with_columns(again=nw.when(nw.col("days") >= 2).then(1).otherwise(0))
    counted = marked.group_by("village").agg(visited=nw.len(), twice=nw.col("again").sum())
    return counted.with_columns(nw.col("twice").cast(nw.Int64)).to_native()
