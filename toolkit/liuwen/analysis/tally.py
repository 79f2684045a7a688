"""How many households were asked a question and how many chose each answer, counted where the frame lives.

A frame of any size and kind comes in (pandas, Polars, a DuckDB relation over Parquet, a PySpark frame); it is asked for one
small table, the number of rows of each distinct combination, and only that travels.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

UNANSWERED = ""
"""The choice that stands for: asked, and nothing chosen."""


def combinations(frame: Any, question: str, by: Sequence[str] = (), *, periods: Mapping[str, int] | None = None) -> pd.DataFrame:
    """The distinct answers to `question` in each group: the `by` columns, `answer` (as stored), `households` (how many).

    Only rows that were asked are counted: those that hold an answer, be it an empty one. `periods` cuts dates to so many
    characters of their ISO form: 4 to the year, 7 to the month, 10 to the day.

    >>> frame = pd.DataFrame({"village": ["a", "a", "b"], "needs": ["road water", "road water", "road"]})
    >>> combinations(frame, "needs", ["village"]).sort_values("village")
      village      answer  households
    0       a  road water           2
    1       b        road           1
    """
    asked = nw.from_native(frame).filter(~nw.col(question).is_null())
    keys = [key_text(column, (periods or {}).get(column)) for column in by]
    answers = asked.select(*keys, nw.col(question).cast(nw.String).alias("answer"))
    counted = answers.group_by(*by, "answer").agg(nw.len().alias("households"))
    small: pd.DataFrame = counted.lazy().collect("pyarrow").to_pandas()
    small["households"] = small["households"].astype("int64")
    small["answer"] = small["answer"].astype("string").fillna(UNANSWERED).str.strip()
    return small


def key_text(column: str, length: int | None) -> nw.Expr:
    """A column as text, a date cut to so many characters."""
    key = nw.col(column)
    return key.cast(nw.String).str.slice(0, length).alias(column) if length else key.cast(nw.String)


def tally(
    groups: NDArray[np.int64], answers: pd.Series, households: pd.Series, choices: Sequence[str], size: int
) -> NDArray[np.int64]:
    """Households that chose each choice, as groups × choices; `UNANSWERED` among the choices counts who chose nothing.

    `groups` numbers the group of each row, below `size`; `answers` holds space-separated choices, `households` how many rows
    gave them.

    >>> tally(np.array([0, 0, 1]), pd.Series(["road water", "", "road"]), pd.Series([2, 1, 4]), ["road", "water", ""], 2)
    array([[2, 2, 1],
           [4, 0, 0]])
    """
    weights = households.to_numpy(dtype=np.int64)
    counts = [np.bincount(groups, weights * column, size) for column in chosen(answers, choices).T]
    return np.stack(counts, axis=1).astype(np.int64)


def chosen(answers: pd.Series, choices: Sequence[str]) -> NDArray[np.bool_]:
    """Which of the choices each answer holds, as answers × choices; nothing chosen is the choice `UNANSWERED`.

    >>> chosen(pd.Series(["road water", ""]), ["road", "water", ""])
    array([[ True,  True, False],
           [False, False,  True]])
    """
    place = {choice: number for number, choice in enumerate(choices)}
    answer_of, distinct = pd.factorize(answers)
    found = np.zeros((len(distinct), len(choices)), dtype=bool)
    for number, answer in enumerate(distinct):
        found[number, [place[part] for part in answer.split() or [UNANSWERED] if part in place]] = True
    return np.asarray(found[answer_of])
