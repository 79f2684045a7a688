"""A column of cells as the different ones and a number for each row: a survey's columns hold few, and each is worked out once."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any, Generic, TypeVar, overload

import numpy as np
import pandas as pd
import pyarrow as pa

Numbers = np.ndarray[Any, np.dtype[Any]]
Cell = TypeVar("Cell")
Made = TypeVar("Made")


_AS_WRITTEN = (datetime, time, Decimal)
"""Kinds of cells that are equal although they are written differently."""


class Coded(Sequence[Cell], Generic[Cell]):
    """A column of cells, which reads as a list of them.

    Args:
        different: The cells that stand in it; two may be alike.
        codes: Which of them stands in each row.
    """

    __slots__ = ("codes", "different")

    def __init__(self, different: Sequence[Cell], codes: Numbers) -> None:
        self.different = different
        self.codes = codes

    @classmethod
    def of(cls, cells: Sequence[Made]) -> "Coded[Made]":
        """A column of these cells; some are equal and not the same: 1 and True, 1.1 and 1.10, one moment in two time zones."""
        if isinstance(cells, Coded):
            return cells
        kinds = set(map(type, cells)) - {str, type(None)}
        keys: Sequence[Any] = cells
        if any(issubclass(kind, _AS_WRITTEN) for kind in kinds):
            keys = [(type(cell), repr(cell) if isinstance(cell, _AS_WRITTEN) else cell) for cell in cells]
        elif len(kinds) > 1:
            keys = list(zip(map(type, cells), cells, strict=True))
        places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        codes = np.fromiter(map(places.__getitem__, keys), np.int32, len(keys))
        if keys is cells:
            return Coded(list(places), codes)
        one_each = dict(zip(keys, cells, strict=True))
        return Coded([one_each[key] for key in places], codes)

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[Cell]:
        return map(self.different.__getitem__, self.codes.tolist())

    @overload
    def __getitem__(self, row: int) -> Cell: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Cell]: ...
    def __getitem__(self, row: int | slice) -> Cell | Sequence[Cell]:
        if isinstance(row, slice):
            return Coded(self.different, self.codes[row])
        cell: Cell = self.different[self.codes[row]]
        return cell

    def mapped(self, read: Callable[[Any], Made]) -> "Coded[Made]":
        """What `read` makes of each cell."""
        return Coded([read(cell) for cell in self.different], self.codes)

    def only(self, rows: Sequence[int] | Numbers) -> "Coded[Cell]":
        """The cells of some rows; which others there were is forgotten."""
        codes, left = pd.factorize(self.codes[np.asarray(rows, np.int64)])
        return Coded([self.different[code] for code in left.tolist()], codes)

    def rows_with(self, is_meant: Callable[[Any], bool]) -> Numbers:
        """Whether the cell of each row is meant."""
        return np.fromiter(map(is_meant, self.different), bool, len(self.different))[self.codes]

    def texts(self) -> Sequence[str]:
        """The different cells that are texts."""
        cells: Sequence[Any] = self.different
        return cells if set(map(type, cells)) <= {str} else [cell for cell in cells if isinstance(cell, str)]

    def as_array(self) -> Any:
        """A column of texts as an Arrow array."""
        return pa.array(self.different, pa.string()).take(pa.array(self.codes))

    def counts(self) -> "Counter[Cell]":
        """How many rows each cell stands in."""
        counts: Counter[Cell] = Counter()
        for cell, count in zip(self.different, np.bincount(self.codes, minlength=len(self.different)).tolist(), strict=True):
            counts[cell] += count
        return counts


def together(columns: Sequence[Coded[Any]]) -> Coded[tuple[Any, ...]]:
    """The cells of several columns as one column of tuples."""
    first, *others = columns
    codes = first.codes.astype(np.int64)
    for column in others:
        codes = pd.factorize(codes * max(len(column.different), 1) + column.codes)[0]
    codes, _ = pd.factorize(codes)
    rows = np.zeros(codes.max(initial=-1) + 1, np.int64)
    rows[codes[::-1]] = np.arange(len(codes))[::-1]
    return Coded([tuple(column[row] for column in columns) for row in rows.tolist()], codes)
