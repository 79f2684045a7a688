"""How many rows of a raw export are alike in what an outsider may know of a household: a table of counts, never rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.asked_rows import households_of
from liuwen.analysis.register_keys import key_texts
from liuwen.analysis.rounds import HOUSEHOLDS, INTERVIEWS, household_key
from liuwen.analysis.source import column_names, source_of
from liuwen.errors import AnswerError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.responses import Responses

Counts = NDArray[np.int64]

NO_QUASI_IDENTIFIERS = Sentence(
    zh="没有写明外人可能知道哪些列；请用 by= 写上，如村、年龄、户别。",
    en="No columns that an outsider may know were named; name them with by=, such as village, age and kind of household.",
)
NO_SUCH_COLUMN = Sentence(
    zh="答卷里没有“{column}”一列；请检查 by=。", en="The answers have no column {column!r}; check the names in by=."
)
NO_ROWS = Sentence(zh="一份答卷也没有，没有可数的。", en="There are no answers, so there is nothing to count.")


@dataclass(frozen=True, eq=False)
class KAnonymity:
    """How many are alike in the columns that an outsider may know.

    Attributes:
        by: The columns.
        counted: "households" (a household of several visits counts once in a class) or "interviews".
        k: The size of the smallest class: each household is like at least `k - 1` others.
        rows: The number of rows.
        unique: The number of rows whose class is a single household.
        unique_share: Their share of all rows, from 0 to 1.
        risk: Classes by rows: the mean probability of finding the right row of somebody who is known to be in the export.
        sizes: One row per band of class sizes: `size_from`, `size_to` (missing for no limit), `classes`, `rows`, `share`.
        columns: One row per column, the one that adds most first: `column`, `values` (different ones, missing included),
            `unique_without` and `k_without` (what would be left without the column), `adds` (unique rows that it causes).
    """

    by: tuple[str, ...]
    counted: str
    k: int
    rows: int
    unique: int
    unique_share: float
    risk: float
    sizes: pd.DataFrame
    columns: pd.DataFrame

    def _repr_html_(self) -> str:
        """Both tables."""
        return str(self.sizes.to_html(index=False)) + str(self.columns.to_html(index=False))


def k_anonymity(responses: "Responses | pd.DataFrame", by: str | Sequence[str], *, minimum: int = 5) -> KAnonymity:
    """Count how many rows of a raw export are alike in what an outsider may know (quasi-identifiers).

    A blank is a value of its own. The report says nothing of how sensitive the other columns are, and equal answers of a whole
    class still tell what each of them said.

    Source: L. Sweeney (2002), k-anonymity, Int. J. Uncertainty, Fuzziness and Knowledge-Based Systems 10(5), 557-570; the risk
    as K. El Emam (2013), Guide to the De-Identification of Personal Health Information, CRC Press.

    Args:
        responses: The answers, or any frame with a row per household or person.
        by: The columns that an outsider may know.
        minimum: The class size that is wanted; it limits the bands of `sizes`.

    Returns:
        The report: `k`, `unique_share`, `risk`, and the tables `sizes` and `columns`.

    Raises:
        AnswerError: If no column is named, one is not there, or there are no rows.

    Example:
        >>> frame = pd.DataFrame({"village": ["a"] * 6 + ["b"] * 2, "age": [30] * 5 + [41, 30, 30]})
        >>> found = k_anonymity(frame, ["village", "age"])
        >>> found.k, found.unique_share
        (1, 0.125)
        >>> found.sizes
           size_from  size_to  classes  rows  share
        0          1        1        1     1  0.125
        1          2        4        1     2  0.250
        2          5        9        1     5  0.625
        3         10     <NA>        0     0  0.000
        >>> found.columns
            column  values  unique_without  k_without  adds
        0      age       2               0          2     1
        1  village       2               1          1     0
    """
    table = responses if isinstance(responses, pd.DataFrame) else responses.table
    columns = tuple(dict.fromkeys(column_names(by)))
    _require(table, columns)
    homes, counted = _homes(responses, table)
    codes = {column: np.asarray(pd.factorize(key_texts(table, [column]))[0], dtype=np.int64) for column in columns}
    sizes = _class_sizes(codes, columns, homes)
    classes = int(_class_of(codes, columns, len(table)).max()) + 1
    unique = int((sizes == 1).sum())
    return KAnonymity(
        by=columns,
        counted=counted,
        k=int(sizes.min()),
        rows=len(table),
        unique=unique,
        unique_share=unique / len(table),
        risk=classes / len(table),
        sizes=_bands(codes, columns, homes, minimum),
        columns=_contributions(codes, columns, homes, unique),
    )


def _require(table: pd.DataFrame, columns: Sequence[str]) -> None:
    if not columns:
        raise AnswerError(NO_QUASI_IDENTIFIERS)
    missing = [column for column in columns if column not in table]
    if missing:
        raise AnswerError(NO_SUCH_COLUMN.filled(column=missing[0]))
    if not len(table):
        raise AnswerError(NO_ROWS)


def _homes(responses: "Responses | pd.DataFrame", table: pd.DataFrame) -> tuple[Counts, str]:
    """The household of each row as a number, and what is counted."""
    key = [] if isinstance(responses, pd.DataFrame) else household_key(source_of(responses))
    return households_of(table, key, pd.Index(range(len(table)))), HOUSEHOLDS if key else INTERVIEWS


def _class_of(codes: dict[str, Counts], columns: Sequence[str], rows: int) -> Counts:
    number = np.zeros(rows, dtype=np.int64)
    for column in columns:
        number = np.unique(number * (int(codes[column].max()) + 1) + codes[column], return_inverse=True)[1].reshape(-1)
    return np.asarray(number, dtype=np.int64)


def _class_sizes(codes: dict[str, Counts], columns: Sequence[str], homes: Counts) -> Counts:
    """For each row, how many households its class has."""
    number = _class_of(codes, columns, len(homes))
    pairs = pd.DataFrame({"number": number, "home": homes}).drop_duplicates()
    return np.asarray(np.bincount(pairs["number"])[number], dtype=np.int64)


def _bands(codes: dict[str, Counts], columns: Sequence[str], homes: Counts, minimum: int) -> pd.DataFrame:
    sizes, number = _class_sizes(codes, columns, homes), _class_of(codes, columns, len(homes))
    limits = sorted({1, 2, max(minimum, 2), max(2 * minimum, 3)})
    band = np.searchsorted(limits, sizes, side="right") - 1
    rows = np.bincount(band, minlength=len(limits))
    first = ~pd.Series(number).duplicated().to_numpy()
    return pd.DataFrame({
        "size_from": limits,
        "size_to": pd.array([*(limit - 1 for limit in limits[1:]), None], dtype="Int64"),
        "classes": np.bincount(band[first], minlength=len(limits)),
        "rows": rows,
        "share": rows / len(sizes),
    })  # fmt: skip


def _contributions(codes: dict[str, Counts], columns: Sequence[str], homes: Counts, unique: int) -> pd.DataFrame:
    """What would be left without each column."""
    rows = []
    for column in columns:
        left = _class_sizes(codes, [other for other in columns if other != column], homes)
        alone = int((left == 1).sum())
        rows.append({
            "column": column,
            "values": int(codes[column].max()) + 1,
            "unique_without": alone,
            "k_without": int(left.min()),
            "adds": unique - alone,
        })  # fmt: skip
    return pd.DataFrame(rows).sort_values("adds", ascending=False, kind="stable").reset_index(drop=True)
