"""How many were asked a question, and how many answered it: all that a codebook says of answers."""

from dataclasses import astuple, dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True, slots=True)
class ColumnFigures:
    """The figures of a column; those of parts of a table add up, if the rows of a submission are all in one part.

    Attributes:
        rows: The rows of its table.
        asked: Those who were asked.
        unsure: The rows of which the source cannot tell.
        answered: Those who answered.
        asked_homes: The submissions behind those who were asked.
        answered_homes: The submissions behind those who answered.
    """

    rows: int = 0
    asked: int = 0
    unsure: int = 0
    answered: int = 0
    asked_homes: int = 0
    answered_homes: int = 0

    def __add__(self, other: "ColumnFigures") -> "ColumnFigures":
        """The figures of both parts together."""
        return ColumnFigures(*(own + more for own, more in zip(astuple(self), astuple(other), strict=True)))


def figures_of(table: pd.DataFrame, asked: "pd.Series[bool]", answered: "pd.Series[bool]") -> ColumnFigures:
    """The figures of a column of a table."""
    wanted, given = (column.fillna(False).to_numpy(dtype=bool) for column in (asked, answered))
    homes = [_homes(table, counted) for counted in (wanted, given)]
    return ColumnFigures(len(table), int(wanted.sum()), int(asked.isna().sum()), int(given.sum()), *homes)


def _homes(table: pd.DataFrame, counted: Any) -> int:
    return int(table.loc[counted, "instance_id"].nunique() if "instance_id" in table else counted.sum())
