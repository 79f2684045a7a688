"""Rows of a sheet that are no answers: a title above the header, a second header below it, a line of totals."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from liuwen.messages import Sentence
from liuwen.responses.from_exports.cells import text_of
from liuwen.responses.from_exports.grid import Grid, grid_of_rows
from liuwen.responses.from_exports.headers import Meaning

_LOOKED_AT = 10
_LONGEST = 300
"""Characters of a header that is looked up; what is longer is an answer."""
_FEW = 3
"""The fewest rows whose sums are told from answers."""
_ROUNDED = 0.005
_IDS = frozenset({"instance_id", "uuid", "number"})
_TOTALS = frozenset(
    """total totals sum subtotal average mean count totaux somme moyenne suma promedio soma média totale summe gesamt jumla jumlah
    合计 总计 小计 总数 平均 平均值 合計 總計""".split()
) | {"grand total", "sub total", "total général", "total general"}

MOVED = Sentence(
    zh="“{name}”的表头在第 {row} 行；它上面的行没有读取。",
    en="The header of “{name}” is in row {row}; the rows above it were not read.",
)
TOTALS = Sentence(zh="这一行像是合计，不是答卷。", en="It looks like a row of totals, not a submission.")
SECOND_HEADER = Sentence(zh="这一行重复了表头，不是答卷。", en="It repeats the header, so it is not a submission.")


def headed(grid: Grid, is_known: Callable[[str], bool]) -> tuple[Grid, Sentence | None]:
    """The grid under the row that names most columns, which need not be the first; and a remark where it was not."""
    if _known(grid.header, is_known) > 1:
        return grid, None
    rows = [[text_of(cell) for cell in row] for row in grid.only([place < _LOOKED_AT for place in range(len(grid))]).rows]
    known = [1, *(_known(row, is_known) for row in rows)]
    best = known.index(max(known))
    if not best:
        return grid, None
    below = [place >= best for place in range(len(grid))]
    number = grid.numbers[best - 1]
    made = grid_of_rows(grid.name, [rows[best - 1], *grid.only(below).rows], first=number)
    return replace(made, cut=grid.cut), MOVED.filled(name=grid.name or "-", row=number)


def _known(texts: Iterable[str], is_known: Callable[[str], bool]) -> int:
    return sum(is_known(text) for text in dict.fromkeys(texts) if 0 < len(text) <= _LONGEST)


def rows_without_answers(
    grid: Grid, meanings: Sequence[Meaning | None], meaning: Callable[[str], Meaning | None]
) -> Iterator[tuple[int, Sentence]]:
    """The rows that are no submissions, each with the reason."""
    if len(grid) and _repeats_header(_row(grid, 0), meanings, meaning):
        yield 0, SECOND_HEADER
    yield from ((place, SECOND_HEADER) for place in _headers_again(grid))
    for place in _rows_without_id(grid, meanings):
        if _is_totals(_row(grid, place)) or _adds_up(grid, place):
            yield place, TOTALS


def _headers_again(grid: Grid) -> Iterator[int]:
    """The rows that are the header word for word, as in files that were put together."""
    header = [head.strip() for head in grid.header]
    first = next((number for number, head in enumerate(header) if head), None)
    if first is not None and sum(map(bool, header)) > 1:
        alike = np.flatnonzero(grid.columns[first].rows_with(lambda cell: text_of(cell).strip() == header[first]))
        yield from (place for place in alike.tolist() if _row(grid, place) == header)


def _rows_without_id(grid: Grid, meanings: Sequence[Meaning | None]) -> list[int]:
    """The rows without an ID, if most rows have one; else the last three."""
    columns = [column for column, means in zip(grid.columns, meanings, strict=True) if means and means.system in _IDS]
    blank = np.ones(len(grid), bool)
    for column in columns:
        blank &= ~column.rows_filled()
    rows = np.flatnonzero(blank).tolist()
    return rows if 2 * len(rows) < len(grid) else [row for row in rows if row >= len(grid) - 3]


def _row(grid: Grid, place: int) -> list[str]:
    return [text_of(column[place]).strip() for column in grid.columns]


def _repeats_header(row: Sequence[str], meanings: Sequence[Meaning | None], meaning: Callable[[str], Meaning | None]) -> bool:
    filled = [(text, means) for text, means in zip(row, meanings, strict=True) if text]
    if len(filled) < 2:
        return False
    tagged = all(text.startswith("#") for text, _ in filled)
    return tagged or all(means is not None and meaning(text) == means for text, means in filled)


def _is_totals(row: Sequence[Any]) -> bool:
    filled = [text for text in row if text]
    words = [text for text in filled if _TOTALS.intersection(_spellings(text))]
    return len(words) == 1 and len(filled) > 1 and all(_is_number(text) for text in filled if text not in words)


def _adds_up(grid: Grid, place: int) -> bool:
    """Whether all that stands in a row are the sums of the columns above it, as a spreadsheet writes them without a word."""
    cells = [(column, text) for column, text in zip(grid.columns, _row(grid, place), strict=True) if text]
    if place < _FEW or len(cells) < 2 or not all(_is_number(text) for _, text in cells):
        return False
    above = [[_number(text_of(cell)) for cell in column[:place]] for column, _ in cells]
    sums = [(_number(text), sum(numbers), max(numbers)) for (_, text), numbers in zip(cells, above, strict=True)]
    larger = sum(total > most for _, total, most in sums)
    return larger > 1 and all(math.isclose(said, total, abs_tol=_ROUNDED) for said, total, _ in sums)


def _number(text: str) -> float:
    """A text as a number; 0 for other texts."""
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return 0.0


def _spellings(text: str) -> tuple[str, str]:
    """A word as it stands, and without the spaces that fill it out: "合 计"."""
    word = text.casefold().rstrip(":： ")
    return word, "".join(word.split())


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").replace("%", "").lstrip("-").isdigit()
