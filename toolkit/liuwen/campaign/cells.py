"""The cells of a frame as plain texts: blanks are "", numbers without their ".0", nothing else changed."""

from typing import Any

import numpy as np
import pandas as pd

YES = frozenset({"yes", "y", "true", "1", "是", "√", "对"})


def texts(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Each cell as a text; a list is joined by spaces.

    >>> texts(pd.Series([1.0, None, " V7 "])).tolist()
    ['1', '', 'V7']
    """
    try:
        codes, values = pd.factorize(column, use_na_sentinel=True)
    except TypeError:  # lists are not hashable
        return pd.Series([_text(value) for value in column], index=column.index, dtype=object)
    held = np.array([*(_text(value) for value in list(values)), ""], dtype=object)
    return pd.Series(held[codes], index=column.index, dtype=object)


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table, each by its columns."""
    names = [str(name) for name in table.columns]
    columns = [table.iloc[:, at].tolist() for at in range(len(names))]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def yes(column: "pd.Series[Any]") -> "pd.Series[bool]":
    """Whether each cell says yes."""
    return texts(column).str.lower().isin(YES)


def _text(value: Any) -> str:
    if isinstance(value, list | tuple | set):
        return " ".join(sorted(map(str, value)) if isinstance(value, set) else map(str, value))
    if isinstance(value, float):
        return "" if np.isnan(value) else str(int(value)) if value.is_integer() else str(value)
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    return str(value).strip()
