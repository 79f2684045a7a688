"""One sheet of answers as columns of cells."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from liuwen.responses.from_exports.arrow_texts import ArrowTexts
from liuwen.responses.from_exports.coded import Coded
from liuwen.responses.from_exports.collecting import coded, columns_of_rows

_SCALARS = (str, int, float, dt.date, dt.time, dt.timedelta, type(None))
_PLAIN_KINDS = frozenset({*_SCALARS, bool, dt.datetime})


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet of answers: its name, its header and its columns of cells as they come.

    Attributes:
        name: The name of the sheet or file.
        header: The headers.
        columns: The cells below each header.
        numbers: Which row of the sheet each row is; blank rows are left out.
    """

    name: str
    header: tuple[str, ...]
    columns: tuple[Coded[Any], ...]
    numbers: Sequence[int]
    ragged: frozenset[int] = frozenset()
    """The numbers of rows that have more cells than there are headers."""
    cut: int | None = None
    """The number of the row within which the file ends."""

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """The cells row by row."""
        return list(zip(*self.columns, strict=True)) if self.columns else [()] * len(self)

    def only(self, wanted: Iterable[bool]) -> "Grid":
        """The rows that are wanted."""
        rows = np.flatnonzero(np.fromiter(wanted, bool))
        numbers = [self.numbers[row] for row in rows.tolist()]
        return replace(self, columns=tuple(column.only(rows) for column in self.columns), numbers=numbers)

    def replaced(self, columns: Iterable[Coded[Any]]) -> "Grid":
        """The same with other cells."""
        return replace(self, columns=tuple(columns))


def grid_of_rows(name: str, rows: Iterable[Sequence[Any]], *, first: int = 1) -> Grid:
    """The grid of rows of which the first is the header; `first` is its number in the sheet.

    >>> grid_of_rows("", [["a", "b"], [1], ["", ""], [2, 3]]).rows
    [(1, ''), (2, 3)]
    """
    remaining = iter(rows)
    header = list(next(remaining, ()))
    columns, ragged = columns_of_rows(remaining, len(header))
    grid = grid_of_columns(name, [*header, *[""] * (len(columns) - len(header))], columns, first=first)
    return replace(grid, ragged=frozenset(first + 1 + row for row in ragged)) if ragged else grid


def grid_of_columns(name: str, header: Sequence[Any], columns: Sequence[Sequence[Any]], *, first: int = 1) -> Grid:
    """The grid of columns; rows that are wholly blank are left out."""
    plain = tuple(_plain_column(column) for column in columns)
    height = len(plain[0]) if plain else 0
    filled = np.zeros(height, bool)
    for column in plain:
        if filled.all():
            break
        filled |= column.rows_filled()
    grid = Grid(name, tuple(_plain(str(head)) for head in header), plain, range(first + 1, first + 1 + height))
    return grid if filled.all() else grid.only(filled)


def _plain_column(cells: Sequence[Any]) -> Coded[Any]:
    try:
        column = coded(cells)
    except TypeError:  # lists and the like, which a frame may hold
        return coded([_plain(cell) for cell in cells])
    return column if _is_plain(column) else column.mapped(_plain)


def _is_plain(cells: Coded[Any]) -> bool:
    """Whether they are scalars and sound texts: at once for most columns."""
    if isinstance(cells.different, ArrowTexts):
        return True
    try:
        "".join(cells.texts()).encode()
    except UnicodeEncodeError:
        return False
    return _PLAIN_KINDS.issuperset(map(type, cells.different))


def _plain(cell: Any) -> Any:
    """A cell as a scalar; half of a pair of surrogates, which JSON may escape, is no character and becomes "?"."""
    if isinstance(cell, _SCALARS) and not isinstance(cell, str):
        return cell
    text = str(cell)
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
