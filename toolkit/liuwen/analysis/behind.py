"""How many households stand behind each count: of people in a repeat, or of several visits, one household gives several rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.asked_rows import ANSWER, HOUSEHOLD
from liuwen.analysis.tally import chosen

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Behind:
    """Households, per group, and per group and choice.

    Attributes:
        groups: Those behind the whole group.
        choosing: Those with a row that chose it.
        others: Those with a row that did not.
    """

    groups: Counts
    choosing: Counts
    others: Counts

    @classmethod
    def of(cls, table: pd.DataFrame, numbers: Counts, choices: list[str], size: int) -> "Behind":
        """Behind the rows of `table`, of which `numbers` tells the groups, below `size`."""
        homes = pd.DataFrame({"group": numbers, "household": table[HOUSEHOLD].to_numpy()})

        def behind(side: Mask) -> Counts:
            return np.asarray(np.bincount(homes[side].drop_duplicates()["group"], minlength=size), dtype=np.int64)

        sides = chosen(table[ANSWER], choices).T
        choosing, others = (np.stack([behind(each) for each in some], axis=1) for some in (sides, ~sides))
        return cls(behind(np.ones(len(table), dtype=bool)), choosing, others)

    def few(self, minimum: int) -> tuple[Mask, Mask]:
        """Where some households, but fewer than `minimum`, stand behind one side of a cell; and behind a whole group."""
        return _few(self.choosing, minimum) | _few(self.others, minimum), _few(self.groups, minimum)


def most_behind(several: Sequence[Behind]) -> Behind:
    """The largest number of several, where the same household may stand behind all of them."""
    parts = zip(*((each.groups, each.choosing, each.others) for each in several), strict=True)
    return Behind(*(np.maximum.reduce(part) for part in parts))


def _few(households: Counts, minimum: int) -> Mask:
    return np.asarray((households > 0) & (households < minimum))
