"""The cells of a column taken in block by block, so that each is looked at while it is in the processor's cache."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa

from liuwen.responses.from_exports.coded import Coded, Made, Numbers, coded_texts

_BLOCK = 256
"""Rows that are taken in at once."""
_UNLIKE_OTHERS = frozenset({str, type(None)})
_AS_WRITTEN = (datetime, time, Decimal)
"""Kinds of cells that may be equal although they are written differently."""


def coded(cells: Sequence[Made]) -> Coded[Made]:
    """A column of these cells."""
    if isinstance(cells, Coded):
        return cells
    builder = ColumnBuilder()
    for start in range(0, len(cells), _BLOCK):
        builder.take(cells[start : start + _BLOCK])
    return builder.coded()


def columns_of_rows(rows: Iterable[Sequence[Any]], width: int) -> tuple[list[Coded[Any]], list[int]]:
    """The columns of some rows, at least `width` of them, and the numbers (from 0) of the rows that have cells beyond."""
    builders = [ColumnBuilder() for _ in range(width)]
    ragged: list[int] = []
    count = 0
    remaining = iter(rows)
    while block := list(islice(remaining, _BLOCK)):
        widest = max(map(len, block))
        if widest > width:
            ragged += [count + place for place, row in enumerate(block) if any(cell not in {"", None} for cell in row[width:])]
        while len(builders) < widest:
            builders.append(ColumnBuilder())
            builders[-1].take([""] * count)
        even = (row if len(row) == len(builders) else [*row, *[""] * (len(builders) - len(row))] for row in block)
        for builder, cells in zip(builders, zip(*even, strict=True), strict=True):
            builder.take(cells)
        count += len(block)
    return [builder.coded() for builder in builders], ragged


class ColumnBuilder:
    """Finds the different cells of one column; what is equal and not the same is kept apart.

    Such are 1 and True, 1.1 and 1.10, one moment in two time zones. As long as there are only texts, Arrow takes them.
    """

    __slots__ = ("_cells", "_codes", "_kinds", "_places", "_texts")

    def __init__(self) -> None:
        self._kinds: set[type] = set()
        self._texts: list[Any] | None = []
        """Arrow's arrays; None if there are other cells too."""
        self._places: defaultdict[Any, int] = defaultdict()
        self._places.default_factory = self._places.__len__
        self._codes: list[Numbers] = []
        self._cells: list[Any] | None = None
        """The different cells, where their keys are others."""

    def take(self, cells: Sequence[Any]) -> None:
        """Take in the next cells; raises `TypeError` where one cannot be compared, such as a list."""
        self._kinds.update(map(type, cells))
        if self._texts is not None:
            array = _in_arrow(cells) if self._kinds <= _UNLIKE_OTHERS else None
            if array is not None:
                self._texts.append(array)
                return
            cells = [*(text for array in self._texts for text in array.to_pylist()), *cells]
            self._texts = None
        self._compare(cells)

    def coded(self) -> Coded[Any]:
        """All that was taken in."""
        if self._texts is not None:
            return coded_texts(pa.chunked_array(self._texts, pa.string()))
        return Coded(list(self._places) if self._cells is None else self._cells, np.concatenate(self._codes))

    def _compare(self, cells: Sequence[Any]) -> None:
        keys = cells
        if self._cells is None and self._may_be_alike(cells):
            self._cells = list(self._places)
            for cell in self._cells:
                self._places[_key(cell)] = self._places.pop(cell)
        if self._cells is not None:
            keys = list(map(_key, cells))
            first = dict(zip(reversed(keys), reversed(cells), strict=True))
            self._cells += [first[key] for key in dict.fromkeys(keys) if key not in self._places]
        self._codes.append(np.fromiter(map(self._places.__getitem__, keys), np.int32, len(keys)))

    def _may_be_alike(self, cells: Sequence[Any]) -> bool:
        """Whether there may be cells that are equal and not the same."""
        if len(self._kinds - _UNLIKE_OTHERS) > 1:
            return True
        return any(issubclass(kind, _AS_WRITTEN) for kind in self._kinds) and any(map(_is_written_in_ways, cells))


def _in_arrow(texts: Sequence[str | None]) -> Any:
    """Texts in Arrow's memory; None if one has half of a pair of surrogates."""
    try:
        return pa.array(texts, pa.string())
    except UnicodeEncodeError:
        return None


def _is_written_in_ways(cell: Any) -> bool:
    return isinstance(cell, Decimal) or getattr(cell, "tzinfo", None) is not None


def _key(cell: Any) -> Any:
    return type(cell), repr(cell) if isinstance(cell, _AS_WRITTEN) else cell
