"""Groups in lines: those of a line add up to a figure that is known elsewhere, as the villages of a town do.

What is computed of a line is computed of all lines at once, since lines of the same way of adding up share no group.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from liuwen.analysis.states import Counts

Mask = NDArray[np.bool_]
Number = TypeVar("Number", np.int64, np.float64)


@dataclass(frozen=True, eq=False)
class Lines:
    """Some groups, those of a line together.

    Attributes:
        rows: The numbers of the groups.
        starts: Where each line begins among them.
    """

    rows: Counts
    starts: Counts

    @classmethod
    def of(cls, line_of: Counts, rows: Counts) -> "Lines":
        """Those of the groups `rows`; `line_of` has the line of every group.

        >>> lines, values = Lines.of(np.array([1, 0, 1]), np.arange(3)), np.array([[5], [6], [7]])
        >>> lines.sums(values[lines.rows]).tolist()
        [[6], [12]]
        """
        rows = rows[np.argsort(line_of[rows], kind="stable")]
        return cls(rows, beginnings(line_of[rows]))

    @cached_property
    def numbers(self) -> Counts:
        """The number of the line of each row."""
        return np.repeat(np.arange(len(self.starts)), np.diff(np.append(self.starts, len(self.rows))))

    def sums(self, figures: NDArray[Number]) -> NDArray[Number]:
        """The sum of each line, of figures in the order of `rows`."""
        return np.asarray(np.add.reduceat(figures, self.starts, axis=0))

    def any(self, mask: Mask) -> Mask:
        """Whether it holds of any row of each line."""
        return np.asarray(np.logical_or.reduceat(mask, self.starts, axis=0))

    def least(self, figures: NDArray[Number]) -> tuple[NDArray[Number], Counts]:
        """The smallest figure of each line, and the first row that has it, as a place in `rows`."""
        smallest = np.minimum.reduceat(figures, self.starts, axis=0)
        places = np.arange(len(figures)).reshape(-1, *[1] * (figures.ndim - 1))
        first = np.where(figures == smallest[self.numbers], places, len(figures))
        return smallest, np.asarray(np.minimum.reduceat(first, self.starts, axis=0), dtype=np.int64)


def merged(lines: Lines, together: Mask, figures: Sequence[NDArray[Any]]) -> tuple[Lines, Mask, list[NDArray[Any]]]:
    """The lines with the rows `together` made one each, since subtraction gives only their sum; which rows are such sums."""
    parts, apart = np.flatnonzero(together), ~together
    begin = beginnings(lines.numbers[parts])
    numbers = np.concatenate([lines.numbers[apart], lines.numbers[parts][begin]])
    order = np.argsort(numbers, kind="stable")
    added = [np.concatenate([each[apart], np.add.reduceat(each[parts], begin, axis=0)])[order] for each in figures]
    made = np.concatenate([np.zeros(int(apart.sum()), dtype=bool), np.ones(len(begin), dtype=bool)])[order]
    return Lines(np.arange(len(order)), beginnings(numbers[order])), made, added


def beginnings(numbers: Counts) -> Counts:
    """Where each run of equal numbers begins.

    >>> beginnings(np.array([4, 4, 7])).tolist()
    [0, 2]
    """
    if not len(numbers):
        return np.zeros(0, dtype=np.int64)
    return np.concatenate([[0], np.flatnonzero(np.diff(numbers)) + 1])


def lines_of(keys: Sequence[Counts], groups: int) -> list[Counts]:
    """The line of each group, for each way of adding up: groups alike in every key but one; of one key, all groups."""
    if len(keys) <= 1:
        return [np.zeros(groups, dtype=np.int64)]
    found = []
    for free in range(len(keys)):
        others = np.stack([key for number, key in enumerate(keys) if number != free], axis=1)
        found.append(np.unique(others, axis=0, return_inverse=True)[1].reshape(-1))
    return found


def in_no_line_alone(lines: Sequence[Counts], groups: int) -> Mask:
    """The groups that have others beside them in every line."""
    roomy = np.ones(groups, dtype=bool)
    for line_of in lines:
        roomy &= np.bincount(line_of)[line_of] > 1
    return roomy
