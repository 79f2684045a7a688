"""How many of each stratum are drawn: in proportion to its size, by the method of the largest remainder."""

from fractions import Fraction
from math import ceil

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]


def sample_size(total: int, per_mille: float) -> int:
    """So many per mille of the total, rounded up; exact for decimals such as 0.1.

    >>> sample_size(5200, 2), sample_size(10_000, 0.7)
    (11, 7)
    """
    return ceil(Fraction(str(per_mille)) * total / 1000)


def largest_remainder(sizes: Counts, seats: int) -> Counts:
    """Share out `seats` in proportion to the sizes: the whole parts, then one each to the largest remainders.

    Of equal remainders the larger stratum's comes first, then the one that is listed first. All in whole numbers, so that no
    rounding of the machine decides.

    >>> largest_remainder(np.array([530, 240, 230]), 5)
    array([3, 1, 1])
    """
    total = int(sizes.sum())
    whole, remainder = np.divmod(sizes * np.int64(seats), total)
    order = np.lexsort((np.arange(len(sizes)), -sizes, -remainder))
    whole[order[: seats - int(whole.sum())]] += 1
    return np.asarray(whole, dtype=np.int64)


def allocated(sizes: Counts, per_mille: float, least: int) -> tuple[Counts, Counts]:
    """How many of each stratum its share of the sample is, and how many are drawn: at least `least`.

    >>> allocated(np.array([4000, 1000, 200]), 2, 2)
    (array([9, 2, 0]), array([9, 2, 2]))
    """
    share = largest_remainder(sizes, sample_size(int(sizes.sum()), per_mille))
    return share, np.maximum(share, least)
