"""Which counts of a codebook may be shown: it is passed on, and a count of one is a person.

The rule, for each table: a count is shown where no household group smaller than the minimum stands behind it, and where it is
equal to every other count shown of that table, 0 and the number of rows included, or differs from it by the minimum at least.
So no subtraction of two of them leaves fewer. The counts that most columns share are shown first.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from liuwen.responses.column_figures import ColumnFigures

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses

_COUNTS = ("asked", "answered")


def shown_counts(figures: Mapping[str, ColumnFigures], book: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """The codebook with the counts that may not be shown missing."""
    shown = book.copy()
    for rows in book.groupby("table", sort=False).groups.values():
        paths: pd.Series[str] = book.loc[rows, "path"]
        named = dict(zip(rows, paths, strict=True))
        small = {
            (row, count) for row, path in named.items() for count in _COUNTS if _points_at_few(figures[path], count, minimum)
        }
        counts = [(row, count, int(number)) for count in _COUNTS for row, number in book.loc[rows, count].items()]
        all_rows = figures[next(iter(named.values()))].rows
        levels = _levels(all_rows, (number for row, count, number in counts if (row, count) not in small), minimum)
        for row, count, number in counts:
            if (row, count) in small or number not in levels:
                shown.at[row, count] = pd.NA
    return shown


def unlike_earlier(responses: "Responses", shown: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Without the counts that differ by fewer than the minimum from those of an earlier release.

    Answers that were changed or erased since are not among those of the earlier release: each may add one.
    """
    if responses.published is None or minimum <= 1:
        return shown
    published = responses.published
    for earlier, gone in zip(published.earlier, published.gone, strict=True):
        then = {path: (earlier.base(path), int(earlier.answered(path).sum())) for path in shown["path"].unique()}
        for number, count in enumerate(_COUNTS):
            more = shown[count] - shown["path"].map({path: counts[number] for path, counts in then.items()})
            same = (more == 0) & (len(gone) == 0)
            shown[count] = shown[count].where(same | (more >= minimum + len(gone)) | (more <= -minimum))
    return shown


def _points_at_few(figures: ColumnFigures, count: str, minimum: int) -> bool:
    """Whether some households, but fewer than the minimum, stand behind a count: those of a repeat count once."""
    return 0 < (figures.asked_homes if count == "asked" else figures.answered_homes) < minimum


def _levels(rows: int, counts: Iterable[int], minimum: int) -> set[int]:
    """The counts that may be published together."""
    levels = {0} if 0 < rows < minimum else {0, rows}
    for number, _ in sorted(Counter(counts).items(), key=lambda each: (-each[1], -each[0])):
        if all(number == level or abs(number - level) >= minimum for level in levels):
            levels.add(number)
    return levels
