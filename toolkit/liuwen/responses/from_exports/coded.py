"""A column of cells as the different ones and a number for each row: a survey's columns hold few, and each is worked out once."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

import numpy as np
import pandas as pd
import pyarrow as pa

from liuwen.responses.from_exports.arrow_texts import ArrowTexts

Numbers = np.ndarray[Any, np.dtype[Any]]
Cell = TypeVar("Cell")
Made = TypeVar("Made")


_FIRST = 1000
"""Rows that show whether a column's texts come again; as many different ones stay in Arrow's memory."""


class Coded(Sequence[Cell], Generic[Cell]):
    """A column of cells, which reads as a list of them.

    Args:
        different: The cells that stand in it; two may be alike. Many texts stay in Arrow's memory.
        codes: Which of them stands in each row.
    """

    __slots__ = ("codes", "different")

    def __init__(self, different: Sequence[Cell], codes: Numbers) -> None:
        self.different = different
        self.codes = codes

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[Cell]:
        different = self.different if isinstance(self.different, list) else list(self.different)
        return map(different.__getitem__, self.codes.tolist())

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
        if isinstance(self.different, ArrowTexts):
            return Coded(self.different.at(left), codes)
        return Coded([self.different[code] for code in left.tolist()], codes)

    def replaced(self, cell: Any, other: Any) -> "Coded[Cell]":
        """The cells with another in place of one."""
        if cell not in self.different:
            return self
        if isinstance(self.different, ArrowTexts):
            return Coded(self.different.replaced(cell, other), self.codes)
        return self.mapped(lambda each: other if each == cell else each)

    def filled(self, rows: Numbers, cell: Any) -> "Coded[Any]":
        """The cells with another in some rows."""
        if not len(rows):
            return self
        codes = self.codes.copy()
        codes[rows] = len(self.different)
        different: Sequence[Any] = self.different
        return Coded(different.with_last(cell) if isinstance(different, ArrowTexts) else [*different, cell], codes)

    def rows_equal(self, cell: str) -> Numbers:
        """Whether the cell of each row is this text."""
        if isinstance(self.different, ArrowTexts):
            found: Numbers = self.different.equal(cell)[self.codes]
            return found
        return self.rows_with(lambda each: each == cell)

    def rows_filled(self) -> Numbers:
        """Whether the cell of each row is neither missing nor ""."""
        if isinstance(self.different, ArrowTexts):
            filled: Numbers = ~self.different.is_blank()[self.codes]
            return filled
        return self.rows_with(lambda cell: not (cell is None or cell == ""))

    def rows_with(self, is_meant: Callable[[Any], bool]) -> Numbers:
        """Whether the cell of each row is meant."""
        return np.fromiter((is_meant(cell) for cell in self.different), bool, len(self.different))[self.codes]

    def texts(self) -> Sequence[str]:
        """The different cells that are texts."""
        cells: Sequence[Any] = self.different
        if isinstance(cells, ArrowTexts) or set(map(type, cells)) <= {str}:
            return cells
        return [cell for cell in cells if isinstance(cell, str)]

    def short_texts(self, longest: int) -> set[str]:
        """The texts of at most so many characters, without the space around them."""
        if isinstance(self.different, ArrowTexts):
            return self.different.short(longest)
        return {text for text in map(str.strip, self.texts()) if len(text) <= longest}

    def all_match(self, pattern: str) -> bool:
        """Whether a pattern fits the whole of every text that is not blank."""
        if isinstance(self.different, ArrowTexts):
            return self.different.all_match(pattern)
        fits = re.compile(pattern).fullmatch
        return all(text == "" or fits(text) for text in map(str, self.different))

    def as_array(self) -> Any:
        """A column of texts as an Arrow array, encoded as a dictionary where texts stand in several rows."""
        told = self.different
        texts = told.array if isinstance(told, ArrowTexts) else pa.array(told, pa.string())
        if len(texts) == len(self.codes) and np.array_equal(self.codes, np.arange(len(texts))):
            return texts
        missing = texts.is_null().to_numpy(zero_copy_only=False)[self.codes] if texts.null_count else None
        return pa.DictionaryArray.from_arrays(pa.array(self.codes, mask=missing), texts)

    def counts(self) -> "Counter[Cell]":
        """How many rows each cell stands in."""
        counts: Counter[Cell] = Counter()
        for cell, count in zip(self.different, np.bincount(self.codes, minlength=len(self.different)).tolist(), strict=True):
            counts[cell] += count
        return counts


def coded_texts(cells: pa.ChunkedArray) -> Coded[Any]:
    """A column of texts; where most of the first are different, none are compared with each other."""
    if 2 * len(cells.slice(0, _FIRST).unique()) > _FIRST:
        return Coded(ArrowTexts(cells.combine_chunks()), np.arange(len(cells), dtype=np.int32))
    encoded = cells.dictionary_encode().unify_dictionaries()
    codes = pa.chunked_array([chunk.indices for chunk in encoded.chunks], pa.int32())
    texts = encoded.chunk(0).dictionary if encoded.num_chunks else pa.array([], pa.string())
    if codes.null_count:
        codes, texts = codes.fill_null(len(texts)), pa.concat_arrays([texts, pa.nulls(1, pa.string())])
    told: Sequence[Any] = ArrowTexts(texts)
    return Coded(list(told) if len(told) < _FIRST else told, codes.to_numpy())


def together(columns: Sequence[Coded[Any]]) -> Coded[tuple[Any, ...]]:
    """The cells of several columns as one column of tuples."""
    first, *others = columns
    codes = first.codes.astype(np.int64)
    for column in others:
        codes = pd.factorize(codes * max(len(column.different), 1) + column.codes)[0]
    codes, _ = pd.factorize(codes)
    rows = np.zeros(codes.max(initial=-1) + 1, np.int64)
    rows[codes[::-1]] = np.arange(len(codes))[::-1]
    return Coded(list(zip(*(Coded(column.different, column.codes[rows]) for column in columns), strict=True)), codes)
