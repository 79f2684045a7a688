"""One sheet of answers as columns of cells."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any

_SCALARS = (str, int, float, dt.date, dt.time, dt.timedelta, type(None))


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
    columns: tuple[Sequence[Any], ...]
    numbers: Sequence[int]
    ragged: frozenset[int] = frozenset()
    """The numbers of rows that have more cells than there are headers."""

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """The cells row by row."""
        return list(zip(*self.columns, strict=True)) if self.columns else [()] * len(self)

    def only(self, wanted: Sequence[bool]) -> "Grid":
        """The rows that are wanted."""
        return replace(
            self,
            columns=tuple(list(compress(column, wanted)) for column in self.columns),
            numbers=list(compress(self.numbers, wanted)),
        )

    def replaced(self, columns: Iterable[Sequence[Any]]) -> "Grid":
        """The same with other cells."""
        return replace(self, columns=tuple(columns))


def grid_of_rows(name: str, rows: Sequence[Sequence[Any]], *, first: int = 1) -> Grid:
    """The grid of rows of which the first is the header; `first` is its number in the sheet.

    >>> grid_of_rows("", [["a", "b"], [1], ["", ""], [2, 3]]).columns
    ([1, 2], ['', 3])
    """
    header, *body = rows or [[]]
    width = max(len(header), max(map(len, body), default=0))
    even = (row if len(row) == width else [*row, *[""] * (width - len(row))] for row in body)
    columns = [list(column) for column in zip(*even, strict=True)] or [[] for _ in header]
    grid = grid_of_columns(name, [*header, *[""] * (len(columns) - len(header))], columns, first=first)
    if width == len(header):
        return grid
    numbered = enumerate(body, start=first + 1)
    return replace(grid, ragged=frozenset(n for n, row in numbered if any(cell not in {"", None} for cell in row[len(header) :])))


def grid_of_columns(name: str, header: Sequence[Any], columns: Sequence[list[Any]], *, first: int = 1) -> Grid:
    """The grid of columns; rows that are wholly blank are left out."""
    plain = [_plain_cells(column) for column in columns]
    height = len(plain[0]) if plain else 0
    filled = [False] * height
    for column in plain:
        if all(filled):
            break
        filled = [was or not (cell is None or cell == "") for was, cell in zip(filled, column, strict=True)]
    grid = Grid(name, tuple(_plain(str(head)) for head in header), tuple(plain), range(first + 1, first + 1 + height))
    return grid if all(filled) else grid.only(filled)


def by_value(cells: Sequence[Any], read: Callable[[Any], Any]) -> list[Any]:
    """What `read` makes of each cell, worked out once for each different one."""
    if _are_texts(cells):
        known = {cell: read(cell) for cell in set(cells)}
        return list(map(known.__getitem__, cells))
    kinds = list(zip(map(type, cells), cells, strict=True))  # 1, 1.0 and True are equal, and not the same
    of_kinds = {kind: read(kind[1]) for kind in set(kinds)}
    return list(map(of_kinds.__getitem__, kinds))


def _are_texts(cells: Sequence[Any]) -> bool:
    return set(map(type, cells)) <= {str}


def _plain_cells(cells: list[Any]) -> list[Any]:
    if not _are_texts(cells):
        return [_plain(cell) for cell in cells]
    try:
        "".join(cells).encode()
    except UnicodeEncodeError:
        return [_plain(cell) for cell in cells]
    return cells


def _plain(cell: Any) -> Any:
    """A cell as a scalar; half of a pair of surrogates, which JSON may escape, is no character and becomes "?"."""
    if isinstance(cell, _SCALARS) and not isinstance(cell, str):
        return cell
    text = str(cell)
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
